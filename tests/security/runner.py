# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs exactly what shows a number: the functions and rows of QtTest programs, and whole stories."""

import json
import os
import subprocess
from itertools import groupby
from pathlib import Path

from results import is_of, is_program, stands_in


def targets(places):
    """A story needs the whole program; a QtTest program is a target of its own."""
    tests = {place.test for place in places}
    return sorted(tests) if all(is_program(test) for test in tests) else ["all"]


def known_tests(build: Path):
    """test -> (command, environment) as ctest would run it."""
    listed = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], check=True, capture_output=True,
                            text=True).stdout
    tests = {}
    for test in json.loads(listed)["tests"]:
        properties = {each["name"]: each["value"] for each in test.get("properties", [])}
        environment = dict(pair.split("=", 1) for pair in properties.get("ENVIRONMENT", []))
        tests[test["name"]] = (test.get("command", []), {**os.environ, **environment},
                               properties.get("WORKING_DIRECTORY", str(build)))
    return tests


def selection(number: str, places, program, environment):
    """FUNCTION or FUNCTION:ROW, as a QtTest program takes them. Rows that are made from what initTestCase() prepares
    can't be listed: then it is the whole function."""
    listed = subprocess.run([program, "-datatags"], check=False, capture_output=True, text=True, errors="replace",
                            env=environment)
    rows = [line.split(" ", 2)[1:] for line in listed.stdout.splitlines() if line.count(" ") >= 2]
    chosen = []
    for place in places:
        if not place.rows or listed.returncode:
            chosen.append(place.function)
            continue
        chosen += [f"{function}:{tag}" for function, tag in rows
                   if function == place.function and stands_in(number, tag)]
    return chosen


def passes(number: str, test: str, places, known, build: Path) -> bool:
    if not is_program(test):
        return not subprocess.run(["ctest", "--test-dir", build, "--verbose", "--tests-regex", f"^{test}$"],
                                  check=False).returncode
    command, environment, folder = known
    chosen = selection(number, places, command[-1], environment)
    if not chosen and all(place.long for place in places):
        print("in the long run only: set LATCHKEY_LONG=1")
        return True
    # With nothing chosen it would run everything.
    return bool(chosen) and not subprocess.run([*command, *chosen], env=environment, cwd=folder,
                                               check=False).returncode


def run(number: str, places, build: Path) -> int:
    if not places:
        return 0
    tests = known_tests(build)
    failed = []
    for test, group in groupby(places, key=lambda place: place.test):
        shown = list(group)
        variants = [known for known in tests if is_of(test, known)]
        if not variants:
            print(f"\n== {test}\nnot in this build")
            failed.append(test)
        for variant in variants:
            print(f"\n== {variant}", flush=True)
            if not passes(number, variant, shown, tests[variant], build):
                failed.append(variant)
    print(f"\n{number}: " + ("passes" if not failed else f"fails in {', '.join(failed)}"))
    return bool(failed)
