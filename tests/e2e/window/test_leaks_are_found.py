# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_leaks_are_found.py: the stories' search for planted secrets can fail. Whatever is planted where other programs of
the desktop can look is found (R48). Runs inside session.sh."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import shared  # noqa

from leaks import leaking_files
from leakwatch import LeakWatch
from waiting import wait_for
from xproperties import window_properties

SECRET = "CANARY-planted-1"


class LeaksAreFound(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="latchkey-leaks-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.watch = LeakWatch(self.folder / "watch")
        self.addCleanup(self.watch.stop)

    def start(self, *command, **more):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, **more)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def found(self):
        self.watch.stop()
        return self.watch.findings()

    def test_nothing_where_nothing_is_R48(self):
        process = self.start("sleep", "60")
        self.watch.watch(process.pid)
        wait_for("a look at it", lambda: len(self.watch.processes.seen) == 2)
        self.watch.look_at_windows()
        self.assertEqual(self.found(), [])

    def test_arguments_of_what_is_started_R48(self):
        process = self.start("sh", "-c", "sleep 60; exit", "a-child-of", SECRET)
        self.watch.watch(process.pid)
        wait_for("a finding", lambda: self.watch.processes.findings)
        self.assertEqual(self.found(), ["the arguments of sh"])

    def test_environment_of_a_child_R48(self):
        # Put together there, so that it is not in the arguments.
        halves = {"FIRST": SECRET[:4], "SECOND": SECRET[4:]}
        process = self.start("sh", "-c", "PLANTED=$FIRST$SECOND sleep 60; exit", env={**os.environ, **halves})
        self.watch.watch(process.pid)
        wait_for("a finding", lambda: self.watch.processes.findings)
        self.assertTrue(self.found()[0].startswith("the environment of "))

    def test_a_notification_R48(self):
        subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o",
                        "/org/freedesktop/Notifications", "-m", "org.freedesktop.Notifications.Notify", "Latchkey", "0",
                        "", "Copied", SECRET, "[]", "{}", "1"], timeout=240, capture_output=True)
        wait_for("the message on the bus", lambda: SECRET in self.watch.bus.read_text("utf-8"))
        self.assertEqual(self.found(), ["a message on the session bus"])

    def test_the_title_of_a_window_R48(self):
        self.start("display", "-title", SECRET, "xc:white", env={**os.environ, "HOME": str(self.folder)})
        wait_for("the window", lambda: SECRET.encode() in window_properties())
        self.watch.look_at_windows()
        self.assertEqual(self.found(), ["the properties of a window"])

    def test_what_a_screen_reader_is_told_R48(self):
        self.watch.stop()
        with open(self.watch.reader, "a", encoding="utf-8") as file:
            file.write(f"object:text-changed:insert password text Secret {SECRET!r}\n")
        self.assertEqual(self.watch.findings(), ["what a screen reader is told"])

    def test_what_is_on_the_screen_and_what_is_no_planted_one_R48(self):
        class Showing:
            @staticmethod
            def all_texts():
                return ["a word"] * 60 + ["demo-" + "access-1"]

        output = self.folder / "output"
        output.mkdir()
        (output / "0.stderr").touch()
        for others, words in (((), None), (("demo-access-",), "on the screen")):
            with self.subTest(words):
                watch = LeakWatch(self.folder / f"watch-{bool(words)}", others)
                self.addCleanup(watch.stop)
                watch.watch(self.start("sleep", "60").pid)
                wait_for("a look at it", lambda: len(watch.processes.seen) == 2)
                watch.look(Showing)
                if words:
                    self.assertRaisesRegex(AssertionError, words, watch.assert_nothing_leaked, output)
                else:
                    watch.assert_nothing_leaked(output)

    def test_a_search_that_looked_at_nothing_R48(self):
        self.assertRaisesRegex(AssertionError, "looked at nothing", self.watch.assert_nothing_leaked, self.folder)

    def test_a_file_and_its_name_R48(self):
        (self.folder / "file").write_text("xyz" + SECRET, encoding="utf-16-le")
        (self.folder / SECRET).touch()
        self.assertEqual(len(leaking_files(self.folder)), 2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2, warnings="ignore")
