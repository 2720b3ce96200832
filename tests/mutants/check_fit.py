#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_fit.py BUILD: whether the mutants still fit, without building one. Each edit finds its file and its line, the
test is one of BUILD's, and it stands for the numbers that the mutant shows, unless that begins with "no number: "."""

import json
import re
import subprocess
import sys
from pathlib import Path

import run

sys.path.insert(0, str(run.PROJECT / "tests" / "security"))
import collect  # noqa: E402 (stands in another folder)

MOST = 30


def tests_of(build: Path):
    listed = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], check=True, capture_output=True,
                            text=True).stdout
    return [test["name"] for test in json.loads(listed)["tests"]]


def faults_of(mutant: run.Mutant, tests, shown):
    try:
        mutant.changes(run.PROJECT)
    except SystemExit as why:
        yield str(why)
    if not any(run.named(mutant.test).match(test) for test in tests):
        yield f"{mutant.name}: there is no test {mutant.test}"
    if not mutant.shows.startswith("no number: "):
        for number in re.split(r",\s*", mutant.shows):
            if mutant.test not in shown.get(number, ()):
                yield f"{mutant.name}: {mutant.test} is not among what shows {number}"


def main(build: Path) -> int:
    tests, mutants = tests_of(build), run.all_mutants()
    shown = {number: {place.test for place in places} for number, places in collect.collect(run.PROJECT).items()}
    faults = [fault for mutant in mutants for fault in faults_of(mutant, tests, shown)]
    if not 0 < len(mutants) <= MOST:
        faults.append(f"{len(mutants)} mutants, and {MOST} at most: a new one takes the place of another")
    print("\n".join(faults) or f"{len(mutants)} mutants fit")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
