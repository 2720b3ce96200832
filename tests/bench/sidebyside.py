#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs commands in turn, A B C A B C ..., and prints the median wall time of each and its ratio to the first:
sidebyside.py RUNS NAME COMMAND -- NAME COMMAND -- ...  Each command's output is read and thrown away."""

import os
import statistics
import subprocess
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


def milliseconds(command):
    began = time.monotonic_ns()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    return (time.monotonic_ns() - began) / 1e6


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
