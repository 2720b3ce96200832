# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stories on the virtual screen share: the program with a profile of its own, the vendors' stand-ins and a
browser. The tests of a story follow one another: each goes on where the last one ended."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

from accountwork import FORM, SIGN_IN, save_and_sign_in
from desk import STATE, Desk
from leakwatch import LeakWatch
from screen import clipboard, primary
from signin import VendorPage
from vendors import Vendors, client  # noqa: F401
from waiting import wait_for

USER, PASSWORD = "ada", "CANARY-password"


class Story(unittest.TestCase):
    program = simulator = pictures = None
    names_browser_in_environment = False
    appearance = os.environ.get("LATCHKEY_APPEARANCE")  # Light or Dark

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="latchkey-e2e-")
        cls.addClassCleanup(cls.scratch.cleanup)
        folder = Path(cls.scratch.name)
        cls.output, cls.profile = folder / "output", folder / "profile"
        cls.vendors = Vendors(cls.simulator)
        cls.addClassCleanup(cls.vendors.stop)
        cls.page = VendorPage(folder / "browser")
        cls.watch = LeakWatch(folder / "watch")
        cls.addClassCleanup(cls.watch.stop)
        cls.desk = None
        cls.addClassCleanup(lambda: cls.desk and cls.desk.stop())

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
        cls.desk = Desk(cls.program, *arguments, scratch=cls.output, pictures=cls.pictures, environment=environment)
        cls.watch.watch(cls.desk.pid)
        # Only for who wants to look at the pictures.
        if cls.appearance:
            cls.desk.choose_appearance(cls.appearance)

    def look(self, picture=None):
        """Remembers every word on the screen for the search for leaks, and takes a picture."""
        self.watch.look(self.desk)
        if picture:
            self.desk.picture(picture)

    def sign_in(self, form, answer="allow"):
        self.page.plan(USER, PASSWORD, answer)
        dialog = save_and_sign_in(self.desk, form)
        return dialog, self.page.landed()

    def wait_until_valid(self, account):
        self.desk.wait_until_closed(SIGN_IN, starts=True)
        self.desk.wait_until_closed(FORM, starts=True)
        self.desk.wait_for_cell(account, STATE, "Valid")

    def copy(self, account, kind=None):
        """Copies with the side panel's buttons and answers what is in the clipboard then."""
        self.desk.select(account)
        before = clipboard()
        if kind:
            self.desk.panel.press_button("Choose what to copy")
            self.desk.choose(kind)
        else:
            self.desk.panel.press_button("Copy", starts=True)
        self.desk.wait_for_words(f"Copied “{account}”")
        self.assertEqual(primary(), "", "something went to the PRIMARY selection")
        return wait_for("a new text in the clipboard", lambda: clipboard() if clipboard() != before else None)

    def assert_copied(self, copied, scheme, token):
        # No assertEqual: its words would hold the secret.
        self.assertTrue(copied == f"{scheme} CANARY-access-{token}", "the clipboard does not hold the header value")

    def assert_nothing_leaked(self):
        self.watch.assert_nothing_leaked(self.output, self.profile)


def tell():
    """Runs the story of the file that was started: FILE PROGRAM SIMULATOR [FOLDER FOR PICTURES]."""
    Story.program, Story.simulator, *rest = sys.argv[1:]
    Story.pictures = rest[0] if rest else None
    unittest.main(argv=sys.argv[:1], failfast=True, verbosity=2, warnings="ignore")
