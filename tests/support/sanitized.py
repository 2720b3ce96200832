#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a story whose programs are built with sanitizers, and fails it when a sanitizer had something to say of any of
them: sanitized.py [--window] COMMAND... A story looks at what a program prints and at how it ends, and may want it to
fail or kill it; so the findings go to files of their own, and are told here.

With --window two leaks are passed over, which are the libraries' (is_a_librarys). They show in the report alone, so
there a leak does not change how the program ends; everything else that is found aborts it."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# No status that the command line has, so that a story stumbles over it too.
STATUS = 99
# Where a key is pressed while a screen reader listens, Qt keeps a copy of the event until that has answered, and forgets
# it when the program ends before. What made it has no name in the library and no caller in the report.
EVENT, EVENT_SIZE = re.compile(r"Direct leak of (\d+) byte\(s\) in (\d+) object\(s\) allocated from:\n"
                               r" *#0 .* operator new\(.*\n"
                               r" *#1 .*libQt6Gui\.so.*$"), 88
ITS_TEXT = re.compile(r"Indirect leak of \d\d? byte\(s\) in \d object\(s\) allocated from:\n"
                      r" *#0 .*malloc.*\n"
                      r" *#1 .* QArrayData::allocate\(.*libQt6Core\.so.*(\n *#2 .*<unknown module>.*)?$")
# A message that was on its way as the program ended. Latchkey calls libdbus through Qt alone, so that a message of its
# own would be leaked together with Qt's object around it; here no frame but the library's is known.
MESSAGE = re.compile(r"(Direct|Indirect) leak of \d+ byte\(s\) in \d+ object\(s\) allocated from:\n"
                     r" *#0 .*_interceptor_[cm]?(re)?alloc .*"
                     r"(\n *#\d+ \S+  \(\S*/libdbus-1\.so\S*\))+$")
AROUND = re.compile(r"=+\n==\d+==ERROR: LeakSanitizer: detected memory leaks$|SUMMARY: AddressSanitizer: .* leaked .*$")


def is_a_librarys(report: str) -> bool:
    """Whether it speaks of such events or messages and of nothing else."""
    parts = [part for part in re.split(r"\n{2,}", report.strip("\n")) if not AROUND.fullmatch(part)]
    events = [found for found in map(EVENT.fullmatch, parts) if found and int(found[1]) == EVENT_SIZE * int(found[2])]
    texts = [part for part in parts if ITS_TEXT.fullmatch(part)]
    messages = [part for part in parts if MESSAGE.fullmatch(part)]
    return bool(events or messages) and len(events) + len(texts) * bool(events) + len(messages) == len(parts)


def options(name, *ours):
    """Those of the preset, and ours."""
    return ":".join([*filter(None, [os.environ.get(name)]), *ours])


def main(arguments) -> int:
    is_window, command = arguments[:1] == ["--window"], [word for word in arguments if word != "--window"]
    ending = ["exitcode=0", "abort_on_error=1"] if is_window else [f"exitcode={STATUS}"]
    with tempfile.TemporaryDirectory(prefix="latchkey-findings-") as folder:
        findings = Path(folder) / "of"
        # Some programs of a story run as the user "nobody".
        Path(folder).chmod(0o1733)
        # Undefined behaviour is told on standard error whatever the options say, but the abort behind it is caught.
        # The browser is not what is looked at, and a real one takes most of the processor.
        environment = dict(os.environ, LATCHKEY_TEST_BROWSER="formbrowser.py",
                           ASAN_OPTIONS=options("ASAN_OPTIONS", f"log_path={findings}", "handle_abort=1", *ending),
                           UBSAN_OPTIONS=options("UBSAN_OPTIONS", f"log_path={findings}", "halt_on_error=1",
                                                 "abort_on_error=1", *ending))
        status = subprocess.run(command, env=environment, check=False).returncode
        reports = [file.read_text("utf-8", "replace") for file in sorted(Path(folder).iterdir())]
        found = [report for report in reports if not (is_window and is_a_librarys(report))]
        for report in found:
            # Never a secret that a report may quote.
            print(re.sub(r"CANARY-\S*", "(planted)", report))
        print(f"reports of a sanitizer: {len(found)}, and {len(reports) - len(found)} of a library's own")
        return status or bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
