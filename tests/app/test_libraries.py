#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the built programs are linked with, directly and through others: test_libraries.py PROGRAM..."""

import re
import subprocess
import sys
import unittest

PROGRAMS = sys.argv[1:]


def libraries(program):
    listed = subprocess.run(["ldd", program], check=True, capture_output=True, text=True, timeout=60).stdout
    return re.findall(r"^\s*(\S+)", listed, re.M)


class Libraries(unittest.TestCase):
    def test_no_browser_of_our_own(self):
        """R1: nothing is there that could show a page."""
        for program in PROGRAMS:
            with self.subTest(program):
                linked = libraries(program)
                self.assertTrue([name for name in linked if name.startswith("libQt6Core")], "ldd did not tell")
                self.assertEqual([name for name in linked if re.search("web(engine|kit|view)", name, re.I)], [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
