#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the tests can fail: breaks a copy of the product in one place and expects the named test to notice.

run.py [--random N] [--seed TEXT] [NAME...]: all mutants, N of them, or those named. They stand in mutants.toml
(check_fit.py says which of them no longer fits). The copy and its build are kept in build/mutants, so that a second
run is quick.
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
COPY = PROJECT / "build" / "mutants" / "source"
BUILD = COPY / "build" / "dev"
NO_PRODUCT = {"build", "tests"}
LONGEST_TEST = 180  # seconds; one that hangs has noticed too


@dataclass
class Mutant:
    name: str
    test: str
    shows: str
    edits: list

    def changes(self, where: Path) -> dict:
        """path -> what is in that file then"""
        changed = {}
        for edit in self.edits:
            rooms = [room for room in where.iterdir() if room.is_dir() and room.name not in NO_PRODUCT]
            files = [file for room in rooms for file in room.rglob(edit["file"])]
            if len(files) != 1:
                sys.exit(f"{self.name}: {len(files)} files are named {edit['file']}")
            line = r"\s*".join(map(re.escape, re.sub(r"\s", "", edit["line"])))
            before = changed.get(files[0]) or files[0].read_text(encoding="utf-8")
            changed[files[0]], count = re.subn(line, lambda _, edit=edit: edit["becomes"], before)
            if count != 1:
                sys.exit(f"{self.name}: {edit['file']} has its line {count} times")
        return changed


def all_mutants() -> list:
    tables = tomllib.loads((HERE / "mutants.toml").read_text(encoding="utf-8"))
    return [Mutant(name, table["test"], table["shows"], [table, *table.get("also", [])])
            for name, table in tables.items()]


def say(*words):
    print(*words, flush=True)


def run(*command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          check=False, **more)


def put(source: Path, target: Path):
    """A file that is the same keeps its time, so that nothing is built again for it."""
    if target.exists() and target.read_bytes() == source.read_bytes():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(source.stat().st_mode)


def copy_project():
    listed = run("git", "-C", str(PROJECT), "ls-files", "-z").stdout.split("\0")
    names = {name for name in listed if name and (PROJECT / name).is_file()}
    for name in names:
        put(PROJECT / name, COPY / name)
    for file in COPY.rglob("*"):
        name = str(file.relative_to(COPY))
        if file.is_file() and not name.startswith("build/") and name not in names:
            file.unlink()


def build(targets) -> subprocess.CompletedProcess:
    return run("cmake", "--build", str(BUILD), "--target", *sorted(targets))


def named(test: str) -> re.Pattern:
    """With a suffix: the same program run with one keychain after the other."""
    return re.compile(rf"^{re.escape(test)}(\.[a-z-]+)?$")


def passes(test: str):
    done = run("ctest", "--test-dir", str(BUILD), "-R", named(test).pattern, "--output-on-failure",
               "--no-tests=error", "--timeout", str(LONGEST_TEST))
    noticed = sorted(set(re.findall(r"^(?:\d+: )?FAIL!\s+: (?:\w+::)*(\w+)", done.stdout, re.MULTILINE)))
    return done.returncode == 0, noticed, done.stdout


def survives(mutant: Mutant) -> bool:
    begun = time.monotonic()
    changes = mutant.changes(COPY)
    before = {file: file.read_bytes() for file in changes}
    try:
        for file, text in changes.items():
            file.write_text(text, encoding="utf-8")
        built = build([mutant.test])
        if built.returncode != 0:
            say(f"UNBUILT   {mutant.name}: it does not compile\n{built.stdout[-2000:]}")
            return True
        passed, noticed, _ = passes(mutant.test)
    finally:
        # With a new time, so that what was built from the mutant is built again.
        for file, content in before.items():
            file.write_bytes(content)
    word = "SURVIVED " if passed else "noticed  "
    by = ", ".join(noticed) or ("nothing" if passed else "its end")
    say(f"{word} {mutant.name} ({mutant.shows}) by {mutant.test}: {by} [{time.monotonic() - begun:.0f} s]")
    return passed


def chosen(arguments) -> list:
    mutants = {mutant.name: mutant for mutant in all_mutants()}
    if unknown := set(arguments.names) - set(mutants):
        sys.exit(f"no such mutant: {', '.join(sorted(unknown))}")
    if arguments.names or not arguments.random:
        return [mutants[name] for name in arguments.names or mutants]
    seed = arguments.seed or run("git", "-C", str(PROJECT), "rev-parse", "HEAD").stdout.strip()
    say(f"seed: {seed}")
    return random.Random(seed).sample(list(mutants.values()), min(arguments.random, len(mutants)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--random", type=int, metavar="N", help="so many, chosen by the seed")
    parser.add_argument("--seed", help="any text; by default the commit's name")
    parser.add_argument("names", nargs="*", metavar="NAME")
    mutants = chosen(parser.parse_args())
    tests = {mutant.test for mutant in mutants}

    copy_project()
    for mutant in mutants:
        mutant.changes(COPY)  # one that does not fit is told of before anything is built
    configured = run("cmake", "--preset", "dev", cwd=COPY)
    built = configured if configured.returncode != 0 else build(tests)
    if built.returncode != 0:
        sys.exit(f"the unchanged copy does not build\n{built.stdout[-4000:]}")
    for test in sorted(tests):
        passed, _, output = passes(test)
        if not passed:
            sys.exit(f"{test} fails without any mutant\n{output}")
    left = [mutant.name for mutant in mutants if survives(mutant)]
    say(f"{len(mutants) - len(left)} of {len(mutants)} noticed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
