#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The man pages and completions that are made from the command table, read and asked by the programs they are for:
test_docs.py LATCHKEY-CLI PAGES."""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

CLI, PAGES = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
NAMES = ["Rev production", "Rev's \"test\" & more", "Contact centre"]
COMMANDS = re.findall(r"^  ([a-z-]+) +\S", subprocess.run([CLI, "--help"], check=True, capture_output=True,
                                                        text=True).stdout.split("Options of every")[0], re.M)


def text(command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def in_terminal(command, typed, awaited, environment):
    """What the program shows in a terminal after `typed`, until `awaited` is there or a minute is over."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment)
    shown = b""
    deadline = time.monotonic() + 60
    try:
        for step, wanted in [*typed, (None, awaited)]:
            while not re.search(wanted, shown) and time.monotonic() < deadline:
                if select.select([terminal], [], [], 0.1)[0]:
                    try:
                        shown += os.read(terminal, 4096)
                    except OSError:
                        return shown
            if step is not None:
                os.write(terminal, step)
    finally:
        os.close(terminal)
        os.kill(child, 9)
        os.waitpid(child, 0)
    return shown


class Docs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        os.mkdir(f"{cls.folder}/bin", 0o700)
        # The shells find the program by its name, in a home without the user's own profile.
        program = Path(cls.folder, "bin", "latchkey-cli")
        program.symlink_to(CLI)
        cls.environment = {**os.environ, "PATH": f"{cls.folder}/bin:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
                           "HOME": cls.folder, "TERM": "dumb"}
        os.environ.update(cls.environment)
        for name in NAMES:
            cls.cli("add", "configapi", name, "url=https://acme.example.com", "client_id=robot")
        cls.cli("--profile", f"{cls.folder}/other one", "add", "configapi", "Contact elsewhere",
                "url=https://acme.example.com", "client_id=robot")
        cls.cli("recipes", "add", "x-own", given="{{token}}")

    @classmethod
    def cli(cls, *words, given=""):
        subprocess.run([CLI, *words], check=True, timeout=60, input=given, text=True, capture_output=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_every_page_is_well_formed(self):
        for page in PAGES.glob("*.1"):
            with self.subTest(page.name):
                said = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page], capture_output=True, text=True).stdout
                self.assertEqual([line for line in said.splitlines() if line and "missing date" not in line], [])

    def test_every_command_has_a_page_that_names_all_its_options(self):
        self.assertGreaterEqual(len(COMMANDS), 15)
        for command in COMMANDS:
            with self.subTest(command):
                options = re.findall(r"^  (--[a-z-]+)", text([CLI, command, "--help"]), re.M)
                page = text(["mandoc", "-T", "ascii", PAGES / f"latchkey-cli-{command}.1"])
                page = re.sub(r".\x08", "", page)
                for option in options:
                    self.assertIn(option, page)
                self.assertIn("EXAMPLES", page)
        overview = re.sub(r".\x08", "", text(["mandoc", "-T", "ascii", PAGES / "latchkey-cli.1"]))
        for command in COMMANDS:
            self.assertIn(f"latchkey-cli-{command}(1)", overview)

    def test_every_example_is_one_the_program_would_take(self):
        for command in COMMANDS:
            examples = text([CLI, command, "--help"]).split("\nExamples:\n")[1]
            lines = [line.strip() for line in examples.splitlines() if re.match(r"  \S", line)]
            self.assertTrue(lines, command)
            for line in lines:
                with self.subTest(line):
                    # With --help the program reads the line to its end and does nothing.
                    asked = re.sub(r"latchkey-cli ", "latchkey-cli --help ", line, count=1)
                    subprocess.run(["sh", "-c", asked], check=True, env=self.environment, capture_output=True, timeout=60)

    def bash(self, *words):
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _latchkey_cli; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        listed = subprocess.run(["bash", "-c", script, "bash", PAGES / "latchkey-cli.bash", "latchkey-cli", *words],
                                check=True, env=self.environment, capture_output=True, text=True, timeout=60).stdout
        return listed.splitlines()

    def test_bash_offers_commands_options_words_and_accounts(self):
        self.assertEqual(self.bash("tok"), ["token"])
        self.assertIn("--min-life", self.bash("token", "--"))
        self.assertIn("--profile", self.bash("token", "--"))
        self.assertEqual(self.bash("--store", "v"), ["vault"])
        self.assertEqual(self.bash("export", "--as", "bru"), ["bruno"])
        self.assertEqual(self.bash("templates", "im"), ["import"])
        self.assertEqual(sorted(self.bash("token", "rev")), sorted(NAMES[:2]))
        self.assertEqual(self.bash("token", "Rev\\ p"), NAMES[:1])
        self.assertEqual(self.bash("token", "'Rev p"), NAMES[:1])
        self.assertEqual(self.bash("token", "Rev production", "--as", "x"), ["x-own"])
        self.assertEqual(self.bash("token", "Rev production", "--as", "=", "x"), ["x-own"])
        for profile in ([f"'{self.folder}/other one'"], [f"{self.folder}/other\\ one"], ["=", "'~/other one'"]):
            self.assertEqual(self.bash("token", "--profile", *profile, "Con"), ["Contact elsewhere"])
            self.assertEqual(self.bash("--profile", *profile, "token", "Con"), ["Contact elsewhere"])
        self.assertEqual(self.bash("rename", "Rev production", ""), [""])

    def test_bash_quotes_what_it_completes(self):
        shown = in_terminal(["bash", "--norc", "-i"],
                            [(f"source {PAGES}/latchkey-cli.bash\r".encode(), rb"\$ "), (b"latchkey-cli token Con\t", rb"bash\r")],
                            rb"Contact\\ centre", {**self.environment, "PS1": "$ "})
        self.assertIn(b"Contact\\ centre", shown)

    def fish(self, line):
        script = f"source {PAGES}/latchkey-cli.fish; complete -C {json.dumps(line)}"
        listed = subprocess.run(["fish", "--no-config", "-c", script], check=True, env=self.environment, capture_output=True,
                                text=True, timeout=60).stdout
        return [offered.split("\t")[0] for offered in listed.splitlines()]

    def test_fish_offers_commands_options_words_and_accounts(self):
        self.assertEqual(self.fish("latchkey-cli tok"), ["token"])
        self.assertIn("--min-life", self.fish("latchkey-cli token --mi"))
        self.assertIn("bruno", self.fish("latchkey-cli export --as "))
        self.assertEqual(self.fish("latchkey-cli token A --as x"), ["x-own"])
        for profile in (f"--profile '{self.folder}/other one'", f"--profile={self.folder}/other\\ one"):
            self.assertEqual(self.fish(f"latchkey-cli {profile} token Con"), ["Contact elsewhere"])
        self.assertIn("Rev\\ production", [name.replace(" ", "\\ ") if "\\" not in name else name
                                          for name in self.fish("latchkey-cli token Rev")])

    def test_zsh_offers_commands_and_quotes_accounts(self):
        os.makedirs(f"{self.folder}/zsh", exist_ok=True)
        shutil.copy(PAGES / "_latchkey-cli", f"{self.folder}/zsh")
        begin = f"fpath=({self.folder}/zsh $fpath); autoload -Uz compinit; compinit -u -D; print re''ady\r".encode()
        environment = {**self.environment, "PS1": "zsh> ", "TERM": "xterm"}
        for typed, awaited in ((b"latchkey-cli tok\t", rb"latchkey-cli token"),
                               (b"latchkey-cli token Con\t", rb"Contact\\ centre"),
                               (b"latchkey-cli token --min-life 10m Con\t", rb"Contact\\ centre"),
                               (b"latchkey-cli token A --as x\t", rb"--as x-own"),
                               (f"latchkey-cli --profile '{self.folder}/other one' token Con\t".encode(),
                                rb"Contact\\ elsewhere"),
                               (f"latchkey-cli token --profile={self.folder}/other\\ one Con\t".encode(),
                                rb"Contact\\ elsewhere")):
            with self.subTest(typed):
                shown = in_terminal(["zsh", "-f", "-i"], [(begin, rb"zsh> "), (typed, rb"\nready")], awaited, environment)
                self.assertRegex(re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", shown), awaited)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
