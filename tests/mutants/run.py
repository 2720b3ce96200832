#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the tests can fail: breaks a copy of the product in one place and expects the named test to notice.

run.py [--random N] [--seed TEXT] [NAME...]: all mutants, N of them, or those named. A mutant is NAME.patch beside this
file: a line "Test:" with the test that has to fail, a line "Shows:" with the numbers it stands for, and a small patch
(check_fit.py says which of them no longer fits).
The copy and its build are kept in build/mutants, so that a second run is quick.
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
COPY = PROJECT / "build" / "mutants" / "source"
BUILD = COPY / "build" / "dev"
LONGEST_TEST = 180  # seconds; one that hangs has noticed too


@dataclass
class Mutant:
    name: str
    test: str
    shows: str
    patch: Path

    @property
    def files(self):
        return re.findall(r"^\+\+\+ b/(\S+)", self.patch.read_text(encoding="utf-8"), re.MULTILINE)


def read_mutant(patch: Path) -> Mutant:
    text = patch.read_text(encoding="utf-8")
    found = {name: re.search(rf"^{name}: (.+)$", text, re.MULTILINE) for name in ("Test", "Shows")}
    if not all(found.values()):
        sys.exit(f"{patch.name}: it has no line Test: or Shows:")
    return Mutant(patch.stem, found["Test"][1], found["Shows"][1], patch)


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


def apply(mutant: Mutant, where: Path, *more) -> subprocess.CompletedProcess:
    return run("patch", "-p1", "--forward", "--fuzz=3", "--no-backup-if-mismatch", *more, "-i", str(mutant.patch),
               cwd=where)


def passes(test: str):
    done = run("ctest", "--test-dir", str(BUILD), "-R", named(test).pattern, "--output-on-failure",
               "--no-tests=error", "--timeout", str(LONGEST_TEST))
    noticed = sorted(set(re.findall(r"^(?:\d+: )?FAIL!\s+: (?:\w+::)*(\w+)", done.stdout, re.MULTILINE)))
    return done.returncode == 0, noticed, done.stdout


def survives(mutant: Mutant) -> bool:
    begun = time.monotonic()
    before = {COPY / name: (COPY / name).read_bytes() for name in mutant.files if (COPY / name).exists()}
    applied = apply(mutant, COPY)
    try:
        if applied.returncode != 0:
            say(f"STALE     {mutant.name}: the patch does not fit any more\n{applied.stdout}")
            return True
        built = build([mutant.test])
        if built.returncode != 0:
            say(f"UNBUILT   {mutant.name}: it does not compile\n{built.stdout[-2000:]}")
            return True
        passed, noticed, _ = passes(mutant.test)
    finally:
        # With a new time, so that what was built from the mutant is built again.
        for file, content in before.items():
            file.write_bytes(content)
            file.with_name(file.name + ".rej").unlink(missing_ok=True)
    word = "SURVIVED " if passed else "noticed  "
    by = ", ".join(noticed[:3]) + (f" and {len(noticed) - 3} more" if len(noticed) > 3 else "")
    say(f"{word} {mutant.name} ({mutant.shows}) by {mutant.test}: {by or ('nothing' if passed else 'its end')}"
        f" [{time.monotonic() - begun:.0f} s]")
    return passed


def all_mutants() -> list:
    return [read_mutant(patch) for patch in sorted(HERE.glob("*.patch"))]


def chosen(arguments) -> list:
    mutants = all_mutants()
    if arguments.names:
        unknown = set(arguments.names) - {mutant.name for mutant in mutants}
        if unknown:
            sys.exit(f"no such mutant: {', '.join(sorted(unknown))}")
        return [mutant for mutant in mutants if mutant.name in arguments.names]
    if arguments.random:
        seed = arguments.seed or run("git", "-C", str(PROJECT), "rev-parse", "HEAD").stdout.strip()
        say(f"seed: {seed}")
        return random.Random(seed).sample(mutants, min(arguments.random, len(mutants)))
    return mutants


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--random", type=int, metavar="N", help="so many, chosen by the seed")
    parser.add_argument("--seed", help="any text; by default the commit's name")
    parser.add_argument("names", nargs="*", metavar="NAME")
    mutants = chosen(parser.parse_args())
    tests = {mutant.test for mutant in mutants}

    copy_project()
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
