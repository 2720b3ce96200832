#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the second implementation opens what the program wrote: the kept profiles, and one made just now.

test_open_vault.py DATA MAKER: DATA holds the kept profiles; MAKER FILE makes a fresh one.
"""

import base64
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from contextlib import closing
from pathlib import Path

import cbor2
from open_vault import VaultError, open_vault

PASSPHRASE = "CANARY-passphrase-1"
ACCOUNTS = {"00000000-0000-4000-8000-00000000000a": ("configapi https://acme.example.com", "CANARY-vault-1"),
            "00000000-0000-4000-8000-00000000000b": ("priava https://app.priava.example", "CANARY-väult-2\\\"")}


def read_item(text):
    version, body = text.split(".", 1)
    return version, cbor2.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


class OpenVault(unittest.TestCase):
    """assertTrue(a == b) instead of assertEqual, so that no failure prints a secret."""

    data: Path
    maker: str

    def check(self, path) -> None:
        items = open_vault(path, PASSPHRASE)["items"]
        self.assertEqual(set(items), set(ACCOUNTS))
        for account, (bound_to, secret) in ACCOUNTS.items():
            self.assertEqual(items[account]["bound_to"], bound_to)
            version, item = read_item(items[account]["value"])
            self.assertEqual(version, "latchkey1")
            self.assertTrue(secret.encode() in str_values(item), "another secret")

    def test_opens_the_kept_profiles(self):
        files = sorted(self.data.glob("*.sqlite"))
        self.assertEqual(len(files), 3)
        for file in files:
            with self.subTest(file.name):
                self.check(file)

    def test_opens_a_fresh_one(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "fresh.sqlite"
            subprocess.run([self.maker, path], check=True)
            self.check(path)

    def test_finds_fault_where_the_program_does(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "changed.sqlite"
            for change, fault in (("UPDATE vault SET format = 2", "format"),
                                  ("UPDATE vault SET kibibytes = 104857600", "work"),
                                  ("UPDATE vault SET passes = 2", "passphrase"),
                                  ("UPDATE vault SET id = 'another'", "passphrase"),
                                  ("UPDATE vault SET salt = zeroblob(16)", "passphrase"),
                                  ("UPDATE vault SET wrapped_key = zeroblob(48)", "passphrase"),
                                  ("DELETE FROM vault", "no vault"),
                                  ("UPDATE sealed_secret SET bound_to = 'rev https://evil.example'", "damaged"),
                                  ("UPDATE sealed_secret SET account = account || '0'", "damaged"),
                                  ("UPDATE sealed_secret SET ciphertext = zeroblob(1040)", "damaged")):
                with self.subTest(change):
                    shutil.copy(self.data / "v1-floor.sqlite", path)
                    with closing(sqlite3.connect(path)) as profile, profile:
                        profile.execute(change)
                    with self.assertRaisesRegex(VaultError, fault):
                        open_vault(path, PASSPHRASE)
        with self.assertRaisesRegex(VaultError, "passphrase"):
            open_vault(self.data / "v1-floor.sqlite", "CANARY-passphrase-2")


def str_values(item):
    """Every text in it, as bytes."""
    if isinstance(item, dict):
        return [value for each in item.values() for value in str_values(each)]
    return [item if isinstance(item, bytes) else str(item).encode()]


if __name__ == "__main__":
    OpenVault.data, OpenVault.maker = Path(sys.argv[1]), sys.argv[2]
    unittest.main(argv=sys.argv[:1], verbosity=2)
