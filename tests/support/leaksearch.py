#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a test in a home of its own and fails it when a planted secret shows up in what it prints or leaves behind.

leaksearch.py COMMAND...: every secret in the tests begins with CANARY-, plain or encoded (SECURITY R48).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PLAIN = b"CANARY-"
# The same in base64, at each of the three places it can have, without what its neighbours decide.
ENCODED = [b"Q0FOQVJZL", b"NBTkFSWS", b"DQU5BUlkt"]
PATTERNS = [PLAIN, "CANARY-".encode("utf-16-le"), *ENCODED]


def finds(what: str, content: bytes):
    for pattern in PATTERNS:
        at = content.find(pattern)
        if at >= 0:
            line = content.count(b"\n", 0, at) + 1
            # Never the content itself: this is a test's output too.
            yield f"LEAK: a planted secret in {what}, line {line}"


def main(command) -> int:
    scratch = Path(tempfile.mkdtemp(prefix="latchkey-test-"))
    for name in ("home", "tmp", "run"):
        (scratch / name).mkdir(mode=0o700)
    environment = dict(os.environ, HOME=str(scratch / "home"), TMPDIR=str(scratch / "tmp"),
                       XDG_RUNTIME_DIR=str(scratch / "run"))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        environment.pop(name, None)
    try:
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        sys.stdout.buffer.write(done.stdout)
        sys.stdout.flush()
        leaks = list(finds("the output", done.stdout))
        for file in scratch.rglob("*"):
            if file.is_file() and not file.is_symlink():
                leaks += finds(str(file.relative_to(scratch)), file.read_bytes())
        print("\n".join(leaks), end="\n" if leaks else "")
        return done.returncode or bool(leaks)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
