# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A vault that cannot be opened, or holds no secrets, is never replaced unasked, and what is said of it is the reason
and the way on. Runs in keyring-session.sh: FILE PROGRAM SIMULATOR."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import termios
from contextlib import closing

import shared  # noqa

from clistory import CliStory, tell
from commandline import CANCELLED, DONE, SECRET_STORE, SIGN_IN_NEEDED
from waiting import wait_for

PASSPHRASE = "CANARY passphrase one"


class LostVault(CliStory):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        words = cls.folder / "words"
        words.write_text(PASSPHRASE + "\n")
        cls.words = ["--passphrase-file", words]
        cls.file = cls.profile / "profile.sqlite"

    def setUp(self):
        if not self.cli.account("robot"):
            self.add_configapi("robot")
            self.assertEqual(self.cli.run("token", "robot").status, DONE)
            self.assertEqual(self.cli.run("vault", "to-vault", *self.words, "--yes").status, DONE)
        self.rows = {table: self.change(f"SELECT * FROM {table}") for table in ("vault", "sealed_secret")}

    def tearDown(self):
        for table, rows in self.rows.items():
            self.change(f"DELETE FROM {table}")
            for row in rows:
                self.change(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        self.assertEqual(self.cli.run("token", "robot", *self.words).status, DONE)

    def change(self, statement, values=()):
        with closing(sqlite3.connect(self.file, timeout=30)) as profile, profile:
            return profile.execute(statement, values).fetchall()

    def refused(self, *words):
        """What standard error says; nothing is made and nothing comes out."""
        before = self.change("SELECT * FROM vault"), self.change("SELECT * FROM sealed_secret")
        ran = self.cli.run("--json", *words)
        self.assertEqual((ran.status, ran.out), (SECRET_STORE, ""), ran.err)
        now = self.change("SELECT * FROM vault"), self.change("SELECT * FROM sealed_secret")
        self.assertTrue(now == before, "the vault was changed")
        return json.loads(ran.err.splitlines()[-1])["error"]

    def every_way(self, kind):
        """Whatever asks for a vault that cannot be opened gets the same answer (docs/vault-format.md, section 5)."""
        for words in (["token", "robot", *self.words], ["token", "robot", "--store", "vault", *self.words],
                      ["accounts", "--store", "vault", *self.words],
                      ["vault", "to-keychain", *self.words, "--yes"],
                      ["vault", "passphrase", *self.words, "--new-passphrase-file", self.words[1]]):
            with self.subTest(words[:3]):
                error = self.refused(*words)
                self.assertEqual(error["kind"], kind)
        return error["what"] + " " + error["why"] + " " + error["next"]

    def test_a_vault_that_is_gone_is_not_replaced_unasked(self):
        self.change("DELETE FROM vault")
        self.assertIn("there is none in this profile", self.every_way("VaultDamaged"))

    def test_says_that_the_vault_holds_no_secrets(self):
        """F60"""
        self.change("DELETE FROM sealed_secret")
        ran = self.cli.run("token", "robot", *self.words)
        self.assert_nothing_out(ran, SIGN_IN_NEEDED)
        self.assertIn("The vault holds no secrets", ran.err)

    def test_says_what_is_wrong_with_the_vault(self):
        changes = {
            "F73 a newer format": ("UPDATE vault SET format = 9", "VaultNewer", "version 9)"),
            "F72 a cut key": ("UPDATE vault SET wrapped_key = x'00'", "VaultDamaged", "is cut"),
            "F72 100 GiB of memory": ("UPDATE vault SET kibibytes = 104857600", "VaultDamaged", "104857600 KiB"),
            "F72 another key": ("UPDATE vault SET salt = zeroblob(16)", "PassphraseWrong", "passphrase is wrong"),
            "F72 another secret": ("UPDATE sealed_secret SET ciphertext = zeroblob(1040)", "VaultDamaged",
                                   "of account"),
        }
        for situation, (statement, kind, word) in changes.items():
            with self.subTest(situation):
                self.change(statement)
                error = self.refused("token", "robot", *self.words)
                self.assertEqual(error["kind"], kind)
                self.assertIn(word, error["what"] + error["why"])
            self.tearDown()

    def test_a_passphrase_that_is_broken_off_changes_nothing(self):
        terminal = self.cli.at_terminal("vault", "passphrase", *map(str, self.words))
        terminal.wait_for("Passphrase for the new vault: ")
        terminal.type("CANARY passphrase two")
        terminal.wait_for("The passphrase again: ")
        terminal.interrupt()
        self.assertEqual(terminal.end(), CANCELLED)
        self.assertNotIn("differ", terminal.shown)
        self.assertIn("cannot be recovered by anybody", terminal.shown)
        self.assertTrue(self.change("SELECT * FROM vault") == self.rows["vault"], "the vault was changed")

    def echoes(self, terminal):
        return termios.tcgetattr(terminal)[3] & termios.ECHO != 0

    def test_the_terminal_has_its_echo_back_however_the_question_ends(self):
        """R56: Ctrl+Z and Ctrl+\\ too."""
        terminal, inner = pty.openpty()
        self.addCleanup(os.close, terminal)
        self.addCleanup(os.close, inner)
        process = subprocess.Popen(self.cli.words("token", "robot"), stdin=inner, stdout=subprocess.DEVNULL,
                                   stderr=inner, preexec_fn=os.setpgrp)
        self.addCleanup(process.kill)
        wait_for("the question", lambda: not self.echoes(terminal))
        for _ in range(2):
            process.send_signal(signal.SIGTSTP)
            self.assertTrue(os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1]))
            self.assertTrue(self.echoes(terminal), "stopped without echo")
            process.send_signal(signal.SIGCONT)
            wait_for("the question to go on", lambda: not self.echoes(terminal))
        process.send_signal(signal.SIGQUIT)
        self.assertEqual(process.wait(240), -signal.SIGQUIT)
        self.assertTrue(self.echoes(terminal), "ended without echo")

        process = subprocess.Popen(self.cli.words("token", "robot"), stdin=inner, stdout=subprocess.DEVNULL,
                                   stderr=inner, preexec_fn=os.setpgrp)
        self.addCleanup(process.kill)
        wait_for("the question", lambda: not self.echoes(terminal))
        process.send_signal(signal.SIGTSTP)
        os.waitpid(process.pid, os.WUNTRACED)
        process.send_signal(signal.SIGCONT)
        wait_for("the question to go on", lambda: not self.echoes(terminal))
        os.write(terminal, PASSPHRASE.encode() + b"\n")
        self.assertEqual(process.wait(240), DONE, "it did not go on")

    def test_says_why_the_old_place_could_not_be_cleared(self):
        terminal = self.cli.at_terminal("vault", "to-keychain", *map(str, self.words))
        terminal.wait_for("Delete them?")
        with closing(sqlite3.connect(self.file, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            terminal.type("y")
            self.assertEqual(terminal.end(), CANCELLED, terminal.shown)
        self.assertIn("are in the keychain now", terminal.shown)
        self.assertIn("Another program holds the profile", terminal.shown)
        self.assertNotIn("Waiting for an answer", terminal.shown)
        self.assertIn("vault clear", terminal.shown)
        self.assertEqual(self.cli.run("vault", "clear", "--yes").status, DONE)
        self.assertEqual(self.change("SELECT count(*) FROM vault"), [(0,)])
        self.assertEqual(self.cli.run("vault", "to-vault", *self.words, "--yes").status, DONE)
        self.setUp()


if __name__ == "__main__":
    tell()
