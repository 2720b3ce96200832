#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the run of one number ends with: what was left out has not passed."""

import io
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

import runner
from collect import Place

# As a QtTest program: its rows, or what it is asked for and what surrounds it.
PROGRAM = """#!/bin/sh
case $1 in
-datatags) printf 'tst_x rows F1 good\\ntst_x rows F2 skipped\\ntst_x rows F3 bad\\n'; exit ;;
esac
echo 'PASS   : TestX::initTestCase()'
status=0
for chosen; do
    case $chosen in
    rows:F1*) echo 'PASS   : TestX::rows(F1 good)' ;;
    rows:F2*) echo 'SKIP   : TestX::rows(F2 skipped) not here' ;;
    rows:F3*) echo 'FAIL!  : TestX::rows(F3 bad) no'; status=1 ;;
    whole) echo 'PASS   : TestX::whole()' ;;
    off) echo 'SKIP   : TestX::off() nobody to ask' ;;
    leaks) echo 'PASS   : TestX::leaks()'; status=1 ;;
    esac
done
echo 'PASS   : TestX::cleanupTestCase()'
exit $status
"""
STORY = """#!/bin/sh
echo 'test_one (__main__.Any.test_one) ... ok'
echo "test_two (__main__.Any.test_two) ... skipped 'no right to mount'"
"""


class Running(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.build = Path(folder.name)
        tests = []
        for name, script in (("a.tst_x", PROGRAM), ("e2e.story", STORY)):
            file = self.build / name
            file.write_text(script, encoding="utf-8")
            file.chmod(0o700)
            tests.append(f'add_test({name} "{file}")\n')
        (self.build / "CTestTestfile.cmake").write_text("".join(tests), encoding="utf-8")

    def ends(self, number, places, status, words):
        """The programs' own output goes past, and the last line is the verdict."""
        with redirect_stdout(io.TextIOWrapper(io.BytesIO())) as said, mock.patch("results.IS_LONG", False):
            ended = runner.run(number, places, self.build)
            said.flush()
            last = said.buffer.getvalue().decode().splitlines()[-1]
        self.assertEqual((ended, last), (status, f"{number}: {words}"))

    def test_passes(self):
        self.ends("F1", [Place("a.tst_x", "rows", True), Place("a.tst_x", "whole")], False, "passes")

    def test_fails(self):
        self.ends("F3", [Place("a.tst_x", "rows", True)], True, "fails: a.tst_x rows")
        self.ends("R1", [Place("a.tst_x", "leaks")], True, "fails: a.tst_x leaks")

    def test_all_was_left_out(self):
        self.ends("F2", [Place("a.tst_x", "rows", True)], True, "left out: a.tst_x rows (F2 skipped): not here")
        self.ends("F2", [Place("a.tst_x", "off")], True, "left out: a.tst_x off: nobody to ask")
        self.ends("F2", [Place("a.tst_x", "others", True, True)], True, "left out: a.tst_x others")
        self.ends("F2", [Place("e2e.story", "Any.test_two")], True,
                  "left out: e2e.story Any.test_two: no right to mount")

    def test_some_was_left_out(self):
        self.ends("F2", [Place("a.tst_x", "off"), Place("a.tst_x", "whole")], False,
                  "passes (left out here: a.tst_x off: nobody to ask)")
        self.ends("F2", [Place("e2e.story", "Any")], False,
                  "passes (left out here: e2e.story Any.test_two: no right to mount)")

    def test_did_not_run(self):
        self.ends("F4", [Place("a.tst_x", "rows", True)], True, "did not run: a.tst_x rows")
        self.ends("F4", [Place("a.tst_gone", "whole")], True, "did not run: a.tst_gone whole")


if __name__ == "__main__":
    unittest.main()
