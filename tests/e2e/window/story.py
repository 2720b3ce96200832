# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stories on the virtual screen share: the program with a profile of its own, the vendors' stand-ins, a
browser, and the command line, which prepares what a test begins with. At the end of a class nothing has leaked."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

import parts
from accountwork import FORM, SIGN_IN, save_and_sign_in
from application import STATE, Application
from commandline import DONE, CommandLine
from leakwatch import LeakWatch
from screen import NextCopy, primary
from signin import VendorPage
from vendors import Vendors, client  # noqa: F401
from waiting import wait_for

USER, PASSWORD = "ada", "CANARY-password"
BEFORE = "what another program copied"


class Story(unittest.TestCase):
    program = simulator = command_line = pictures = None
    names_browser_in_environment = False
    appearance = os.environ.get("LATCHKEY_APPEARANCE")  # Light or Dark

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="latchkey-e2e-")
        cls.addClassCleanup(cls.scratch.cleanup)
        folder = Path(cls.scratch.name)
        cls.output, cls.profiles = folder / "output", folder / "profiles"
        cls.profiles.mkdir()
        cls.vendors = Vendors(cls.simulator)
        cls.addClassCleanup(cls.vendors.stop)
        cls.page = VendorPage(folder / "browser")
        cls.watch = LeakWatch(folder / "watch")
        cls.addClassCleanup(cls.watch.stop)
        cls.app = None
        cls.addClassCleanup(lambda: cls.app and cls.app.stop())
        cls.new_profile()

    @classmethod
    def tearDownClass(cls):
        """R48"""
        cls.app.stop()
        cls.watch.assert_nothing_leaked(cls.output, cls.profiles)

    def tearDown(self):
        if self.app.is_running:
            self.look()

    @classmethod
    def new_profile(cls):
        """The window, if there is one, and its profile are left behind."""
        if cls.app:
            cls.app.stop()
        cls.profile = cls.profiles / str(len(list(cls.profiles.iterdir())))
        cls.cli = CommandLine(cls.command_line, cls.profile)

    @classmethod
    def run_cli(cls, *words, secrets=()):
        ran = cls.cli.run(*words, stdin="".join(f"{secret}\n" for secret in secrets))
        assert ran.status == DONE, f"{words[0]} ended with {ran.status}: {ran.err}"
        return ran

    @classmethod
    def configure(cls, *clients):
        cls.vendors.configure({"reset": True, "users": {USER: PASSWORD}, "clients": clients})

    @classmethod
    def start(cls):
        arguments = ["--profile", str(cls.profile)]
        environment = {}
        if cls.names_browser_in_environment:
            environment["LATCHKEY_BROWSER"] = cls.page.command
        else:
            arguments += ["--browser", cls.page.command]
        cls.app = Application(cls.program, *arguments, scratch=cls.output, pictures=cls.pictures,
                              environment=environment)
        cls.watch.watch(cls.app.pid)
        # Only where a person looks at the pictures.
        if cls.appearance:
            cls.app.choose_appearance(cls.appearance)

    def look(self, picture=None):
        """Remembers every word on the screen for the search for leaks, and takes a picture."""
        self.watch.look(self.app)
        if picture:
            self.app.picture(picture)

    def sign_in(self, form, answer="allow"):
        self.page.plan(USER, PASSWORD, answer)
        dialog = save_and_sign_in(self.app, form)
        return dialog, self.page.landed()

    def wait_until_valid(self, account):
        self.app.wait_until_closed(SIGN_IN, starts=True)
        self.app.wait_until_closed(FORM, starts=True)
        self.app.wait_for_cell(account, STATE, "Valid")

    def copy(self, account, kind=None):
        """Copies with the side panel's buttons and answers what is in the clipboard then."""
        self.app.select(account)
        with NextCopy(BEFORE) as copied:
            if kind:
                self.app.panel.press_button("Choose what to copy")
                self.app.choose(kind)
            else:
                self.app.panel.press_button("Copy", starts=True)
            self.app.wait_for_words(f"Copied “{account}”")
            self.assertEqual(primary(), "", "something went to the PRIMARY selection")
            return wait_for("a new text in the clipboard", lambda: copied.text)

    def assert_copied(self, copied, scheme, token):
        # No assertEqual: its words would hold the secret.
        self.assertTrue(copied == f"{scheme} CANARY-access-{token}", "the clipboard does not hold the header value")


def tell():
    """Runs the file that was started: FILE PROGRAM SIMULATOR COMMAND-LINE FOLDER-FOR-PICTURES [PART...]."""
    Story.program, Story.simulator, Story.command_line, Story.pictures, *words = sys.argv[1:]
    parts.run(words, failfast=True)
