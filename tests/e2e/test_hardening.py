# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_hardening.py COMMAND-LINE SIMULATOR WINDOW: what the programs as they are released give away of themselves to the
other programs of their user (R49, R50). Runs inside keyring-session.sh."""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import parts
from clistory import CliStory, client
from commandline import DONE, CommandLine
from leaks import holds_secret
from waiting import wait_for

NOBODY = 65534

# What would make the libraries below us talk.
TALKATIVE = {"QDBUS_DEBUG": "1", "DBUS_VERBOSE": "1", "QT_LOGGING_RULES": "*=true", "QT_LOGGING_DEBUG": "1",
             "QT_LOGGING_TO_CONSOLE": "1", "QT_MESSAGE_PATTERN": "%{category}: %{message} %{function}",
             "G_MESSAGES_DEBUG": "all", "G_DBUS_DEBUG": "all"}


def as_user():
    """Nobody in particular: root may trace whom it wants, so that its looking would show nothing."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


class Hardened(unittest.TestCase):
    """Programs that run as a user, beside another program of that user."""

    window = command_line = None

    @classmethod
    def setUpClass(cls):
        # Where that user gets to, other than the home of the test.
        cls.folder = Path(tempfile.mkdtemp(prefix="latchkey-hardening-", dir="/tmp"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.folder.chmod(0o755)
        cls.home = cls.folder / "home"
        cls.home.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(cls.home, NOBODY, NOBODY)
        for program in (cls.window, cls.command_line):
            shutil.copy(program, cls.folder)
        cls.programs = {"window": [str(cls.folder / Path(cls.window).name), "--profile", "PROFILE"],
                        "command line": [str(cls.folder / Path(cls.command_line).name), "--profile",
                                         "PROFILE", "--store", "memory", "add", "configapi", "waits",
                                         "url=http://127.0.0.1:9", "client_id=waits", "allow_http=true", "--secret",
                                         "client_secret"]}

    def start(self, command, **more):
        def wants_cores():
            limit = resource.getrlimit(resource.RLIMIT_CORE)[1]
            resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
        environment = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                       "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "disabled:",
                       "XDG_RUNTIME_DIR": str(self.home), **more}
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   env=environment, cwd=self.home, preexec_fn=wants_cores, **as_user())
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def start_program(self, name, **more):
        profile = Path(tempfile.mkdtemp(dir=self.home)) / "profile"
        if os.geteuid() == 0:
            os.chown(profile.parent, NOBODY, NOBODY)
        process = self.start([word.replace("PROFILE", str(profile)) for word in self.programs[name]], **more)
        # The profile is made long after main() has begun.
        wait_for(f"the {name} to run", lambda: process.poll() is not None or any(profile.glob("*.sqlite*")))
        self.assertIsNone(process.poll(), "the program ended")
        return process

    def tries(self, *command):
        """Whether it succeeds, done by another program of the same user."""
        return subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, timeout=240, check=False, **as_user()).returncode == 0

    def traces(self, pid):
        return self.tries(
            sys.executable, "-c", "import ctypes, sys\nptrace = ctypes.CDLL(None, use_errno=True).ptrace\n"
            f"sys.exit(ptrace(0x4206, {pid}, 0, 0) != 0)")  # PTRACE_SEIZE

    def test_tells_nobody_what_is_in_its_memory_R50(self):
        other = self.start(["sleep", "60"])
        # What is tried succeeds with a program that does not mind, unless this machine forbids it to everybody.
        can_trace = self.traces(other.pid)
        self.assertTrue(self.tries("cat", f"/proc/{other.pid}/environ"))
        print("another program of the user's can", "be traced" if can_trace else "not be traced here",
              file=sys.stderr)
        for name in self.programs:
            with self.subTest(name):
                process = self.start_program(name)
                self.assertFalse(self.traces(process.pid), "it can be traced")
                for file in ("environ", "mem", "maps", "auxv"):
                    self.assertFalse(self.tries("head", "-c", "1", f"/proc/{process.pid}/{file}"),
                                     f"{file} can be read")
                # How the kernel shows that a process is not dumpable: its files belong to root.
                self.assertEqual(Path(f"/proc/{process.pid}/environ").stat().st_uid, 0)

    def test_leaves_no_core_R50(self):
        for name in self.programs:
            with self.subTest(name):
                process = self.start_program(name)
                limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii").splitlines()
                core = next(line.split() for line in limits if line.startswith("Max core file size"))
                self.assertEqual(core[4], "0")
                process.send_signal(signal.SIGSEGV)
                status = os.waitpid(process.pid, 0)[1]
                process.returncode = -signal.SIGSEGV
                self.assertTrue(os.WIFSIGNALED(status))
                self.assertFalse(os.WCOREDUMP(status), "it left a core")

    def test_the_window_says_nothing_however_it_is_asked_R49(self):
        process = self.start_program("window", **TALKATIVE)
        process.terminate()
        _, err = process.communicate(timeout=240)
        self.assertEqual(err, b"")

    def test_messages_of_the_libraries_lack_their_secrets_R49(self):
        """Qt says where it looks for its plugins, so it can be made to say something secret."""
        plugins = self.folder / "say Bearer CANARY-plugins"
        plugins.mkdir(mode=0o755)
        for name in self.programs:
            with self.subTest(name):
                process = self.start_program(name, QT_DEBUG_PLUGINS="1", QT_PLUGIN_PATH=str(plugins))
                os.set_blocking(process.stderr.fileno(), False)
                said = bytearray()

                def has_said_it():
                    said.extend(process.stderr.read() or b"")
                    return b"Bearer [removed]" in said
                wait_for("it to be said", has_said_it)
                process.terminate()
                said += process.communicate(timeout=240)[1]
                self.assertFalse(holds_secret(said.decode(errors="replace")), "standard error holds a planted secret")


class Talkative(CliStory):
    """With every variable that makes Qt, D-Bus and GLib talk: a token is got, kept and handed out in silence."""

    def test_says_nothing_however_it_is_asked_R49(self):
        keys = self.folder / "keys"
        rules = self.folder / "rules.ini"
        rules.write_text("[Rules]\n*=true\n", encoding="ascii")
        noisy = CommandLine(self.program, self.profile, **TALKATIVE, SSLKEYLOGFILE=str(keys),
                            QT_LOGGING_CONF=str(rules))
        self.configure(client("configapi", "loud"))
        added = noisy.run("add", "configapi", "loud", f"url={self.vendors.url}", "client_id=loud", "allow_http=true",
                          "--secret", "client_secret", stdin="CANARY-secret-loud\n")
        quiet = self.cli.run("refresh", "loud")
        for words in (["refresh", "loud"], ["token", "loud"], ["doctor"]):
            ran = noisy.run(*words)
            self.assertEqual(holds_secret(ran.err), False)
            with self.subTest(words[0]):
                usual = self.cli.run(*words)
                said, usually = (re.sub(r"\d+", "0", each.err) for each in (ran, usual))  # seconds pass
                self.assertEqual((ran.status, said), (usual.status, usually))
        self.assertEqual((added.status, quiet.status), (DONE, DONE))
        self.assertFalse(keys.exists(), "keys of TLS were written")

    def test_keeps_to_the_keychain_R44(self):
        """libsecret would take a file in its place."""
        elsewhere = self.folder / "elsewhere.keyring"
        told = CommandLine(self.program, self.profile, SECRET_BACKEND="file", SECRET_FILE_TEST_PATH=str(elsewhere),
                           SECRET_FILE_TEST_PASSWORD="password")
        self.configure(client("configapi", "kept"))
        added = told.run("add", "configapi", "kept", f"url={self.vendors.url}", "client_id=kept", "allow_http=true",
                         "--secret", "client_secret", stdin="CANARY-secret-kept\n")
        self.assertEqual(added.status, DONE, added.err)
        self.assertEqual(self.cli.run("refresh", "kept").status, DONE)
        self.assertFalse(elsewhere.exists())


if __name__ == "__main__":
    CliStory.program, CliStory.simulator, Hardened.window = sys.argv[1:4]
    Hardened.command_line = CliStory.program
    parts.run(sys.argv[4:])
