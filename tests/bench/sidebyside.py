#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs commands in turn, A B C A B C ..., and prints the median wall time of each and its ratio to the first:
sidebyside.py RUNS NAME COMMAND -- NAME COMMAND -- ...  Each command's output is thrown away.

A time is from before the process is made to after its end was seen. The ratio is the median over the rounds of the
ratio within one round, so that a machine that is busy for a while slows down both sides of it. A command that fails
ends the benchmark."""

import os
import statistics
import sys
import time


def commands(words):
    listed, current = [], []
    for word in [*words, "--"]:
        if word == "--":
            listed.append((current[0], current[1:]))
            current = []
        else:
            current.append(word)
    return listed


# Not subprocess: what it does around a process takes as long as a small process.
def milliseconds(command):
    quiet = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    began = time.monotonic_ns()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet)
    _, status = os.waitpid(process, 0)
    took = (time.monotonic_ns() - began) / 1e6
    if status != 0:
        sys.exit(f"sidebyside.py: {command[0]} failed ({os.waitstatus_to_exitcode(status)})")
    return took


def main():
    runs, listed = int(sys.argv[1]), commands(sys.argv[2:])
    times = {name: [] for name, _ in listed}
    for run in range(runs + 2):
        for name, command in listed:
            took = milliseconds(command)
            if run >= 2:  # the first rounds warm the disk cache and do not count
                times[name].append(took)
    base = times[listed[0][0]]
    print(f"{'median of ' + str(runs) + ' runs':34} {'ms':>8} {'ratio':>7}")
    for name, _ in listed:
        ratio = statistics.median(mine / first for mine, first in zip(times[name], base))
        print(f"{name:34} {statistics.median(times[name]):8.1f} {ratio:7.2f}")


if __name__ == "__main__":
    os.environ["LC_ALL"] = "C.UTF-8"
    sys.exit(main())
