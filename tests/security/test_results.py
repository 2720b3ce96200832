#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run says of a number: a named test that failed, was left out or never ran is not passed over."""

import tempfile
import unittest
from pathlib import Path

from collect import Place
from results import read

REPORT = """<testsuite>
<testcase name="a.tst_x" status="run"><system-out>PASS   : latchkey::TestX::whole()
PASS   : TestX::rows(F1 good)
FAIL!  : TestX::rows(F2 bad) Compared values are not the same
PASS   : TestX::rows(F20 another)
SKIP   : TestX::skipped() no IPv6 here
</system-out></testcase>
<testcase name="a.tst_leaks" status="fail"><system-out>PASS   : TestL::whole()
</system-out></testcase>
<testcase name="a.tst_y.one" status="run"><system-out>PASS   : TestY::both()
SKIP   : TestY::other() not here
</system-out></testcase>
<testcase name="a.tst_y.two" status="run"><system-out>PASS   : TestY::both()
FAIL!  : TestY::other() no
</system-out></testcase>
<testcase name="e2e.check" status="run"><system-out>fine</system-out></testcase>
<testcase name="e2e.story" status="run"><system-out>test_one (__main__.Any.test_one)
Its docstring. ... a word of another
ok
test_two (__main__.Any.test_two) ... skipped 'no right to mount'
test_two (__main__.Other.test_two) ... ok
test_base (test_story.Derived.test_base)
Says more ... skipped "it's off"

----------
Ran 4 tests in 1 s

OK (skipped=2)</system-out></testcase>
<testcase name="a.tst_z" status="run"><system-out>PASS   : TestZ::rows(F1 four)
SKIP   : TestZ::rows(F1 six) no IPv6
</system-out></testcase>
<testcase name="e2e.off" status="notrun"/>
</testsuite>"""


class Reading(unittest.TestCase):
    def setUp(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "ctest.xml")
            file.write_text(REPORT, encoding="utf-8")
            self.run_of = read(file).of

    def assert_result(self, number, places, passed, words):
        result = self.run_of(number, places)
        self.assertEqual((result.passed, str(result)), (passed, words))

    def test_passes(self):
        self.assert_result("F1", [Place("a.tst_x", "rows", True), Place("e2e.check", "")], True, "passes")
        self.assert_result("R1", [Place("a.tst_x", "whole")], True, "passes")

    def test_fails(self):
        self.assert_result("F2", [Place("a.tst_x", "rows", True)], False, "fails: a.tst_x rows")
        self.assert_result("R1", [Place("a.tst_x", "rows")], False, "fails: a.tst_x rows")
        self.assert_result("R1", [Place("a.tst_leaks", "whole")], False, "fails: a.tst_leaks whole")

    def test_did_not_run(self):
        self.assert_result("F3", [Place("a.tst_x", "rows", True)], False, "did not run: a.tst_x rows")
        self.assert_result("F3", [Place("a.tst_gone", "whole")], False, "did not run: a.tst_gone whole")

    def test_one_test_with_two_keychains(self):
        self.assert_result("F3", [Place("a.tst_y", "both")], True, "passes")
        self.assert_result("F3", [Place("a.tst_y", "other")], False, "fails: a.tst_y other")

    def test_left_out(self):
        self.assert_result("F3", [Place("a.tst_x", "skipped")], False, "left out: a.tst_x skipped: no IPv6 here")
        self.assert_result("F3", [Place("a.tst_x", "whole"), Place("e2e.off", "")], True,
                           "passes (left out here: e2e.off)")

    def test_parts_of_a_story(self):
        self.assert_result("F3", [Place("e2e.story", "Any.test_one")], True, "passes")
        self.assert_result("F3", [Place("e2e.story", "Any.test_two"), Place("e2e.story", "Other")], True,
                           "passes (left out here: e2e.story Any.test_two: no right to mount)")
        self.assert_result("F3", [Place("e2e.story", "Any.test_two")], False,
                           "left out: e2e.story Any.test_two: no right to mount")
        self.assert_result("F3", [Place("e2e.story", "Base.test_base")], False,
                           "left out: e2e.story Derived.test_base: it's off")
        self.assert_result("F3", [Place("e2e.story", "")], True,
                           "passes (left out here: e2e.story Any.test_two: no right to mount, "
                           "e2e.story Derived.test_base: it's off)")
        self.assert_result("F3", [Place("e2e.story", "Any.helper")], False, "did not run: e2e.story Any.helper")

    def test_a_row(self):
        self.assert_result("F1", [Place("a.tst_z", "rows", True)], True,
                           "passes (left out here: a.tst_z rows (F1 six): no IPv6)")


if __name__ == "__main__":
    unittest.main()
