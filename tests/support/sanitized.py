#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a story whose programs are built with sanitizers, and fails it when a sanitizer had something to say of any of
them: sanitized.py COMMAND... A story looks at what a program prints and at how it ends, and may want it to fail or kill
it; so the findings go to files of their own, and are told here."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# No status that the command line has, so that a story stumbles over it too.
STATUS = 99
SUPPRESSIONS = Path(__file__).with_name("lsan.supp")


def options(name, *ours):
    """Those of the preset, and ours."""
    return ":".join([*filter(None, [os.environ.get(name)]), f"exitcode={STATUS}", *ours])


def main(command) -> int:
    with tempfile.TemporaryDirectory(prefix="latchkey-findings-") as folder:
        findings = Path(folder) / "of"
        # Undefined behaviour is told on standard error whatever the options say, but the abort behind it is caught.
        environment = dict(os.environ, ASAN_OPTIONS=options("ASAN_OPTIONS", f"log_path={findings}", "handle_abort=1"),
                           UBSAN_OPTIONS=options("UBSAN_OPTIONS", f"log_path={findings}", "halt_on_error=1",
                                                 "abort_on_error=1"),
                           LSAN_OPTIONS=options("LSAN_OPTIONS", f"suppressions={SUPPRESSIONS}",
                                                "print_suppressions=0"))
        status = subprocess.run(command, env=environment, check=False).returncode
        found = sorted(Path(folder).iterdir())
        for report in found:
            # Never a secret that a report may quote.
            print(re.sub(r"CANARY-\S*", "(planted)", report.read_text("utf-8", "replace")))
        print(f"reports of a sanitizer: {len(found)}")
        return status or bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
