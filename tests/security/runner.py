# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs exactly what shows a number: the functions and rows of QtTest programs, and whole stories. What it says of it is
judged as a run of everything is (results.py): what was left out has not passed."""

import json
import os
import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import results
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


def told(command, **more):
    """(whether it ended well, what it printed), and shows it meanwhile."""
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more) as process:
        for line in process.stdout:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            said.append(line.decode(errors="replace"))
    return process.returncode == 0, "".join(said)


def outcome(number: str, test: str, places, known, build: Path):
    """(status as ctest names it, lines as results.py reads them)"""
    if not is_program(test):
        passed, output = told(["ctest", "--test-dir", build, "--verbose", "--tests-regex", f"^{re.escape(test)}$"])
        output = re.sub(r"^\d+: ", "", output, flags=re.M)
        return "run" if passed else "fail", list(results.story_lines(output))
    command, environment, folder = known
    chosen = selection(number, places, command[-1], environment)
    if not chosen:
        # With nothing chosen it would run everything.
        print("in the long run only: set LATCHKEY_LONG=1" if all(place.long for place in places) else "no such rows")
        return "run", []
    passed, output = told([*command, *chosen], env=environment, cwd=folder)
    return "run" if passed else "fail", list(results.program_lines(output))


def run(number: str, places, build: Path) -> int:
    if not places:
        return 0
    tests = known_tests(build)
    statuses, lines = {}, {}
    for test, group in groupby(places, key=lambda place: place.test):
        shown = list(group)
        variants = [known for known in tests if is_of(test, known)]
        if not variants:
            print(f"\n== {test}\nnot in this build")
        for variant in variants:
            print(f"\n== {variant}", flush=True)
            statuses[variant], lines[variant] = outcome(number, variant, shown, tests[variant], build)
    result = results.Run(statuses, lines).of(number, places)
    print(f"\n{number}: {result}")
    return not result.passed
