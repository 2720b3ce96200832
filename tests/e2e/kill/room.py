# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a deed is done: a profile, its keeper of secrets, and a vendor with a client for it alone."""

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from commandline import DONE, NO_SUCH_ACCOUNT, CommandLine
from vendors import client

TOKEN_PATH, PING_PATH = "/api/rest/oauth/token", "/api/rest/ping"
# Nothing listens there: codes are pasted.
REDIRECT = "https://my.app.com/oauth2callback"
# More than a deed uses up.
PLANTED = 20000


class Room:
    def __init__(self, program, vendors, folder, keeper, name):
        self._vendors, self._client = vendors, name
        self.profile = Path(folder, name, "profile")
        self.profile.parent.mkdir(mode=0o700)
        self.keeper = keeper(self.profile)
        self._cli = CommandLine(program, self.profile)
        self.environment = self._cli.environment
        self.secret = f"CANARY-secret-{name}"
        self._codes = 0
        planted = {f"next_{kind}_tokens": [f"CANARY-{kind}-{name}-{at}" for at in range(1, PLANTED)]
                   for kind in ("access", "refresh")}
        vendors.configure({"clients": [{**client("priava", name, region="EU", lifetime=3600, refresh="rotate",
                                                 revoke_on_reuse=True, redirect_uris=[REDIRECT]), **planted}]})
        self.keeper.begin(self._cli)

    def be_short_of_memory(self, killpoint):
        """Vaults are made with less work then."""
        self.environment.update(LD_PRELOAD=str(killpoint), LATCHKEY_KILL_MEMORY="128")

    def run(self, *arguments, words=None, **more):
        """`words`: other than the keeper's own."""
        return self._cli.run(*arguments, *(self.keeper.words if words is None else words), **more)

    def start(self, *words):
        return self._cli.start(*words, *self.keeper.words)

    def end(self, process, word):
        return self._cli.end(process, [word])

    # What the vendor knows.

    def configure(self, **more):
        self._vendors.configure({"clients": [{"vendor": "priava", "id": self._client, **more}]})

    def _requests(self):
        return [request for request in self._vendors.log()["requests"]
                if request.get("client") == self._client and request["path"] == TOKEN_PATH]

    def requests(self):
        return len(self._requests())

    def issued(self):
        """How many pairs of tokens were given out."""
        return sum(request["status"] == 200 for request in self._requests())

    latest = issued

    def reused(self):
        return self._vendors.log()["reused"].get(f"priava/{self._client}", 0)

    def accepts(self, token):
        return self._vendors.call(PING_PATH, {"Authorization": f"Bearer {token}", "TenantRegion": "EU"}) == 200

    def index_of(self, token):
        return int(token.rsplit("-", 1)[1])

    def new_code(self):
        self._codes += 1
        code = f"CANARY-code-{self._client}-{self._codes}"
        self._vendors.configure({"clients": [{"vendor": "priava", "id": self._client, "codes": [code]}]})
        return code

    # What the profile holds.

    def account(self, name):
        return next((account for account in self._accounts() if account["name"] == name), None)

    def accounts(self):
        return [account["name"] for account in self._accounts()]

    def _accounts(self):
        status, told, err = self._cli.json("accounts")
        assert (status, err) == (DONE, ""), err
        return told

    def id_of(self, name):
        return self._query("SELECT id FROM account WHERE name = ?", [name])[0][0]

    def _query(self, statement, values=()):
        with closing(sqlite3.connect(f"file:{self.profile}/profile.sqlite?mode=ro", uri=True)) as profile:
            return profile.execute(statement, values).fetchall()

    def words_to_add(self, name):
        return ["add", "priava", name, f"url={self._vendors.url}/api", "region=EU", f"client_id={self._client}",
                f"redirect_uri={REDIRECT}", "--secret", "client_secret", "--secret", "code"]

    def secrets_to_add(self, code):
        return f"{self.secret}\n{code}\n"

    def add(self, name):
        ran = self.run(*self.words_to_add(name), stdin=self.secrets_to_add("CANARY-code-unused"))
        assert ran.status == DONE, ran.err

    def own_pair(self):
        """By what the account proves itself to the vendor."""
        return self._client, self.secret

    def restore(self, name):
        ran = self.run("edit", name, f"client_id={self._client}", "--secret", "client_secret",
                       stdin=self.secret + "\n")
        assert ran.status == DONE, ran.err
        self.sign_in(name)

    def sign_in(self, name):
        ran = self.run("sign-in", name, "--paste", stdin=self.new_code() + "\n")
        assert ran.status == DONE, ran.err

    def has_begun(self):
        """Where the secrets are kept is noted with the first of them."""
        return bool(self._query("SELECT 1 FROM setting WHERE key = 'secret_backend'"))

    def remove_all(self):
        for name in self.accounts():
            assert self.run("remove", name, "--yes").status == DONE

    def restart(self):
        """The first start behind a kill; of a vault, the first that opens it."""
        self.accounts()
        assert self.run("rename", "nobody", "somebody").status == NO_SUCH_ACCOUNT

    def forget_profile(self):
        shutil.rmtree(self.profile, ignore_errors=True)

    def check(self):
        """What is true whenever nobody is at work."""
        assert self._query("PRAGMA integrity_check") == [("ok",)], "the profile is damaged"
        owners = {row[0] for row in self._query("SELECT id FROM account")}
        assert self.keeper.ids() <= owners, "an orphan is left after a start"
        assert not self._query("SELECT id FROM removal"), "a removal is still under way after a start"
        self.keeper.check()
        for lock in [*self.profile.glob("*.lock"), *Path(os.environ["XDG_RUNTIME_DIR"], "latchkey").glob("*.lock")]:
            with open(lock, "rb+") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
