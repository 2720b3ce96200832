# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_cli_keychain.py PROGRAM SIMULATOR: the command line while the keychain hangs or is out of reach."""

import os
import time
import unittest

import secretservice
from clistory import CliStory, tell
from commandline import DONE, SECRET_STORE

NOWHERE = "unix:path=/nonexistent/bus"


class Keychain(CliStory):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendors.configure({"clients": []})

    def test_says_that_it_waits_and_goes_on(self):
        """F61: a keychain that hangs is waited for, which is said after two seconds."""
        self.add_configapi("waited")
        self.assertEqual(self.cli.run("token", "waited").status, DONE)
        with secretservice.stopped():
            begun = time.monotonic()
            process = self.cli.start("token", "waited")
            self.assertIn(b"Waiting for the keychain", process.stderr.readline())
            self.assertGreater(time.monotonic() - begun, 1.8)
        self.assert_token(self.cli.end(process, ["token"]), "CANARY-access-waited-1")

    def test_shows_the_accounts_without_the_keychain(self):
        """F56, F61: what is no secret needs no keychain, and the start is not kept up by it."""
        self.add_configapi("listed")
        with secretservice.stopped():
            self.assertEqual(self.quickest(self.cli.environment), DONE)
        self.assertEqual(self.quickest({**self.cli.environment, "DBUS_SESSION_BUS_ADDRESS": NOWHERE}), DONE)

    def quickest(self, environment):
        """Within a second: a machine that stalls may try a few times."""
        took = []
        for _ in range(10):
            begun = time.monotonic()
            ran = self.cli.run("accounts", env=environment)
            took.append(time.monotonic() - begun)
            self.assertIn("listed", ran.out)
            if took[-1] < 1.0:
                return ran.status
        self.fail(f"it took so many seconds: {took}")

    def test_says_at_once_that_there_is_no_bus(self):
        """F56: no session bus."""
        self.add_configapi("nobus")
        for address in (NOWHERE, "disabled:"):
            with self.subTest(address):
                environment = {**self.cli.environment, "DBUS_SESSION_BUS_ADDRESS": address}
                ran = self.cli.run("token", "nobus", env=environment)
                self.assert_nothing_out(ran, SECRET_STORE)
                self.assertIn("without a session bus", ran.err)
                self.assertIn("--store vault", ran.err)

    @unittest.skipUnless(os.environ.get("LATCHKEY_LONG"), "the full wait")
    def test_ends_the_full_wait(self):
        """F61: a keychain that hangs for good ends the command, with its own status."""
        self.add_configapi("given-up")
        with secretservice.stopped():
            begun = time.monotonic()
            ran = self.cli.run("token", "given-up")
            self.assertLess(time.monotonic() - begun, 60)
        self.assert_nothing_out(ran, SECRET_STORE)
        self.assertIn("Waiting for the keychain", ran.err)
        self.assertIn("did not answer in time", ran.err)


if __name__ == "__main__":
    tell()
