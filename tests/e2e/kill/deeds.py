# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The acts that are killed, and what has to be true of the account when they were (F75, F79)."""

from commandline import DONE, NETWORK, SIGN_IN_NEEDED
from killpoints import Step
from room import Room

OLD, NEW, LOST = "the old state", "the new state", "the old state, and the answer lost"
TO_BE_ENTERED = "the new state, and its secret to be entered"

REQUEST = [Step("the account's lock taken", r"^lock .*\.lock$"), Step("the request sent", r"^send request"),
           Step("the answer begun", r"^read answer")]
KEYCHAIN_WRITE = [Step("the secret on its way", r"^ask CreateItem"), Step("the secret read back", r"^ask GetSecrets")]
KEYCHAIN_REMOVAL = [Step("the secret's removal on its way", r"^ask Delete")]
VAULT_WRITE = [Step("the secret's journal written", r"^write profile\.sqlite-journal"),
               Step("the secret written", r"^write profile\.sqlite$"),
               Step("the secret committed", r"^unlink profile\.sqlite-journal")]
COMMIT = [Step("the profile's journal written", r"^write profile\.sqlite-journal"),
          Step("the profile written", r"^write profile\.sqlite$"),
          Step("the profile committed", r"^unlink profile\.sqlite-journal")]


class Deed:
    """One act, again and again on the account NAME of a profile of its own."""

    title = ""

    def __init__(self, room: Room):
        self.room = room
        self.name = "subject"

    def steps(self):
        raise NotImplementedError

    def write(self):
        return KEYCHAIN_WRITE if self.room.keeper.name == "keychain" else VAULT_WRITE

    def removal(self):
        return KEYCHAIN_REMOVAL if self.room.keeper.name == "keychain" else VAULT_WRITE

    def prepare(self):
        """Brings about the old state."""

    def words(self):
        raise NotImplementedError

    def stdin(self):
        return ""

    def judge(self, calls):
        """Which state was left; an AssertionError when it is none that is allowed."""
        raise NotImplementedError


class OnAnAccount(Deed):
    """The account is signed in at a vendor that takes each refresh token once and ends the grant when it comes
    again."""

    def prepare(self):
        room = self.room
        if self.name not in room.accounts():
            room.add(self.name)
            room.sign_in(self.name)
        self.id = room.id_of(self.name)
        self.before = room.keeper.secrets(self.id)
        self.issued = room.issued()

    def refresh_index(self):
        kept = self.room.keeper.secrets(self.id)
        assert kept, "the account's item is gone"
        return self.room.index_of(kept["token"]["refresh_token"])

    def assert_works(self):
        """The stored token is printed without a request, the vendor takes it, and the refresh token is the one the
        vendor has on its books."""
        room = self.room
        before = room.requests()
        ran = room.run("token", self.name)
        assert ran.status == DONE, ran.err
        assert room.requests() == before, "a request although there was a good token"
        assert ran.out.strip() == room.keeper.secrets(self.id)["token"]["access_token"], "another token than the stored"
        assert room.accepts(ran.out.strip()), "the vendor does not take the token"
        ran = room.run("refresh", self.name)
        assert ran.status == DONE, ran.err
        assert room.issued() > self.issued, "not refreshed"
        account = room.account(self.name)
        assert not account["needs_sign_in"] and not account["last_error"], "refreshed, and yet not well"


class Refresh(OnAnAccount):
    """R37, R39, R40: the new pair of tokens or the old one; where the answer was lost, the account says so, keeps what
    it has, and sends nothing again unless its user says so."""

    title = "refresh"

    def steps(self):
        return REQUEST + self.write() + COMMIT

    def words(self):
        return ["refresh", self.name]

    def judge(self, calls):
        before = self.room.index_of(self.before["token"]["refresh_token"])
        answered = self.room.issued() - self.issued
        now = self.refresh_index()
        assert answered in (0, 1), f"{answered} answers"
        is_sent = calls.has_done("the request sent")
        if now == before + 1:
            assert answered == 1, "a token from nowhere"
            assert calls.has_done(self.write()[0].name), "stored before it was written"
            self.assert_works()
            return NEW
        assert now == before, "neither the old nor the new refresh token"
        assert not calls.has_done(self.write()[-1].name), "read back, and yet not there"
        if not answered and not is_sent:
            self.assert_works()
            return OLD
        self.assert_unknown(answered)
        return LOST if answered else OLD

    def assert_unknown(self, answered):
        room = self.room
        reused, before = room.reused(), room.requests()
        ran = room.run("token", self.name, "--min-life", "2h")
        assert room.requests() == before, "sent again, and nobody asked for it"
        assert (ran.status, ran.out) == (NETWORK, ""), (ran.status, ran.err)
        account = room.account(self.name)
        assert account["last_error"]["kind"] == "AnswerIncomplete", account["last_error"]
        # The user's own try, which the vendor may take for a theft: there is no other way to find out.
        ran = room.run("refresh", self.name)
        assert room.requests() == before + 1
        if not answered:
            assert ran.status == DONE, ran.err
            return
        assert ran.status == SIGN_IN_NEEDED, ran.err
        assert room.reused() == reused + 1
        account = room.account(self.name)
        assert account["needs_sign_in"] and account["last_error"]["kind"] == "InvalidGrant"
        assert room.keeper.secrets(self.id) == self.before, "the old data was not kept"
        before = room.requests()
        assert room.run("token", self.name, "--min-life", "2h").status == SIGN_IN_NEEDED
        assert room.requests() == before, "sent again although it was refused for good"
        room.sign_in(self.name)
        self.assert_works()


class SignIn(OnAnAccount):
    """R29: the new session or the old one; a code whose answer was lost is gone, the old session is not."""

    title = "sign-in"

    def steps(self):
        return REQUEST + self.write() + COMMIT

    def prepare(self):
        super().prepare()
        self.code = self.room.new_code()

    def words(self):
        return ["sign-in", self.name, "--paste"]

    def stdin(self):
        return self.code + "\n"

    def judge(self, calls):
        before = self.room.index_of(self.before["token"]["refresh_token"])
        now = self.refresh_index()
        answered = self.room.issued() - self.issued
        assert answered in (0, 1), f"{answered} answers"
        if now == before:
            assert self.room.keeper.secrets(self.id) == self.before, "neither the old nor the new secrets"
            assert not calls.has_done(self.write()[-1].name), "read back, and yet not there"
            self.assert_works()
            return LOST if answered else OLD
        assert answered == 1 and now == self.room.latest(), "a token from nowhere"
        assert calls.has_done(self.write()[0].name), "stored before it was written"
        self.assert_works()
        return NEW


class Rename(OnAnAccount):
    title = "rename"

    def steps(self):
        return REQUEST[:1] + self.write() + COMMIT

    def words(self):
        return ["rename", self.name, "renamed"]

    def judge(self, calls):
        names = self.room.accounts()
        assert names in ([self.name], ["renamed"]), "neither the old nor the new name"
        is_new = names != [self.name]
        assert is_new == calls.has_done("the profile committed"), "the name is not the one that was committed"
        kept = self.room.keeper.secrets(self.id)
        assert {**kept, "generation": 0} == {**self.before, "generation": 0}, "a rename changed secrets"
        if is_new:
            assert self.room.run("rename", "renamed", self.name).status == DONE
        self.assert_works()
        return NEW if is_new else OLD


class Edit(OnAnAccount):
    """Another client with another secret: one is never sent with the other. Between the two stores the account says
    that its secret has to be entered, and sends nothing."""

    title = "edit"
    OTHER = ("another", "CANARY-secret-another")

    def steps(self):
        noted = Step("the change noted", r"^unlink profile\.sqlite-journal")
        return REQUEST[:1] + [noted] + self.write() + COMMIT

    def words(self):
        return ["edit", self.name, f"client_id={self.OTHER[0]}", "--secret", "client_secret"]

    def stdin(self):
        return self.OTHER[1] + "\n"

    def judge(self, calls):
        room = self.room
        account = room.account(self.name)
        pair = account["fields"]["client_id"], room.keeper.secrets(self.id)["fields"]["client_secret"]
        if not calls.has_done("the change noted"):
            assert pair == room.own_pair() and not account["missing_secrets"]
            self.assert_works()
            return OLD
        assert pair[0] == self.OTHER[0], "not what was noted"
        is_whole = not account["missing_secrets"]
        assert is_whole == calls.has_done(COMMIT[-1].name), account["missing_secrets"]
        assert pair == self.OTHER or not is_whole, "a secret that belongs to another client"
        before = room.requests()
        assert room.run("token", self.name).status == SIGN_IN_NEEDED
        assert room.run("refresh", self.name).status == SIGN_IN_NEEDED
        assert room.requests() == before, "a secret was sent that may belong to another client"
        room.restore(self.name)
        self.assert_works()
        return NEW if is_whole else TO_BE_ENTERED


class Remove(OnAnAccount):
    title = "remove"

    def steps(self):
        return [Step("the removal noted", r"^unlink profile\.sqlite-journal")] + self.removal() + COMMIT

    def words(self):
        return ["remove", self.name, "--yes"]

    def judge(self, calls):
        names = self.room.accounts()
        assert names in ([self.name], []), names
        is_gone = not names
        assert is_gone == calls.has_done("the removal noted"), "not what was committed"
        if is_gone:
            assert self.room.keeper.ids() == set(), "an orphan is left after a start"
            return NEW
        assert self.room.keeper.secrets(self.id) == self.before
        self.assert_works()
        return OLD


class Add(Deed):
    title = "add"

    def steps(self):
        return [Step("the addition noted", r"^unlink profile\.sqlite-journal")] + self.write() + COMMIT

    def words(self):
        return self.room.words_to_add(self.name)

    def stdin(self):
        return self.room.secrets_to_add(self.code)

    def prepare(self):
        if not self.room.accounts() and not self.room.has_begun():
            self.room.add("the first")
        self.room.remove_all()
        self.code = self.room.new_code()

    def judge(self, calls):
        room = self.room
        names = room.accounts()
        assert names in ([self.name], []), names
        assert bool(names) == calls.has_done(COMMIT[-1].name), "not what was committed"
        if not names:
            assert room.keeper.ids() == set(), "an orphan is left after a start"
            return OLD
        kept = room.keeper.secrets(room.id_of(self.name))
        assert kept["fields"] == {"client_secret": room.secret, "code": self.code}, "not what was added"
        ran = room.run("token", self.name)
        assert ran.status == DONE and room.accepts(ran.out.strip()), ran.err
        return NEW


class Begin(Add):
    """The first account of a profile that is not there yet."""

    title = "first account"

    def steps(self):
        made = [Step("the profile prepared", r"^sync profile\.sqlite\.new$"),
                Step("the profile made", r"^rename profile\.sqlite$")]
        steps = made + super().steps()
        return steps[:-3] + [Step("the keeper's name noted", r"^unlink profile\.sqlite-journal")] + steps[-3:]

    def prepare(self):
        if self.room.profile.exists():
            self.room.remove_all()
        self.room.forget_profile()
        self.code = self.room.new_code()
