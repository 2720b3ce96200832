# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run of the tests left: each test with its output, in which a QtTest program names each row, and a story in
Python each of its tests."""

import os
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

LINE = re.compile(r"^(PASS|FAIL!|SKIP|XFAIL|XPASS|BPASS|BFAIL)\s*: (?:\w+::)*(\w+)\((.*)$")
# With a line of its own for the first words of its docstring, and with whatever else was printed meanwhile.
STORY_LINE = re.compile(r"^(test\w*) \((?:\w+\.)*?(\w+)\.\1\)", re.M)
LEFT_OUT = re.compile(r"\.\.\. skipped (['\"])(.*)\1")
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
            lines = [line for test in runs for line in self._lines_of(number, place, test)]
            left_out = [test for test, status in runs.items() if status not in ("run", "fail")]
            skipped += [f"{test} {place.function}".strip() for test in left_out]
            skipped += [words for verdict, words in lines if verdict == "SKIP"]
            if "fail" in runs.values() or any(verdict not in GOOD | {"SKIP"} for verdict, _ in lines):
                failed.append(name)
            elif not lines and not left_out:
                (skipped if place.long and not IS_LONG else missing).append(name)
            passed += sum(verdict in GOOD for verdict, _ in lines)
        return verdict_on(failed, missing, skipped, passed)

    def _lines_of(self, number: str, place, test: str):
        """(verdict, what it is on) for everything in a test that the place stands for."""
        if not is_program(test) and self._tests[test] == "run" and not self._lines.get(test):
            return [("PASS", test)]  # it is one check
        stands_for = choice(place, [function for _, function, _ in self._lines.get(test, [])])
        return [(verdict, f"{test} {function} ({rest.split(')')[0]})".removesuffix(" ()") + reason(verdict, rest))
                for verdict, function, rest in self._lines.get(test, [])
                if stands_for(function) and (not place.rows or stands_in(number, rest))]


def reason(verdict: str, rest: str) -> str:
    """Why it was left out."""
    why = rest.partition(") ")[2] if verdict == "SKIP" else ""
    return f": {why}" if why else ""


def choice(place, functions):
    """Which of a test's functions the place stands for: a whole story for all, a class for those in it, a test in a class
    that others are made of for theirs."""
    if not place.function and not is_program(place.test):
        return lambda function: True
    if place.function in functions or is_program(place.test):
        return lambda function: function == place.function
    name = place.function.rpartition(".")[2]
    return lambda function: function.partition(".")[0] == place.function or (
        name.startswith("test") and function.partition(".")[2] == name)


def verdict_on(failed, missing, skipped, passed) -> Result:
    if failed:
        return Result(False, "fails: " + ", ".join(failed))
    if missing:
        return Result(False, "did not run: " + ", ".join(missing))
    skipped = list(dict.fromkeys(skipped))
    if not passed:
        return Result(False, "left out: " + ", ".join(skipped))
    return Result(True, "passes" + (f" (left out here: {', '.join(skipped)})" if skipped else ""))


def read(file: Path) -> Run:
    """`file` is what ctest --output-junit wrote, with outputs of any length."""
    tests, lines = {}, {}
    for case in ElementTree.parse(file).iter("testcase"):
        name = case.get("name")
        tests[name] = case.get("status")
        output = case.findtext("system-out") or ""
        lines[name] = list((program_lines if is_program(name) else story_lines)(output))
    return Run(tests, lines)


def program_lines(output: str):
    return (match.groups() for line in output.splitlines() if (match := LINE.match(line)))


def story_lines(output: str):
    """A story that passed as a whole has none that failed."""
    heads = [*STORY_LINE.finditer(output), None]
    for head, following in zip(heads, heads[1:]):
        words = output[head.end():following.start() if following else len(output)]
        left_out = LEFT_OUT.search(words)
        yield "SKIP" if left_out else "PASS", f"{head[2]}.{head[1]}", f") {left_out[2]}" if left_out else ""
