# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All secrets on their way between keychain and vault, and a vault's passphrase: killed at each step of it, every
account's secrets are where the profile says, whole, and the next run clears up or goes on (F75, F79)."""

import json

from commandline import DONE, SECRET_STORE
from deeds import NEW, OLD, Deed
from killpoints import Step

NAMES, WITHOUT_SECRETS = ["subject", "another"], "the third"
COMMITTED = r"^unlink profile\.sqlite-journal"
BEGIN = [Step("the lock of places taken", r"^lock secret-places\.lock"),
         Step("an account's lock taken", r"^lock [-0-9a-f]{36}\.lock"), Step("the move noted", COMMITTED)]
SWITCH = Step("the switch committed", COMMITTED)
END = Step("the move's end noted", COMMITTED)
TO_VAULT = BEGIN + [Step("the vault made", COMMITTED), Step("one copied", COMMITTED), Step("two copied", COMMITTED),
                    Step("one compared", r"^ask GetSecrets"), Step("two compared", r"^ask GetSecrets"), SWITCH]
TO_KEYCHAIN = BEGIN + [Step("one on its way", r"^ask CreateItem"), Step("one read back", r"^ask GetSecrets"),
                       Step("two on their way", r"^ask CreateItem"), Step("two read back", r"^ask GetSecrets"),
                       Step("one compared", r"^ask GetSecrets"), SWITCH]
KEYCHAIN_CLEARED = [Step("the first copy's removal on its way", r"^ask Delete"),
                    Step("the second copy's removal on its way", r"^ask Delete"), END]
VAULT_CLEARED = [Step("the vault deleted", COMMITTED), Step("a backup without it noted", COMMITTED), END]


class OnManyAccounts(Deed):
    """Two accounts are signed in, of a third no secret was ever entered. START is where their secrets are before."""

    start = ""

    def prepare(self):
        if not self.room.profile.exists():
            self.furnish()
        self.bring(self.start)
        self.ids = {name: self.room.id_of(name) for name in NAMES}
        self.before = self.secrets()

    def furnish(self):
        room = self.room
        for name in NAMES:
            room.add(name)
            room.sign_in(name)
        file = room.profile.with_name("templates.json")
        assert room.run("templates", "export", str(file)).status == DONE
        templates = json.loads(file.read_text(encoding="utf-8"))
        templates["accounts"] = [{**templates["accounts"][0], "name": WITHOUT_SECRETS}]
        file.write_text(json.dumps(templates), encoding="utf-8")
        assert room.run("templates", "import", str(file), "--yes").status == DONE

    def bring(self, place, *agreement):
        """All secrets to this place; with "--yes" the other place is empty then."""
        if self.room.keeper.place() != place:
            ran = self.room.run(*self.words_to(place, *(agreement or ["--yes"])))
            assert ran.status == DONE, ran.err

    def words_to(self, place, *agreement):
        # An open vault's passphrase is among the words of every run.
        new = [] if self.room.keeper.place() == "vault" else self.room.keeper.passphrase_words()
        return ["vault", f"to-{place}", *agreement, *new]

    def secrets(self):
        return {name: self.room.keeper.secrets(account) for name, account in self.ids.items()}

    def assert_kept(self):
        """Nothing was lost or changed where the profile says that secrets are."""
        assert self.secrets() == self.before, f"lost or changed; in use is the {self.room.keeper.place()}"

    def assert_handed_out(self):
        """By the product, without a request."""
        self.assert_kept()
        room = self.room
        before = room.requests()
        for name in NAMES:
            ran = room.run("token", name)
            assert ran.status == DONE, ran.err
            assert ran.out.strip() == self.before[name]["token"]["access_token"], "another token than the stored"
        assert room.requests() == before, "a request although there was a good token"

    def assert_only_at(self, place):
        """Nothing of the way there is left."""
        keeper = self.room.keeper
        assert keeper.place() == place, f"in use is the {keeper.place()}"
        assert keeper.move() is None, "a move is still noted"
        assert keeper.ids_at(place) == set(self.ids.values()), f"not what belongs into the {place}"
        assert keeper.is_empty(keeper.other(place)), f"something is left in the {keeper.other(place)}"

    def assert_refreshes(self):
        """What is written goes where the profile says, and nowhere else."""
        keeper, name = self.room.keeper, NAMES[0]
        other = keeper.secrets_at(keeper.other(keeper.place()), self.ids[name])
        ran = self.room.run("refresh", name)
        assert ran.status == DONE, ran.err
        assert self.secrets()[name] != self.before[name], "not refreshed"
        assert keeper.secrets_at(keeper.other(keeper.place()), self.ids[name]) == other, "written to the unused place"


class Move(OnManyAccounts):
    """R45, F79: with the copies' removal agreed to before."""

    target, agreement = "", ["--yes"]

    def words(self):
        return self.words_to(self.target, *self.agreement)

    def judge(self, calls):
        keeper = self.room.keeper
        is_new = keeper.place() == self.target
        assert is_new == calls.has_done(SWITCH.name), "not what was committed"
        self.assert_handed_out()
        if not is_new:
            self.assert_old()
        elif self.agreement:
            self.assert_only_at(self.target)
        else:
            self.assert_waits()
        ran = self.room.run(*self.words())
        assert ran.status == DONE, ran.err
        assert keeper.place() == self.target, "the second run did not move"
        self.assert_kept()
        assert self.room.run("vault", "clear", "--yes").status == DONE
        self.assert_only_at(self.target)
        self.assert_refreshes()
        return NEW if is_new else OLD

    def assert_old(self):
        self.assert_only_at(self.start)

    def assert_waits(self):
        """Nothing is deleted before its owner agreed."""
        keeper = self.room.keeper
        move, other = keeper.move(), keeper.other(keeper.place())
        assert move and move["switched"] and not move["may_clear"], "the copies are not known any more"
        assert keeper.ids_at(other) == set(self.ids.values()), "deleted, and nobody agreed"


class ToVault(Move):
    title, start, target = "move to the vault and clear", "keychain", "vault"

    def steps(self):
        return TO_VAULT + KEYCHAIN_CLEARED


class ToKeychain(Move):
    title, start, target = "move to the keychain and clear", "vault", "keychain"

    def steps(self):
        return TO_KEYCHAIN + VAULT_CLEARED


class CopyToVault(Move):
    title, start, target, agreement = "move to the vault", "keychain", "vault", []

    def steps(self):
        return TO_VAULT


class CopyToKeychain(Move):
    title, start, target, agreement = "move to the keychain", "vault", "keychain", []

    def steps(self):
        return TO_KEYCHAIN


class BackToVault(Move):
    """Into a vault that still holds the copies of an earlier move: nobody agreed to delete it, so it stays whatever
    becomes of this move."""

    title, start, target = "move back to the vault", "keychain", "vault"

    def steps(self):
        # Since the vault is there already.
        return TO_VAULT[:3] + TO_VAULT[4:] + KEYCHAIN_CLEARED

    def prepare(self):
        super().prepare()
        self.bring("vault")
        self.bring("keychain", "--json")

    def assert_old(self):
        keeper = self.room.keeper
        move = keeper.move()
        assert move is None or (move["switched"] and not move["may_clear"]), "half a move is still noted"
        assert keeper.ids_at("vault") == set(self.ids.values()), "deleted, and nobody agreed"


class Clear(OnManyAccounts):
    """What a move left at the old place goes with a yes of its own; once that is noted, it goes for sure."""

    def prepare(self):
        super().prepare()
        self.bring(self.room.keeper.other(self.start), "--json")

    def words(self):
        return ["vault", "clear", "--yes"]

    def judge(self, calls):
        room, place = self.room, self.room.keeper.other(self.start)
        self.assert_handed_out()
        is_agreed = calls.has_done("the yes noted")
        if is_agreed:
            self.assert_only_at(place)
        else:
            assert room.keeper.ids_at(self.start) == set(self.ids.values()), "deleted before the yes was noted"
        assert room.run(*self.words()).status == DONE
        self.assert_only_at(place)
        self.assert_kept()
        self.assert_refreshes()
        return NEW if is_agreed else OLD


class ClearKeychain(Clear):
    title, start = "clearing the keychain", "keychain"

    def steps(self):
        return [BEGIN[0], Step("the yes noted", COMMITTED), *KEYCHAIN_CLEARED]


class ClearVault(Clear):
    title, start = "clearing the vault", "vault"

    def steps(self):
        return [BEGIN[0], Step("the yes noted", COMMITTED), *VAULT_CLEARED]


class Passphrase(OnManyAccounts):
    """The vault opens with the old passphrase or the new one, never with both and never with neither; behind the
    change no backup opens with the old one."""

    title, start = "passphrase", "vault"

    def steps(self):
        return [Step("the journal written", r"^write profile\.sqlite-journal"), Step("the new key committed", COMMITTED),
                Step("a backup of it made", r"^rename profile\.sqlite\.backup$")]

    def prepare(self):
        super().prepare()
        self.old, self.new = self.room.keeper.phrases()

    def words(self):
        return ["vault", "passphrase", "--new-passphrase-file", self.room.keeper.file_of(self.new)]

    def judge(self, calls):
        room, keeper = self.room, self.room.keeper
        valid, other = keeper.phrases()
        assert (valid == self.new) == calls.has_done("the new key committed"), "not the committed passphrase"
        self.assert_handed_out()
        ran = room.run("token", NAMES[0], words=["--passphrase-file", keeper.file_of(other)])
        assert (ran.status, ran.out) == (SECRET_STORE, ""), "the other passphrase opens it, too"
        if valid == self.old:
            assert room.run(*self.words()).status == DONE
        self.assert_refreshes()
        self.assert_only_at("vault")
        for suffix in keeper.backups():
            assert keeper.phrases(suffix) == [self.new, self.old], f"{suffix} still has the old passphrase"
        return NEW if valid == self.new else OLD
