# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a running program asks of the system while nobody asks anything of it."""

import re
import subprocess
from pathlib import Path

from waiting import wait_for


class Trace:
    """Every call that names a file or uses an open one, of every thread, as long as the context lasts."""

    def __init__(self, pid, file):
        self._pid, self._file = pid, Path(file)
        self._words = Path(f"{file}.words")

    def __enter__(self):
        with open(self._words, "wb") as words:
            self._process = subprocess.Popen(["strace", "-f", "-y", "-e", "trace=%file,%desc", "-o", str(self._file),
                                              "-p", str(self._pid)], stderr=words)
        wait_for("strace to be there", self._is_there)
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(240)

    def _is_there(self):
        words = self._words.read_text(encoding="utf-8")
        if self._process.poll() is not None:
            raise AssertionError("strace can't look: " + words)
        return "attached" in words

    def calls_on(self, folder):
        """The names of the calls on files below the folder, so far."""
        return [re.sub(r"^\d+ +(\w+).*", r"\1", line) for line in self._lines() if f"{folder}/" in line]

    def wake_ups(self):
        """How often any of its threads has begun to wait, so far."""
        return sum(bool(re.match(r"^\d+ +p?poll\(", line)) for line in self._lines())

    def wait_for_silence(self):
        """Until the program has done all that it was asked for."""
        seen = []

        def is_silent():
            seen.append(len(self._lines()))
            return len(seen) > 10 and len(set(seen[-10:])) == 1
        wait_for("the program to have nothing to do", is_silent)

    def _lines(self):
        return self._file.read_text(encoding="utf-8", errors="replace").splitlines()
