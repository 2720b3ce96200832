# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ends a command by SIGKILL at an exactly named call of it, and tells how far it had come (F75)."""

import re
import signal
from collections import namedtuple
from pathlib import Path

# A step is over with the first call, behind those of the steps before it, that fits its pattern.
Step = namedtuple("Step", "name pattern")
Position = namedtuple("Position", "number is_behind")


class Calls:
    """What a command did that could be seen from outside, in order."""

    def __init__(self, lines, steps):
        self.told = [line.split(" ", 1)[1] for line in lines]
        self._steps = steps
        # The calls that end each step that was reached.
        self.ends = []
        at = 0
        for step in steps:
            while at < len(self.told) and not re.search(step.pattern, self.told[at]):
                at += 1
            if at == len(self.told):
                break
            at += 1
            self.ends.append(at)

    @property
    def reached(self):
        """How many steps are over."""
        return len(self.ends)

    def has_done(self, name):
        return name in [step.name for step in self._steps[:self.reached]]

    def positions(self, step):
        """Where a kill leaves exactly this many steps behind: at the end of the call that ended the last of them,
        before and behind each call from there on, and before the one that ends the next."""
        begin = self.ends[step - 1] if step else 0
        is_last = step == self.reached
        found = [Position(begin, True)] if begin else []
        for number in range(begin + 1, (len(self.told) if is_last else self.ends[step]) + 1):
            found.append(Position(number, False))
            if is_last or number < self.ends[step]:
                found.append(Position(number, True))
        return found


class Killer:
    def __init__(self, killpoint, folder):
        self._killpoint, self._log = str(killpoint), Path(folder, "calls")

    def environment(self, environment, position=None):
        self._log.unlink(missing_ok=True)
        more = {"LD_PRELOAD": self._killpoint, "LATCHKEY_KILL_LOG": str(self._log)}
        if position:
            more["LATCHKEY_KILL_AT"] = f"{position.number}{'+' if position.is_behind else ''}"
        return {**environment, **more}

    def calls(self, steps):
        lines = self._log.read_text(encoding="utf-8").splitlines() if self._log.exists() else []
        return Calls(lines, steps)


def was_killed(ran):
    return ran.status == -signal.SIGKILL
