# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the file that was started, or a part of it: CTest runs the parts of a long one side by side."""

import sys
import unittest


def run(words, **options):
    """The classes that WORDS name (or one test: Class.test). Behind --without stand those that are run elsewhere."""
    here = vars(sys.modules["__main__"])
    named, _, others = ",".join(words).partition("--without")
    left_out = [name for name in others.split(",") if name]
    for name in left_out:
        assert name in here, f"there is no class {name}"
    names = [name for name in named.split(",") if name] or [
        name for name, each in here.items() if name not in left_out and isinstance(each, type)
        and issubclass(each, unittest.TestCase) and unittest.defaultTestLoader.getTestCaseNames(each)]
    unittest.main(argv=[sys.argv[0], *names], verbosity=2, warnings="ignore", **options)
