#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which test shows which requirement and fault (docs/requirements.md).

table.py check            fails when a number has neither a test nor a reason why not
table.py results FILE     prints what became of each number in a run (tests/run.sh), makes the table with the tests,
                          security-table.md beside FILE, and fails when a named test did not pass
table.py targets NUMBER   what has to be built to run a number's tests
table.py run NUMBER BUILD runs exactly what shows the number (tests/fault.sh)
"""

import re
import sys
from itertools import groupby
from pathlib import Path

import collect
import results
import runner

ROOT = Path(__file__).resolve().parents[2]
MEANINGS = Path(__file__).with_name("numbers.txt")
REQUIREMENTS = ROOT / "docs/requirements.md"
HEAD = """# Requirements and faults, and what became of each

The numbers are those of docs/requirements.md. A test is named as ctest names it, then its functions, or the function
and the number that its rows begin with. "left out here" names what this machine or its keychain could not show.

| number | what | shown by | result |
|---|---|---|---|
"""
NOT_SHOWN = "not shown:"


class Wrong(Exception):
    """What has to be mended before there can be a table; one line each."""


def meanings():
    """number -> (meaning, remark)"""
    known = {}
    for line in MEANINGS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            number, meaning, *remark = [part.strip() for part in line.split("|")]
            known[number] = (meaning, remark[0] if remark else "")
    return known


def faults_of(known, shown):
    if list(known) != collect.NUMBERS:
        yield f"{MEANINGS.name} has to hold R1 to R58 and F1 to F115, each once and in order"
        return
    if re.findall(r"^- \*\*([RF]\d+)\*\* ", REQUIREMENTS.read_text(encoding="utf-8"), re.M) != list(known):
        yield f"{REQUIREMENTS.name} has to hold the same numbers, in the same order"
    for number, places in shown.items():
        reasoned = known[number][1].startswith(NOT_SHOWN)
        if not places and not reasoned:
            yield f"{number} ({known[number][0]}) has no test, and no reason in {MEANINGS.name}"
        if places and reasoned:
            yield f"{number} has a test, and a reason why there is none in {MEANINGS.name}: {places[0]}"


def everything(root: Path):
    known, shown = meanings(), collect.collect(root)
    faults = list(faults_of(known, shown))
    if faults:
        raise Wrong("\n".join(faults))
    return known, shown


def places_text(number: str, places) -> str:
    """`core.io.tst_x` reads, refuses (rows F22); `e2e.y`"""
    tests = []
    for test, group in groupby(places, key=lambda place: place.test):
        functions = [place.function + (f" (rows {number}{', long run' if place.long else ''})" if place.rows else "")
                     for place in group]
        tests.append(" ".join((f"`{test}`", ", ".join(function for function in functions if function))).strip())
    return "; ".join(tests)


def table(known, shown, outcome) -> str:
    """`outcome` tells a number's result."""
    lines = []
    for number, places in shown.items():
        meaning, remark = known[number]
        if places:
            result = outcome(number) + (f". {remark}" if remark else "")
        else:
            result = remark
        lines.append(f"| {number} | {meaning} | {places_text(number, places)} | {result} |")
    return HEAD + "\n".join(lines) + "\n"


def check(root: Path) -> int:
    known, shown = everything(root)
    reasoned = sum(not places for places in shown.values())
    print(f"{len(known)} numbers: {len(known) - reasoned} have tests, {reasoned} a reason why not")
    return 0


def judge(root: Path, file: Path) -> int:
    """Writes the table with the results of this run next to them."""
    known, shown = everything(root)
    run = results.read(file)
    said = {number: run.of(number, places) for number, places in shown.items() if places}
    made = file.with_name("security-table.md")
    made.write_text(table(known, shown, lambda number: str(said[number])), encoding="utf-8")
    for number in shown:
        meaning, remark = known[number]
        result = said.get(number, remark)
        print(f"{number}: {meaning}: {'passes' if number in said and result.passed else result}")
    bad = [number for number, result in said.items() if not result.passed]
    print(f"{len(said) - len(bad)} pass, {len(shown) - len(said)} have a reason why they are not shown, "
          f"{len(bad)} do not pass{': ' if bad else ''}{', '.join(bad)}. With their tests: {made}")
    return bool(bad)


def main(arguments) -> int:
    try:
        match arguments:
            case ["check"]:
                return check(ROOT)
            case ["results", file]:
                return judge(ROOT, Path(file))
            case ["targets" | "run", number, *_] if number not in collect.NUMBERS:
                raise Wrong(f"there is no {number}: R1 to R58 and F1 to F115")
            case ["targets", number]:
                print(" ".join(runner.targets(collect.collect(ROOT)[number])))
                return 0
            case ["run", number, build]:
                meaning, remark = meanings()[number]
                print(f"{number}: {meaning}" + (f". {remark}" if remark else ""))
                return runner.run(number, collect.collect(ROOT)[number], Path(build))
        print(__doc__)
        return 2
    except (Wrong, collect.Unknown) as wrong:
        print(wrong)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
