#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The input of the command line: words that a library would take for itself, and input that never comes.

Usage: test_input.py LATCHKEY_CLI SIMULATOR
"""
import array
import fcntl
import json
import os
import signal
import subprocess
import sys
import termios
import time
import unittest
import urllib.request

CLI, SIMULATOR = sys.argv[1:3]


class Input(unittest.TestCase):
    def setUp(self):
        self.profile = os.path.join(os.environ["HOME"], self.id())
        os.mkdir(self.profile, 0o700)
        self.pipe = os.path.join(self.profile, "pipe")
        os.mkfifo(self.pipe, 0o600)

    def run_cli(self, *words, given=b""):
        return subprocess.run([CLI, "--profile", self.profile, *words], input=given, capture_output=True, timeout=60)

    def begin(self, *words):
        process = subprocess.Popen(
            [CLI, "--profile", self.profile, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def ask_to_end(self, process):
        for _ in range(5):
            process.send_signal(signal.SIGTERM)
            try:
                return process.wait(timeout=4)
            except subprocess.TimeoutExpired:
                continue
        return None

    def writer(self, process):
        """The pipe's other end, which can be opened as soon as the process has opened its own."""
        while process.poll() is None:
            try:
                return os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                time.sleep(0.01)
        return None

    def test_a_signal_ends_the_wait_for_a_silent_pipe(self):
        for words in (
            ("templates", "import", self.pipe, "--dry-run"),
            ("recipes", "add", "mine", "--file", self.pipe),
            ("add", "configapi", "Robot", "url=https://h.example", "client_id=x", "--secret-file",
             "client_secret=" + self.pipe),
            ("--store", "vault", "--passphrase-file", self.pipe, "accounts"),
            ("--store", "vault", "--passphrase-file", self.pipe, "add", "configapi", "Robot",
             "url=https://h.example", "client_id=x"),
        ):
            with self.subTest(words=words):
                process = self.begin(*words)
                end = self.writer(process)
                if end is None:
                    self.assertEqual(process.returncode, 0, "it needed no passphrase")
                    continue
                self.assertEqual(self.ask_to_end(process), 8)
                os.close(end)

    def test_a_pipe_is_read_like_a_file(self):
        process = self.begin("recipes", "add", "mine", "--file", self.pipe)
        with open(self.writer(process), "wb") as end:
            end.write(b"X: {{token}}\n")
        self.assertEqual(process.wait(timeout=60), 0)

    def test_a_half_typed_line_is_not_kept(self):
        process = self.begin("recipes", "add", "half")
        process.stdin.write(b"X: {{token}}")
        process.stdin.flush()
        while self.unread(process.stdin):
            time.sleep(0.01)
        self.assertEqual(self.ask_to_end(process), 8)
        self.assertNotIn(b"half", self.run_cli("recipes", "--names").stdout)

    @staticmethod
    def unread(stream):
        count = array.array("i", [0])
        fcntl.ioctl(stream.fileno(), termios.FIONREAD, count)
        return count[0]

    def test_processes_that_create_a_vault_at_once_share_it(self):
        words = os.path.join(self.profile, "words")
        with open(words, "w", encoding="utf-8") as file:
            file.write("CANARY-passphrase for all of them\n")
        made = [
            self.begin("--store", "vault", "--passphrase-file", words, "add", "configapi", f"Robot {number}",
                       "url=https://h.example", "client_id=x", "--secret-file", "client_secret=" + words)
            for number in range(3)
        ]
        self.assertEqual([process.wait(timeout=60) for process in made], [0, 0, 0])
        os.unlink(words)  # What stays behind is searched for the passphrase (R48).

    def test_the_program_that_runs_is_the_one_that_was_named(self):
        """Qt takes words that begin with -qmljsdebugger= for itself."""
        with subprocess.Popen([SIMULATOR, "--until-eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as simulator:
            url = json.loads(simulator.stdout.readline())["url"]
            planted = {"vendor": "configapi", "id": "robot", "secret": "CANARY-secret",
                       "next_access_tokens": ["CANARY-token"]}
            told = urllib.request.Request(url + "/simulator/configure", headers={"Content-Type": "application/json"},
                                          data=json.dumps({"reset": True, "clients": [planted]}).encode())
            urllib.request.urlopen(told, timeout=60).close()
            self.run_cli("add", "configapi", "Robot", "url=" + url, "client_id=robot", "allow_http=true", "--secret",
                         "client_secret", given=b"CANARY-secret\n")
            ran = self.run_cli("exec", "Robot", "--", "echo", "-qmljsdebugger=port:1")
            simulator.stdin.close()
        self.assertEqual((ran.returncode, ran.stdout), (0, b"-qmljsdebugger=port:1\n"))

    def file(self, content):
        path = os.path.join(self.profile, "file")
        with open(path, "wb") as file:
            file.write(content)
        return path

    def add(self, name, *words, given=b"CANARY-secret\n"):
        return self.run_cli("add", "configapi", name, "url=https://h.example", "client_id=x", "--secret",
                            "client_secret", *words, given=given)

    def test_F93_F94_every_way_in_has_the_same_check(self):
        strange, latin = "CANARY\u200b-1".encode(), b"p\xe4ss"
        ways = (
            lambda name, value: self.add(name, given=value + b"\n"),
            lambda name, value: self.run_cli("add", "configapi", name, "url=https://h.example", "client_id=x",
                                             "--secret-file", "client_secret=" + self.file(value + b"\n")),
            lambda name, value: self.run_cli("add", "configapi", name, "url=https://h.example", b"client_id=" + value),
            lambda name, value: self.run_cli("recipes", "add", "mine", given=b"{{token}}" + value),
            lambda name, value: self.run_cli("--store", "vault", "--passphrase-file",
                                             self.file(b"CANARY-passphrase " + value), "accounts"),
        )
        for number, way in enumerate(ways):
            with self.subTest(way=number):
                ran = way("Robot", strange)
                self.assertEqual((ran.returncode, ran.stdout), (2, b""), ran.stderr)
                self.assertIn(b"U+200B at character ", ran.stderr)
                self.assertNotIn(b"CANARY", ran.stderr)
                ran = way("Robot", latin)
                self.assertEqual((ran.returncode, ran.stdout), (2, b""), ran.stderr)
                self.assertIn(b"not UTF-8 (byte ", ran.stderr)
        self.assertEqual(self.run_cli("accounts", "--names").stdout, b"")
        os.unlink(os.path.join(self.profile, "file"))

    def test_F93_a_secret_is_taken_as_it_is_when_told(self):
        strange = "CANARY\u200b-1".encode()
        refused = self.add("Robot", given=strange)
        self.assertIn(b"--secret-as-is", refused.stderr)
        for given in (b"CANARY\0-1", b"CANARY\r-1", b"CANARY\xe4-1"):
            self.assertEqual(self.add("Robot", "--secret-as-is", given=given).returncode, 2)
        self.assertEqual(self.add("Robot", "--secret-as-is", given=strange).returncode, 0)
        self.assertEqual(self.run_cli("edit", "Robot", "--secret", "client_secret", given=strange).returncode, 2)
        self.assertEqual(self.run_cli("edit", "Robot", "--secret", "client_secret", "--secret-as-is",
                                      given=strange).returncode, 0)
        self.assertIn(b"--secret-as-is", self.run_cli("add", "--help").stdout)

    def test_F93_a_byte_order_mark_is_no_part_of_it(self):
        mark = b"\xef\xbb\xbf"
        self.assertEqual(self.add("Robot", given=mark + b"CANARY-secret\n").returncode, 0)
        self.assertEqual(self.run_cli("recipes", "add", "mine", given=mark + b"{{token}}").returncode, 0)
        template = mark + self.template("Imported")
        self.assertEqual(self.run_cli("templates", "import", "-", "--yes", given=template).returncode, 0)
        names = self.run_cli("accounts", "--names").stdout.splitlines()
        self.assertEqual(sorted(names), [b"Imported", b"Robot"])

    @staticmethod
    def template(*names):
        return json.dumps({"format": "latchkey-templates", "version": 1,
                           "accounts": [{"name": name, "provider": "configapi",
                                         "fields": {"url": "https://h.example", "client_id": "x"}}
                                        for name in names]}).encode()

    def test_F115_a_name_makes_no_line_of_its_own(self):
        forged = "Good\nForged  configapi  will be added\r\x1b[2K\u202e\u009b\U000e0020"
        given = self.template(forged, "Honest")
        ran = self.run_cli("templates", "import", "-", "--dry-run", given=given)
        # The lines below each name its addresses.
        lines = [line for line in ran.stdout.decode().splitlines() if not line.startswith(" ")]
        self.assertEqual(len(lines), 2, lines)
        self.assertIn("refused; name: ", lines[0])
        self.assertIn("U+000A at character 5", lines[0])
        self.assertTrue(lines[1].startswith("Honest"))
        ran = self.run_cli("--json", "templates", "import", "-", "--dry-run", given=given)
        self.assertEqual(json.loads(ran.stdout)["accounts"][0]["name"], forged)
        self.assertTrue(all(byte in b"\n" or byte > 31 for byte in ran.stdout))
        for escaped in (b"\\u202e", b"\\u009b", b"\\udb40\\udc20"):
            self.assertIn(escaped, ran.stdout)
        for words in (("token", forged), ("templates", "export", forged + "/x"), ("recipes", "remove", forged),
                      ("providers", forged), (forged,)):
            with self.subTest(words=words[0]):
                ran = self.run_cli(*words)
                self.assertNotIn(b"\nForged", ran.stderr + ran.stdout)
                ran = self.run_cli("--json", *words)
                self.assertEqual(len(ran.stderr.splitlines()), 1, ran.stderr)
                self.assertTrue(json.loads(ran.stderr)["error"])
                self.assertNotIn("\u202e".encode(), ran.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
