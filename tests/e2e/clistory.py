# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stories of the command line share: a profile of its own, the vendors' stand-ins, a real keychain. Runs in
keyring-session.sh."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

import parts
from commandline import CommandLine
from leaks import leaking_files
from vendors import Vendors, client
from waiting import wait_for

USER, PASSWORD = "ada", "CANARY-password"
CONFIGAPI, PRIAVA = "/configapi/v2/oauth/token", "/api/rest/oauth/token"
REV, REV_OAUTH2 = "/api/v2/oauth/token", "/api/v2/oauth2/token"


class CliStory(unittest.TestCase):
    program = simulator = None

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="latchkey-cli-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.folder = Path(cls.scratch.name)
        cls.profile = cls.folder / "profile"
        cls.vendors = Vendors(cls.simulator)
        cls.addClassCleanup(cls.vendors.stop)
        cls.vendors.configure({"reset": True, "users": {USER: PASSWORD}})
        cls.cli = CommandLine(cls.program, cls.profile)

    @classmethod
    def tearDownClass(cls):
        # Beside the keychain's own files nothing on the disk holds a secret.
        keyrings = os.path.join(os.environ["HOME"], ".local", "share", "keyrings")
        leaking = leaking_files(cls.folder) + leaking_files(os.environ["HOME"], [keyrings])
        assert leaking == [], leaking

    def configure(self, *clients, **more):
        self.vendors.configure({"clients": list(clients), **more})

    def fault(self, fault, vendor, name, times=1):
        self.configure(faults=[{"fault": fault, "vendor": vendor, "client": name, "times": times}])

    def add_configapi(self, name, **settings):
        self.configure(client("configapi", name, **settings))
        return self.cli.add("configapi", name, {"client_secret": f"CANARY-secret-{name}"}, url=self.vendors.url,
                            client_id=name, allow_http="true")

    def let_expire(self, name):
        """The account's token; its client hands out tokens that live a second."""
        wait_for(f"the end of the token of {name}", lambda: self.cli.account(name)["state"] == "expired")

    def assert_token(self, ran, token, status=0):
        """No assertEqual: its words would hold the secret."""
        self.assertEqual(ran.status, status, ran.err)
        self.assertTrue(ran.out == token + "\n", "standard output is not the token expected")

    def assert_nothing_out(self, ran, status):
        self.assertEqual(ran.status, status, ran.err)
        self.assertTrue(ran.out == "", "there is something on standard output")
        self.assertNotEqual(ran.err, "")


def tell():
    """Runs the file that was started: FILE PROGRAM SIMULATOR [PART...]."""
    CliStory.program, CliStory.simulator, *words = sys.argv[1:]
    parts.run(words)
