# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A vault that is gone, has become another one or cannot be opened is never replaced unasked, and what is said of it is
the reason and the way on. Runs in keyring-session.sh: FILE PROGRAM SIMULATOR."""

import json
import os
import pty
import signal
import subprocess
import termios

from clistory import CliStory, tell
from commandline import CANCELLED, DONE, SECRET_STORE, SIGN_IN_NEEDED, CommandLine
from waiting import wait_for

PASSPHRASE = "CANARY passphrase one"


class LostVault(CliStory):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        words = cls.folder / "words"
        words.write_text(PASSPHRASE + "\n")
        cls.words = ["--passphrase-file", words]
        cls.file = cls.profile / "secrets.vault"
        cls.copy = cls.profile / "secrets.vault.bak"

    def setUp(self):
        if not self.cli.account("robot"):
            self.add_configapi("robot")
            self.assertEqual(self.cli.run("token", "robot").status, DONE)
            self.assertEqual(self.cli.run("vault", "to-vault", *self.words, "--yes").status, DONE)
        self.whole = self.file.read_bytes()

    def tearDown(self):
        for file in (self.file, self.copy):
            if file.is_dir() and not file.is_symlink():
                file.rmdir()
            file.unlink(missing_ok=True)
        self.file.write_bytes(self.whole)
        self.file.chmod(0o600)
        self.assertEqual(self.cli.run("vault", "replace", *self.words).status, DONE)
        self.assertEqual(self.cli.run("token", "robot", *self.words).status, DONE)

    def refused(self, *words):
        """What standard error says; nothing is made and nothing comes out."""
        before = sorted(self.profile.glob("secrets.vault*"))
        ran = self.cli.run("--json", *words)
        self.assertEqual((ran.status, ran.out), (SECRET_STORE, ""), ran.err)
        self.assertEqual(sorted(self.profile.glob("secrets.vault*")), before)
        return json.loads(ran.err.splitlines()[-1])["error"]

    def remove_all(self):
        self.file.unlink()
        self.copy.unlink(missing_ok=True)

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
        self.copy.write_bytes(self.whole)
        self.file.unlink()
        said = self.every_way("VaultRestorable")
        self.assertIn(f"{self.file}: it is missing", said)
        self.assertIn(".bak", said)
        self.copy.unlink()
        said = self.every_way("VaultMissing")
        self.assertIn(str(self.file), said)
        self.assertIn("vault replace", said)
        self.assertNotIn(".bak", said)
        self.assertEqual(self.refused("vault", "to-keychain")["kind"], "VaultMissing")

        # F60: by the word of its user there is an empty one, and it says itself that it is empty.
        self.assertEqual(self.cli.run("vault", "replace", *self.words).status, DONE)
        ran = self.cli.run("token", "robot", *self.words)
        self.assert_nothing_out(ran, SIGN_IN_NEEDED)
        self.assertIn("The vault holds no secrets", ran.err)

    def test_the_vault_of_another_profile_is_not_taken_unasked(self):
        other = CommandLine(self.program, self.folder / "other")
        other.add("configapi", "elsewhere", {"client_secret": "CANARY-secret-elsewhere"}, url=self.vendors.url,
                  client_id="elsewhere", allow_http="true")
        self.assertEqual(other.run("vault", "to-vault", *self.words, "--yes").status, DONE)
        self.remove_all()
        theirs = (self.folder / "other" / "secrets.vault").read_bytes()
        self.file.write_bytes(theirs)
        said = self.every_way("VaultReplaced")
        self.assertIn("another vault than the one this profile used", said)
        self.assertIn("vault replace", said)
        self.assertEqual(self.file.read_bytes(), theirs)
        self.assertEqual(self.cli.run("vault", "replace", *self.words).status, DONE)
        self.assertEqual(self.cli.run("token", "robot", *self.words).status, SIGN_IN_NEEDED)

    def test_says_what_is_wrong_with_the_file(self):
        newer = bytearray(self.whole)
        newer[8] = 9
        self.remove_all()
        makers = {
            "F73 a newer format": (lambda: self.file.write_bytes(newer), "VaultNewer", "version 9)"),
            "F71 a symbolic link": (lambda: self.file.symlink_to(self.folder / "words"), "VaultDamaged", "symbolic link"),
            "F71 a folder": (self.file.mkdir, "VaultDamaged", "not a regular file"),
            "F71 a FIFO": (lambda: os.mkfifo(self.file, 0o600), "VaultDamaged", "not a regular file"),
            "F72 too large": (lambda: (self.file.touch(0o600), os.truncate(self.file, 10**10)), "VaultDamaged", "too large"),
            "F72 0 bytes": (self.file.touch, "VaultDamaged", "0 bytes"),
        }
        for situation, (make, kind, word) in makers.items():
            with self.subTest(situation):
                make()
                error = self.refused("token", "robot", *self.words)
                said = error["what"] + error["why"]
                self.assertEqual(error["kind"], kind)
                self.assertIn(word, said)
                self.assertNotIn(".bak", error["next"])
                self.assertNotIn("The profile", said)
                if kind == "VaultDamaged":
                    self.assertIn(str(self.file), said)
            if self.file.is_dir():
                self.file.rmdir()
            else:
                self.file.unlink()

    def test_a_passphrase_that_is_broken_off_changes_nothing(self):
        terminal = self.cli.at_terminal("vault", "passphrase", *map(str, self.words))
        terminal.wait_for("Passphrase for the new vault: ")
        terminal.type("CANARY passphrase two")
        terminal.wait_for("The passphrase again: ")
        terminal.interrupt()
        self.assertEqual(terminal.end(), CANCELLED)
        self.assertNotIn("differ", terminal.shown)
        self.assertIn("cannot be recovered by anybody", terminal.shown)
        self.assertEqual(self.file.read_bytes(), self.whole)

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
        obstacle = self.profile / "secrets.vault.new"
        obstacle.mkdir()
        ran = self.cli.run("vault", "to-keychain", *self.words, "--yes")
        obstacle.rmdir()
        self.assertEqual(ran.status, SECRET_STORE, ran.err)
        self.assertIn("are in the keychain now", ran.err)
        self.assertIn(str(obstacle), ran.err)
        self.assertIn("vault clear", ran.err)
        self.assertEqual(self.cli.run("vault", "clear", "--yes").status, DONE)
        self.assertFalse(self.file.exists())
        self.assertEqual(self.cli.run("vault", "to-vault", *self.words, "--yes").status, DONE)
        self.whole = self.file.read_bytes()


if __name__ == "__main__":
    tell()
