# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All secrets move from a real keychain into an encrypted vault and back, and survive being stopped on the way
(docs/vault-format.md, section 12). Runs in keyring-session.sh: FILE PROGRAM SIMULATOR [PART...]."""

import ctypes
import json
import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import shared  # noqa

from clistory import CliStory, tell
from commandline import DONE, NO_SUCH_ACCOUNT, SECRET_STORE, USAGE
from secretservice import delete_items, items, lock, unlock
from waiting import wait_for

READER = Path(__file__).parents[2] / "vault" / "open_vault.py"
FIRST, SECOND = "CANARY passphrase one", "CANARY passphrase two"
NAMES = ["robot-1", "robot-2", "robot-3"]


def lock_no_memory():
    """In the process to be. Root may lock what it wants, unless its programs get no such right (prctl(2))."""
    capbset_drop, cap_ipc_lock = 24, 14
    ctypes.CDLL(None).prctl(capbset_drop, cap_ipc_lock, 0, 0, 0)  # anybody else has none, and may not drop it
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (0, 0))


class Vault(CliStory):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        delete_items()  # of a class before
        cls.first, cls.second = cls.folder / "first", cls.folder / "second"
        cls.first.write_text(FIRST + "\n")
        cls.second.write_text(SECOND + "\n")
        cls.file = cls.profile / "profile.sqlite"

    def setUp(self):
        for name in NAMES:
            if not self.cli.account(name):
                self.add_configapi(name)

    def vault(self, *words, status=DONE):
        ran = self.cli.run("vault", *words)
        self.assertEqual(ran.status, status, ran.err)
        return ran

    def status(self):
        return self.cli.json("vault", "status")[1]

    def query(self, statement, values=()):
        with closing(sqlite3.connect(self.file, timeout=30)) as profile, profile:
            return profile.execute(statement, values).fetchall()

    def count(self, table):
        return self.query(f"SELECT count(*) FROM {table}")[0][0]

    def setting(self, key):
        found = self.query("SELECT value FROM setting WHERE key = ?", [key])
        return found[0][0] if found else None

    def assert_tokens_come_out(self, *more):
        for name in NAMES:
            ran = self.cli.run("token", name, *more)
            self.assertEqual(ran.status, DONE, ran.err)
            self.assertTrue(ran.out.startswith(f"CANARY-access-{name}-"), "another account's token")

    def assert_all_are_there(self, *more):
        """In one run, since a passphrase takes its time."""
        ran = self.cli.run("refresh", "--all", *more)
        self.assertEqual(ran.status, DONE, ran.err)

    def read_elsewhere(self, passphrase):
        """What a second implementation finds in the profile."""
        ran = subprocess.run([sys.executable, str(READER), str(self.file)], input=passphrase + "\n", text=True,
                             capture_output=True, timeout=240)
        return ran.returncode, ran.stdout


class ThereAndBack(Vault):
    def test_there_and_back(self):
        self.assert_tokens_come_out()
        before = len(items())
        self.assertGreaterEqual(before, len(NAMES))
        state = self.status()
        self.assertEqual((state["store"], state["vault"], state["leftovers"]), ("keychain", None, None))

        # R44: only by explicit choice, and with a passphrase that is one.
        self.vault("to-vault", status=SECRET_STORE)
        short = self.folder / "short"
        short.write_text("short\n")
        self.assertIn("12 characters", self.vault("to-vault", "--passphrase-file", short, status=USAGE).err)
        self.assertEqual(self.count("vault"), 0)

        moved = self.vault("to-vault", "--passphrase-file", self.first)
        self.assertIn("cannot be recovered", moved.err)
        self.assertIn("vault clear", moved.err)
        state = self.status()
        self.assertEqual((state["store"], state["backend"]), ("vault", "vault"))
        self.assertEqual((state["vault"]["path"], state["vault"]["passes"]), (str(self.file), 3))
        self.assertEqual(state["leftovers"], {"place": "keychain", "accounts": 3, "agreed": False})
        self.assertEqual(len(items()), before, "something was deleted before the user agreed")
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        self.assert_swap_space_is_spoken_of()

        self.vault("clear", status=USAGE)
        self.vault("clear", "--yes", status=SECRET_STORE)  # what is in the vault has to be seen first
        self.assertEqual(len(items()), before)
        self.vault("clear", "--yes", "--passphrase-file", self.first)
        self.assertEqual((items(), self.status()["leftovers"]), ([], None))
        self.assertEqual(self.cli.run("token", NAMES[0]).status, SECRET_STORE)
        self.assert_tokens_come_out("--passphrase-file", self.first)
        self.assertIn("already", self.vault("to-vault", "--passphrase-file", self.first).err)

        self.vault("passphrase", "--passphrase-file", self.second, "--new-passphrase-file", self.first,
                   status=SECRET_STORE)
        self.vault("passphrase", "--passphrase-file", self.first, "--new-passphrase-file", self.second)
        self.assertEqual(self.cli.run("token", NAMES[0], "--passphrase-file", self.first).status, SECRET_STORE)
        self.assert_tokens_come_out("--passphrase-file", self.second)
        self.assertNotEqual(self.read_elsewhere(FIRST)[0], 0)
        found, text = self.read_elsewhere(SECOND)
        self.assertEqual(found, 0)
        self.assertEqual(text.count("account "), 3)

        self.vault("to-keychain", "--passphrase-file", self.first, "--yes", status=SECRET_STORE)
        self.assertEqual((self.status()["store"], items()), ("vault", []))
        self.vault("to-keychain", "--passphrase-file", self.second, "--yes")
        self.assertEqual((self.status()["store"], self.status()["vault"]), ("keychain", None))
        self.assertEqual((self.count("vault"), self.count("sealed_secret")), (0, 0))
        self.assertEqual(len(items()), before)
        self.assert_tokens_come_out()

    def assert_swap_space_is_spoken_of(self):
        """Where no memory can be locked that is said, and nothing is refused (docs/vault-format.md, section 8)."""
        if "ASAN_OPTIONS" in os.environ:
            return  # the sanitizer's runtime locks no memory, and says that it did
        self.assertFalse(self.status()["vault"]["may_reach_swap"])
        self.assertNotIn("swap", self.vault("status").out)
        said = self.cli.run("vault", "status", preexec_fn=lock_no_memory)
        self.assertEqual((said.status, said.out.count("swap space"), said.err), (DONE, 1, ""))
        state = self.cli.json("vault", "status", preexec_fn=lock_no_memory)[1]
        self.assertTrue(state["vault"]["may_reach_swap"])
        ran = self.cli.run("token", NAMES[0], "--passphrase-file", self.first, preexec_fn=lock_no_memory)
        self.assertEqual((ran.status, "swap" in ran.err), (DONE, False), ran.err)

    def test_a_locked_keychain_leaves_everything_as_it_was(self):
        """F59"""
        lock()
        try:
            refused = self.cli.run("--json", "vault", "to-vault", "--passphrase-file", self.first)
            self.assertEqual(refused.status, SECRET_STORE)
            self.assertEqual(json.loads(refused.err.splitlines()[-1])["error"]["kind"], "KeychainLocked")
        finally:
            unlock()
        self.assertEqual((self.status()["store"], self.count("vault")), ("keychain", 0))
        self.assert_tokens_come_out()

    def test_what_makes_no_sense_is_refused(self):
        for words in (["somewhere"], [], ["status", "--yes"], ["to-vault", "--new-passphrase-file", self.first]):
            self.vault(*words, status=USAGE)
        self.vault("passphrase", "--passphrase-file", self.first, "--new-passphrase-file", self.second, status=USAGE)
        self.assertIn("Nothing is left", self.vault("clear").err)
        self.assertEqual(self.cli.run("token", "Nobody").status, NO_SUCH_ACCOUNT)


class Killed(Vault):
    def test_killed_on_the_way_there_and_back(self):
        """F75: kill -9 leaves the old or the new state, and the next run clears up."""
        signs = {"before there is a vault": lambda: self.setting("secret_move"),
                 "as soon as there is a vault": lambda: self.count("vault"),
                 "while it is written to": lambda: self.count("sealed_secret"),
                 "behind the switch": lambda: self.setting("secret_backend") == "vault"}
        for words, sign in signs.items():
            with self.subTest(words):
                self.kill_moving("to-vault", sign)
                if self.status()["store"] == "keychain":
                    self.assert_all_are_there()
                    self.assertEqual((self.count("vault"), len(items())), (0, 3))
                    self.vault("to-vault", "--passphrase-file", self.first, "--yes")
                self.assert_all_are_there("--passphrase-file", self.first)
                self.assertEqual((self.status()["leftovers"], items()), (None, []))

                self.kill_moving("to-keychain", lambda: len(items()) > 1)
                if self.status()["store"] == "vault":
                    self.assert_all_are_there("--passphrase-file", self.first)
                    self.assertEqual(items(), [])
                    self.vault("to-keychain", "--passphrase-file", self.first, "--yes")
                self.assert_all_are_there()
                self.assertEqual((self.status()["leftovers"], self.count("vault"), len(items())), (None, 0, 3))

    def kill_moving(self, action, sign):
        moving = self.cli.start("vault", action, "--passphrase-file", str(self.first), "--yes")
        wait_for("the point to kill at", lambda: sign() or moving.poll() is not None)
        moving.kill()
        self.cli.end(moving, ["vault"])


class LastCopy(Vault):
    def test_the_last_copy_is_never_deleted(self):
        """F60, F69: whatever was taken away by hand, and whichever way the user goes on."""
        passphrase = "--passphrase-file", self.first
        self.vault("to-vault", *passphrase)
        away = self.query("SELECT account, bound_to, nonce, ciphertext FROM sealed_secret")
        self.query("DELETE FROM sealed_secret")
        self.assertNotEqual(self.cli.run("vault", "clear", "--yes", *passphrase).status, DONE)
        self.assertEqual(len(items()), 3, "the keychain's copies were the last ones")
        for row in away:
            self.query("INSERT INTO sealed_secret (account, bound_to, nonce, ciphertext) VALUES (?, ?, ?, ?)", row)

        self.vault("to-keychain", *passphrase)
        delete_items()
        refused = self.cli.run("--json", "vault", "clear", "--yes")
        self.assertEqual(refused.status, SECRET_STORE)
        self.assertEqual(json.loads(refused.err.splitlines()[-1])["error"]["kind"], "OnlyCopyLeft")
        self.assertEqual(self.count("vault"), 1)
        moved = self.vault("to-vault", *passphrase)
        self.assertIn("3 accounts had none to copy", moved.err)
        self.assertEqual(self.status()["leftovers"], None)
        self.assert_all_are_there(*passphrase)
        self.vault("to-keychain", *passphrase, "--yes")
        self.assert_all_are_there()


if __name__ == "__main__":
    tell()
