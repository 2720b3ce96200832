#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which number stands for what, where it stands in a test."""

import unittest

from collect import Place, Unknown, in_cpp, in_python, merged, numbers_in, test_name

CPP = '''
class TestThing : public QObject
{
    // F9 stands at no test
private Q_SLOTS:
    void declared(); // F1
    void R2_named();
    void rows_data();
    void rows();
    // F3 stands above
    void inClass()
    {
        QVERIFY2(works(), "F4 inside");
    }
    void shortOne() { QVERIFY(works()); } // F5

private:
    void helper(); // F6
};

// SECURITY R7, F8
// and more words
void TestThing::declared()
{
}

void TestThing::rows_data()
{
    // R12 for all rows
    QTest::newRow("F10 first") << "F11";
    QTest::addRow("R13 %d", 1) << 2;
    if (!isLong())
        return;
    QTest::newRow("F12 and its wait");
    QTest::newRow("F10 and its wait");
}

void TestThing::rows()
{
}
'''

PYTHON = '''
"""F1 of the whole file."""

class Story:
    """F2"""

    # R3: above
    # a function
    def test_one(self):
        self.check("F4 inside")

    def test_two(self):
        """R5"""

    def test_r38_f76_in_its_name(self):
        def part():
            return "R6"

    def test_at_its_end_R48(self):
        pass

    def assert_good(self):
        """F7"""

    def not_even_inside(self):
        def test():
            return "F8"

class OfR8OrNot_F80(Story):
    pass

# F9
def add_tests():
    """F11"""
'''


class Collecting(unittest.TestCase):
    def test_cpp(self):
        self.assertEqual(set(in_cpp(CPP, "t")), {
            ("F1", Place("t", "declared")), ("R7", Place("t", "declared")), ("F8", Place("t", "declared")),
            ("R2", Place("t", "R2_named")),
            ("F3", Place("t", "inClass")), ("F4", Place("t", "inClass")),
            ("F5", Place("t", "shortOne")),
            ("R12", Place("t", "rows")), ("F10", Place("t", "rows", True)), ("R13", Place("t", "rows", True)),
            ("F12", Place("t", "rows", True, True)), ("F10", Place("t", "rows", True, True))})

    def test_python(self):
        self.assertEqual(set(in_python(PYTHON, "t")), {
            ("F1", Place("t", "")), ("F2", Place("t", "Story")), ("R3", Place("t", "Story.test_one")),
            ("F4", Place("t", "Story.test_one")), ("R5", Place("t", "Story.test_two")),
            ("R38", Place("t", "Story.test_r38_f76_in_its_name")),
            ("F76", Place("t", "Story.test_r38_f76_in_its_name")),
            ("R6", Place("t", "Story.test_r38_f76_in_its_name")),
            ("R48", Place("t", "Story.test_at_its_end_R48")), ("F80", Place("t", "OfR8OrNot_F80"))})

    def test_numbers(self):
        self.assertEqual(list(numbers_in("R38, F76: (F1) xF0 #F30 Key_F2 F22cut")), ["R38", "F76", "F1"])
        for wrong in ("F116", "R59"):
            with self.assertRaises(Unknown):
                list(numbers_in(wrong))

    def test_names(self):
        self.assertEqual(test_name("tests/core/io/tst_x.cpp"), "core.io.tst_x")
        self.assertEqual(test_name("tests/e2e/cli/test_token.py"), "e2e.cli_token")
        self.assertEqual(test_name("tests/e2e/window/test_main_job.py"), "e2e.main_job")
        self.assertEqual(test_name("tests/e2e/test_hardening.py"), "e2e.hardening")
        self.assertEqual(test_name("tests/architecture/check_source_rules.py"), "architecture.source_rules")

    def test_a_function_includes_its_rows(self):
        self.assertEqual(merged({Place("t", "f"), Place("t", "f", True), Place("t", "f", True, True),
                                 Place("t", "g", True), Place("t", "g", True, True)}),
                         [Place("t", "f"), Place("t", "g", True)])

    def test_a_class_includes_its_tests(self):
        self.assertEqual(merged({Place("t", "A"), Place("t", "A.test_b"), Place("t", "C.test_b"), Place("u", ""),
                                 Place("u", "A"), Place("u", "A.test_b")}),
                         [Place("t", "A"), Place("t", "C.test_b"), Place("u", "")])


if __name__ == "__main__":
    unittest.main()
