# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run of the tests left: each test with its output, in which a QtTest program names each row."""

import os
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

LINE = re.compile(r"^(PASS|FAIL!|SKIP|XFAIL|XPASS|BPASS|BFAIL)\s*: (?:\w+::)*(\w+)\((.*)$")
IS_LONG = os.environ.get("LATCHKEY_LONG") == "1"
GOOD = {"PASS", "XFAIL", "BPASS"}


@dataclass(frozen=True)
class Result:
    passed: bool
    words: str

    def __str__(self):
        return self.words


def is_program(test: str) -> bool:
    return re.search(r"(?:^|\.)tst_", test) is not None


def is_of(test: str, known: str) -> bool:
    """A test with several keychains is core.io.tst_x.kwallet and so on."""
    return known == test or known.startswith(test + ".")


def stands_in(number: str, tag: str) -> bool:
    return re.search(rf"(?<!\w){number}(?!\w)", tag) is not None


class Run:
    def __init__(self, tests, lines):
        self._tests = tests  # test -> "run", "fail", ... as ctest says it
        self._lines = lines  # test -> [(verdict, function, what follows its parenthesis)]

    def of(self, number: str, places) -> Result:
        """Passed when something that shows the number passed and nothing of it failed or was left out."""
        failed, missing, skipped, passed = [], [], [], 0
        for place in places:
            name = f"{place.test} {place.function}".strip()
            runs = {test: status for test, status in self._tests.items() if is_of(place.test, test)}
            verdicts = [verdict for test in runs for verdict in self._verdicts(number, place, test)]
            if "fail" in runs.values() or any(verdict not in GOOD | {"SKIP"} for verdict in verdicts):
                failed.append(name)
            elif runs and "run" not in runs.values():
                skipped.append(name)
            elif not verdicts and place.long and not IS_LONG:
                skipped.append(name)
            elif not verdicts:
                missing.append(name)
            elif all(verdict == "SKIP" for verdict in verdicts):
                skipped.append(name)
            passed += sum(verdict in GOOD for verdict in verdicts)
        return verdict_on(failed, missing, skipped, passed)

    def _verdicts(self, number: str, place, test: str):
        if test not in self._lines:  # a story is one
            return ["PASS"] if self._tests[test] == "run" else []
        return [verdict for verdict, function, rest in self._lines[test]
                if function == place.function and (not place.rows or stands_in(number, rest))]


def verdict_on(failed, missing, skipped, passed) -> Result:
    if failed:
        return Result(False, "fails: " + ", ".join(failed))
    if missing:
        return Result(False, "did not run: " + ", ".join(missing))
    if not passed:
        return Result(False, "left out: " + ", ".join(skipped))
    return Result(True, "passes" + (f" (left out here: {', '.join(skipped)})" if skipped else ""))


def read(file: Path) -> Run:
    """`file` is what ctest --output-junit wrote, with outputs of any length."""
    tests, lines = {}, {}
    for case in ElementTree.parse(file).iter("testcase"):
        name = case.get("name")
        tests[name] = case.get("status")
        if is_program(name):
            found = (LINE.match(line) for line in (case.findtext("system-out") or "").splitlines())
            lines[name] = [match.groups() for match in found if match]
    return Run(tests, lines)
