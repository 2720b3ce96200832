#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a test in a home of its own and fails it when a planted secret shows up in what it prints or leaves behind.

leaksearch.py COMMAND...: every secret in the tests begins with CANARY-, plain or encoded (R48).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from canaries import kinds_in


PIECE = 1 << 24
OVERLAP = 64  # more than the longest clothes of the mark, which a cut must not hide


def finds(what: str, pieces):
    # Never the content itself: this is a test's output too.
    kinds = dict.fromkeys(kind for piece in pieces for kind in kinds_in(piece))
    return [f"LEAK: a planted secret in {what}, as {kind}" for kind in kinds]


def pieces_of(file: Path):
    """What was written into it: some tests leave a file of many gigabytes that is nothing but a hole."""
    with open(file, "rb") as content:
        end = 0
        while True:
            try:
                at = os.lseek(content.fileno(), end, os.SEEK_DATA)
            except OSError:  # nothing but a hole from here on
                return
            end = os.lseek(content.fileno(), at, os.SEEK_HOLE)
            while at < end:
                yield os.pread(content.fileno(), min(PIECE + OVERLAP, end - at), at)
                at += PIECE


def entries_below(folder: Path):
    """Also where the test locked itself out."""
    for parent, folders, files in os.walk(folder):
        for entry in (Path(parent, name) for name in (*folders, *files)):
            if not entry.is_symlink():
                with suppress(FileNotFoundError):
                    entry.chmod(0o700)
            yield entry


def leaks_below(folder: Path):
    """In the names, in the targets of links and in the content of everything that was left behind."""
    for entry in entries_below(folder):
        name = str(entry.relative_to(folder))
        try:
            if kinds_in(name):
                yield "LEAK: a planted secret in the name of a file"
            elif entry.is_symlink():
                yield from finds(f"the target of {name}", [os.readlink(entry)])
            elif entry.is_file():
                yield from finds(name, pieces_of(entry))
        except FileNotFoundError:
            continue  # a service that the test started took it away since


def main(command) -> int:
    scratch = Path(tempfile.mkdtemp(prefix="latchkey-test-"))
    for name in ("home", "tmp", "run"):
        (scratch / name).mkdir(mode=0o700)
    environment = dict(os.environ, HOME=str(scratch / "home"), TMPDIR=str(scratch / "tmp"),
                       XDG_RUNTIME_DIR=str(scratch / "run"), LATCHKEY_LEAVES_HOME="1")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        environment.pop(name, None)
    try:
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        sys.stdout.buffer.write(done.stdout)
        sys.stdout.flush()
        leaks = [*finds("the output", [done.stdout]), *leaks_below(scratch)]
        print("\n".join(leaks), end="\n" if leaks else "")
        return done.returncode or bool(leaks)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
