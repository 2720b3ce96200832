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
open_vault.hash_secret_raw = lru_cache(open_vault.hash_secret_raw)


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

    def begin(self):
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
    """An encrypted file below the profile."""

    name = "vault"

    def __init__(self, profile):
        self._file = Path(profile, "secrets.vault")
        # In a folder of its own, which the search for secrets passes over.
        self._passphrase = Path(profile).with_name("given") / "passphrase"
        self.words = ["--store", "vault", "--passphrase-file", str(self._passphrase)]
        self._generation = 0

    def begin(self):
        # With the least work a file may ask for, so that a thousand runs can be paid for.
        self._passphrase.parent.mkdir(mode=0o700)
        self._passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
        self._file.parent.mkdir(mode=0o700)
        self._file.write_bytes(seal_vault.empty_vault(PASSPHRASE))
        self._file.chmod(0o600)

    def _content(self, suffix=""):
        return open_vault.open_vault(Path(f"{self._file}{suffix}").read_bytes(), PASSPHRASE)

    def ids(self):
        return {key.removeprefix(PREFIX) for key in self._content()["items"]}

    def secrets(self, account):
        item = self._content()["items"].get(PREFIX + account)
        return read_item(item["value"]) if item else None

    def check(self):
        """Whole, never older than before, with a whole copy of the one before beside it."""
        now = self._content()["generation"]
        assert now >= self._generation, "the vault is older than it was"
        self._generation = now
        if Path(f"{self._file}.bak").exists():
            assert self._content(".bak")["generation"] <= now, "the copy is newer than the vault"


class Places:
    """Now the keychain, now a vault that the product made: where the profile says. Both are looked at."""

    name = "places"

    def __init__(self, profile):
        self._keychain, self._profile = Keychain(profile), Path(profile)
        self._vault = self._profile / "secrets.vault"
        self._given = self._profile.with_name("given")

    def begin(self):
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

    def _setting(self, key):
        if not self._profile.exists():
            return None
        with closing(sqlite3.connect(f"file:{self._profile}/profile.sqlite?mode=ro", uri=True)) as profile:
            found = profile.execute("SELECT value FROM setting WHERE key = ?", [key]).fetchone()
        return found[0] if found else None

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
            return open_vault.open_vault(Path(f"{self._vault}{suffix}").read_bytes(), phrase)
        except open_vault.VaultError:
            return None

    def phrases(self, suffix=""):
        """The passphrase that opens the vault, and the other one: a vault has no room for two."""
        both = [PASSPHRASE, OTHER_PASSPHRASE]
        if not Path(f"{self._vault}{suffix}").exists() or self._opened(both[0], suffix):
            return both
        assert self._opened(both[1], suffix), "no passphrase opens the vault"
        return both[::-1]

    def _items(self):
        return self._opened(self.phrases()[0])["items"] if self._vault.exists() else {}

    def ids_at(self, place):
        if place == "keychain":
            return self._keychain.ids()
        return {key.removeprefix(PREFIX) for key in self._items()}

    def ids(self):
        return self.ids_at("keychain") | self.ids_at("vault")

    def is_empty(self, place):
        if place == "keychain":
            return not self._keychain.ids()
        # Its lock stays: a deleted one could be held twice.
        return [file.name for file in self._profile.glob("secrets.vault*")] in ([], ["secrets.vault.lock"])

    def secrets_at(self, place, account):
        if place == "keychain":
            return self._keychain.secrets(account)
        item = self._items().get(PREFIX + account)
        return read_item(item["value"]) if item else None

    def secrets(self, account):
        return self.secrets_at(self.place(), account)

    def check(self):
        """Whole, and so is the copy beside it."""
        assert not Path(f"{self._vault}.bak").exists() or self.phrases(".bak")
