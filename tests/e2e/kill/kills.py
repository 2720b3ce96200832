# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stories of killed and crowding processes share: the vendors, and rooms with a profile each."""

import sys
import tempfile
import unittest
from pathlib import Path

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
    """Runs the story of the file that was started: FILE PROGRAM SIMULATOR KILLPOINT [TEST...]."""
    KillStory.program, KillStory.simulator, KillStory.killpoint = sys.argv[1:4]
    story = next(each for each in vars(sys.modules["__main__"]).values()
                 if isinstance(each, type) and issubclass(each, KillStory) and each is not KillStory)
    unittest.main(argv=sys.argv[:1] + [f"{story.__name__}.{name}" for name in sys.argv[4:]], verbosity=2,
                  warnings="ignore")
