# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run of the tests left: each test with its output, in which a QtTest program names each row."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

LINE = re.compile(r"^(PASS|FAIL!|SKIP|XFAIL|XPASS|BPASS|BFAIL)\s*: \w+::(\w+)\((.*)$")
GOOD = {"PASS", "XFAIL", "BPASS"}


@dataclass(frozen=True)
class Result:
    passed: bool
    words: str

    def __str__(self):
        return self.words


def is_program(test: str) -> bool:
    return test.rsplit(".", 1)[-1].startswith("tst_")


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
            status = self._tests.get(place.test)
            if status is None:
                missing.append(name)
            elif status == "fail":
                failed.append(name)
            elif status != "run":
                skipped.append(name)
            elif place.test not in self._lines:
                passed += 1  # a story is one
            else:
                verdicts = [verdict for verdict, function, rest in self._lines[place.test]
                            if function == place.function and (not place.rows or stands_in(number, rest))]
                passed += sum(verdict in GOOD for verdict in verdicts)
                if not verdicts:
                    missing.append(name)
                elif all(verdict == "SKIP" for verdict in verdicts):
                    skipped.append(name)
                elif any(verdict not in GOOD | {"SKIP"} for verdict in verdicts):
                    failed.append(name)
        return verdict_on(failed, missing, skipped, passed)


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
