# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stories of killed and crowding processes share: the vendors, and rooms with a profile each."""

import sys
import tempfile
import unittest
from pathlib import Path

import parts
from leaks import leaking_files
from room import Room
from vendors import Vendors


class KillStory(unittest.TestCase):
    program = simulator = killpoint = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="latchkey-kill-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self._given = []
        self.addCleanup(self._assert_nothing_leaked)
        self.vendors = Vendors(self.simulator)
        self.addCleanup(self.vendors.stop)
        self.vendors.configure({"reset": True})

    def make_room(self, name, keeper):
        room = Room(self.program, self.vendors, self.folder, keeper, name)
        self._given.append(str(room.profile.with_name("given")))
        return room

    def _assert_nothing_leaked(self):
        self.assertEqual(leaking_files(self.folder, self._given), [])


def tell():
    """Runs the file that was started: FILE PROGRAM SIMULATOR KILLPOINT [PART...]."""
    KillStory.program, KillStory.simulator, KillStory.killpoint, *words = sys.argv[1:]
    parts.run(words)
