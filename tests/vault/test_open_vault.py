#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the second implementation opens what the program wrote: the kept files, and one made just now.

test_open_vault.py DATA MAKER: DATA holds the kept vaults; MAKER FILE makes a fresh one.
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from open_vault import HEADER, VaultError, open_vault

PASSPHRASE = "CANARY-passphrase-1"
ITEMS = {"latchkey/a": {"label": "Latchkey: Ä “first”", "value": "CANARY-vault-1"},
         "latchkey/b": {"label": "Latchkey: second", "value": "CANARY-väult-2\\\""}}


class OpenVault(unittest.TestCase):
    """assertTrue(a == b) instead of assertEqual, so that no failure prints a secret."""

    data: Path
    maker: str

    def check(self, file: bytes) -> None:
        content = open_vault(file, PASSPHRASE)
        self.assertEqual(content["id"], "6d0c4a38-4a1c-4e5f-8b7b-0d8a64e6a001")
        self.assertEqual(content["generation"], 7)
        self.assertEqual(content["created"], "2026-03-01T12:00:00Z")
        self.assertTrue(content["items"] == ITEMS)

    def test_opens_the_kept_files(self):
        files = sorted(self.data.glob("*.vault"))
        self.assertEqual(len(files), 3)
        for file in files:
            with self.subTest(file.name):
                self.check(file.read_bytes())

    def test_opens_a_fresh_one(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "fresh.vault"
            subprocess.run([self.maker, path], check=True)
            self.check(path.read_bytes())

    def test_finds_fault_where_the_program_does(self):
        file = (self.data / "v1-floor.vault").read_bytes()
        with self.assertRaisesRegex(VaultError, "passphrase"):
            open_vault(file, "CANARY-passphrase-2")
        for at, fault in ((0, "magic"), (8, "version"), (30, "passphrase"), (70, "passphrase"), (120, "damaged"),
                          (HEADER.size, "damaged"), (len(file) - 1, "damaged")):
            changed = bytearray(file)
            changed[at] ^= 2
            with self.subTest(at), self.assertRaisesRegex(VaultError, fault):
                open_vault(bytes(changed), PASSPHRASE)
        with self.assertRaisesRegex(VaultError, "length"):
            open_vault(file[:-1], PASSPHRASE)


if __name__ == "__main__":
    OpenVault.data, OpenVault.maker = Path(sys.argv[1]), sys.argv[2]
    unittest.main(argv=sys.argv[:1], verbosity=2)
