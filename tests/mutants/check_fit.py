#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_fit.py BUILD: whether the mutants still fit, without building one. Each patch applies to the sources, its test is
one of BUILD's, and what it says it shows is what the tables say of that test: numbers of requirements and faults, or a
promise of the vault in SECURITY.md, or nothing ("no number: WORDS")."""

import json
import re
import subprocess
import sys
from pathlib import Path

import run

sys.path.insert(0, str(run.PROJECT / "tests" / "security"))
import collect  # noqa: E402 (stands in another folder)

NO_NUMBER = "no number: "
PROMISES = "| promise | test |\n"


def tests_of(build: Path):
    listed = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], check=True, capture_output=True,
                            text=True).stdout
    return [test["name"] for test in json.loads(listed)["tests"]]


def promises():
    """promise of the vault -> the tests that SECURITY.md names for it"""
    page = (run.PROJECT / "SECURITY.md").read_text(encoding="utf-8")
    rows = page.partition(PROMISES)[2].partition("\n\n")[0].splitlines()[1:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {promise: set(re.findall(r"`([\w.-]+)`", shown_by)) for promise, shown_by in cells}


def faults_of(mutant: run.Mutant, tests, shown, promised):
    tried = run.apply(mutant, run.PROJECT, "--dry-run")
    if tried.returncode != 0:
        yield f"the patch does not fit any more\n{tried.stdout}"
    if not any(run.named(mutant.test).match(test) for test in tests):
        yield f"there is no test {mutant.test}"
    if mutant.shows.startswith(NO_NUMBER):
        return
    known = promised if mutant.shows in promised else shown
    for claim in [mutant.shows] if known is promised else re.split(r",\s*", mutant.shows):
        if claim not in known:
            yield f"there is neither a number nor a promise {claim}"
        elif mutant.test not in known[claim]:
            yield f"{mutant.test} is not among what shows {claim}: {', '.join(sorted(known[claim])) or 'nothing'}"


def main(build: Path) -> int:
    tests, promised = tests_of(build), promises()
    shown = {number: {place.test for place in places} for number, places in collect.collect(run.PROJECT).items()}
    mutants = run.all_mutants()
    faults = [f"{mutant.patch.name}: {fault}" for mutant in mutants
              for fault in faults_of(mutant, tests, shown, promised)]
    if not promised or not mutants:
        faults.append("the vault's promises in SECURITY.md, or the mutants, were not found")
    print("\n".join(faults) or f"{len(mutants)} mutants fit")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
