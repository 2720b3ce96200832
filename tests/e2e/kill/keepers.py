# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a profile keeps its secrets, read by programs that share no code with the product."""

import base64
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import cbor2
import secretservice

sys.path.insert(0, str(Path(__file__).parents[2] / "vault"))
import open_vault  # noqa: E402  pylint: disable=wrong-import-position
import seal_vault  # noqa: E402  pylint: disable=wrong-import-position

PASSPHRASE = "CANARY passphrase of the vault"
OTHER_PASSPHRASE = "CANARY passphrase of another day"
PREFIX = "latchkey/"
# A vault is read often, and its passphrase changes seldom.
derive = lru_cache(open_vault.derive)


def plain(value):
    """Bytes as the text they are, all the way down."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return value.decode() if isinstance(value, bytes) else value


def read_item(text):
    """What an account's item holds."""
    version, body = text.strip().split(".", 1)
    assert version == "latchkey1", "another format than the one that is read here"
    return plain(cbor2.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))


class Keychain:
    """The real one of the session. Other profiles keep their items there too."""

    name, words = "keychain", []

    def __init__(self, profile):
        self._profile = profile
        self._others = set(self._all())

    def begin(self, cli):
        """Makes ready what has to be there before the first secret."""

    @staticmethod
    def _all():
        return [key.rsplit("/", 1)[1] for key in secretservice.items()]

    def ids(self):
        found = [key for key in self._all() if key not in self._others]
        assert len(found) == len(set(found)), "an account has two items"
        return set(found)

    def secrets(self, account):
        """What is kept of the account, or None."""
        found = subprocess.run(["secret-tool", "lookup", "server", "Latchkey", "user", f"{PREFIX}{account}"],
                               capture_output=True, text=True, timeout=240, check=False)
        return read_item(found.stdout) if found.returncode == 0 else None

    def check(self):
        """What has to be true of it whenever nobody works on it."""


class Vault:
    """An encrypted vault in the profile."""

    name = "vault"

    def __init__(self, profile):
        self._file = Path(profile, "profile.sqlite")
        # In a folder of its own, which the search for secrets passes over.
        self._passphrase = Path(profile).with_name("given") / "passphrase"
        self.words = ["--store", "vault", "--passphrase-file", str(self._passphrase)]

    def begin(self, cli):
        # With the least work a vault may ask for, so that a thousand runs can be paid for.
        self._passphrase.parent.mkdir(mode=0o700)
        self._passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
        cli.run("accounts")  # makes the profile
        seal_vault.begin_vault(self._file, PASSPHRASE)

    def _items(self):
        return open_vault.open_vault(self._file, PASSPHRASE, derive)["items"]

    def ids(self):
        return set(self._items())

    def secrets(self, account):
        item = self._items().get(account)
        return read_item(item["value"]) if item else None

    def check(self):
        """Whole: everything in it opens."""
        self._items()


class Places:
    """Now the keychain, now a vault that the product made: where the profile says. Both are looked at."""

    name = "places"

    def __init__(self, profile):
        self._keychain, self._profile = Keychain(profile), Path(profile)
        self._file = self._profile / "profile.sqlite"
        self._given = self._profile.with_name("given")

    def begin(self, cli):
        self._given.mkdir(mode=0o700)
        for phrase in (PASSPHRASE, OTHER_PASSPHRASE):
            Path(self.file_of(phrase)).write_text(phrase + "\n", encoding="utf-8")

    def file_of(self, phrase):
        return str(self._given / ("first" if phrase == PASSPHRASE else "second"))

    def passphrase_words(self):
        return ["--passphrase-file", self.file_of(self.phrases()[0])]

    @property
    def words(self):
        return self.passphrase_words() if self.place() == "vault" else []

    def _query(self, statement, values=(), suffix=""):
        if not self._profile.exists():
            return []
        with closing(sqlite3.connect(f"file:{self._file}{suffix}?mode=ro", uri=True)) as profile:
            return profile.execute(statement, values).fetchall()

    def _setting(self, key):
        found = self._query("SELECT value FROM setting WHERE key = ?", [key])
        return found[0][0] if found else None

    def place(self):
        return "vault" if self._setting("secret_backend") == "vault" else "keychain"

    @staticmethod
    def other(place):
        return "keychain" if place == "vault" else "vault"

    def move(self):
        """What is noted of a move that has not come to its end."""
        noted = self._setting("secret_move")
        return json.loads(noted) if noted else None

    def _opened(self, phrase, suffix=""):
        try:
            return open_vault.open_vault(f"{self._file}{suffix}", phrase, derive)
        except open_vault.VaultError:
            return None

    def _has_vault(self, suffix=""):
        return bool(self._query("SELECT 1 FROM vault", suffix=suffix))

    def phrases(self, suffix=""):
        """The passphrase that opens the vault, and the other one: a vault has no room for two."""
        both = [PASSPHRASE, OTHER_PASSPHRASE]
        if not self._has_vault(suffix) or self._opened(both[0], suffix):
            return both
        assert self._opened(both[1], suffix), "no passphrase opens the vault"
        return both[::-1]

    def backups(self):
        """The endings of those that hold a vault."""
        return [suffix for suffix in (".backup", ".backup.older")
                if Path(f"{self._file}{suffix}").exists() and self._has_vault(suffix)]

    def _items(self):
        return self._opened(self.phrases()[0])["items"] if self._has_vault() else {}

    def ids_at(self, place):
        if place == "keychain":
            return self._keychain.ids()
        return set(self._items())

    def ids(self):
        return self.ids_at("keychain") | self.ids_at("vault")

    def is_empty(self, place):
        if place == "keychain":
            return not self._keychain.ids()
        rows = self._query("SELECT (SELECT count(*) FROM vault) + (SELECT count(*) FROM sealed_secret)")
        return not rows or rows[0][0] == 0

    def secrets_at(self, place, account):
        if place == "keychain":
            return self._keychain.secrets(account)
        item = self._items().get(account)
        return read_item(item["value"]) if item else None

    def secrets(self, account):
        return self.secrets_at(self.place(), account)

    def check(self):
        """Whole, and so is each backup."""
        for suffix in ("", *self.backups()):
            self.phrases(suffix)
