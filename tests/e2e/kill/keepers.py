# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a profile keeps its secrets, read by programs that share no code with the product."""

import json
import subprocess
import sys
from pathlib import Path

import secretservice

sys.path.insert(0, str(Path(__file__).parents[2] / "vault"))
import open_vault  # noqa: E402  pylint: disable=wrong-import-position
import seal_vault  # noqa: E402  pylint: disable=wrong-import-position

PASSPHRASE = "CANARY passphrase of the vault"
PREFIX = "latchkey/"


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
        found = subprocess.run(["secret-tool", "lookup", "server", "Latchkey", "user", f"{PREFIX}{PREFIX}{account}"],
                               capture_output=True, text=True, timeout=20, check=False)
        return json.loads(found.stdout) if found.returncode == 0 else None

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
        return json.loads(item["value"]) if item else None

    def check(self):
        """Whole, never older than before, with a whole copy of the one before beside it."""
        now = self._content()["generation"]
        assert now >= self._generation, "the vault is older than it was"
        self._generation = now
        if Path(f"{self._file}.bak").exists():
            assert self._content(".bak")["generation"] <= now, "the copy is newer than the vault"
