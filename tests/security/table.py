#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of requirements and faults in SECURITY.md, made from the tests.

table.py write            makes the table anew
table.py check            fails when the committed one is not what the tests say, or a number has neither test nor reason
table.py results FILE     joins it with the results of a run (tests/run.sh) and fails when a named test did not pass
table.py targets NUMBER   what has to be built to run a number's tests
table.py run NUMBER BUILD runs exactly what shows the number (tests/fault.sh)
"""

import sys
from itertools import groupby
from pathlib import Path

import collect
import results
import runner

ROOT = Path(__file__).resolve().parents[2]
MEANINGS = Path(__file__).with_name("numbers.txt")
BEGIN, END = "<!-- the table of numbers begins -->\n", "<!-- the table of numbers ends -->\n"
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
    lines = ["| number | what | shown by | result |", "|---|---|---|---|"]
    for number, places in shown.items():
        meaning, remark = known[number]
        if places:
            result = outcome(number) + (f". {remark}" if remark else "")
        else:
            result = remark
        lines.append(f"| {number} | {meaning} | {places_text(number, places)} | {result} |")
    return "\n".join(lines) + "\n"


def split(page: str):
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise Wrong("SECURITY.md lacks the two comments that the table stands between")
    before, rest = page.split(BEGIN)
    committed, after = rest.split(END)
    return before, committed, after


def write(root: Path) -> int:
    page = root / "SECURITY.md"
    before, _, after = split(page.read_text(encoding="utf-8"))
    made = table(*everything(root), lambda number: "passes")
    page.write_text(before + BEGIN + made + END + after, encoding="utf-8")
    return 0


def check(root: Path) -> int:
    _, committed, _ = split((root / "SECURITY.md").read_text(encoding="utf-8"))
    made = table(*everything(root), lambda number: "passes").splitlines()
    differing = [line for line in made if line not in committed.splitlines()]
    if committed.splitlines() != made:
        raise Wrong("\n".join(["The table in SECURITY.md is not what the tests say; tests/security/table.py write "
                               "makes it anew. Lines that differ:", *differing]))
    print(f"{len(made) - 2} numbers, each with a test or a reason")
    return 0


def judge(root: Path, file: Path) -> int:
    """Writes the table with the results of this run next to them."""
    known, shown = everything(root)
    run = results.read(file)
    said = {number: run.of(number, places) for number, places in shown.items() if places}
    made = file.with_name("security-table.md")
    made.write_text(table(known, shown, lambda number: str(said[number])), encoding="utf-8")
    bad = [f"{number} ({known[number][0]}): {result}" for number, result in said.items() if not result.passed]
    print("\n".join(bad), end="\n" if bad else "")
    print(f"Requirements and faults: {len(said) - len(bad)} pass, {len(bad)} do not, {len(shown) - len(said)} have a "
          f"reason why they are not shown. The table is in {made}")
    return bool(bad)


def main(arguments) -> int:
    try:
        match arguments:
            case ["write"]:
                return write(ROOT)
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
