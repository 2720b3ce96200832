# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for what another process does: looked at again and again until a deadline, never slept for."""

import time

# Long enough for a loaded machine: a wait that succeeds never takes it up.
DEADLINE = 240.0
# A look costs time that what is waited for may need: the longer it has taken, the less often we look.
FIRST_PAUSE, LONGEST_PAUSE, GROWTH = 0.02, 0.25, 1.15


class Overdue(AssertionError):
    """What was waited for did not come in time."""


def wait_for(what, probe, seconds=DEADLINE, passing=()):
    """The first true answer of probe(). `passing` are errors that mean "not yet"."""
    end = time.monotonic() + seconds
    pause = FIRST_PAUSE
    while True:
        # A caller that slept through the end looks once more.
        is_over = time.monotonic() > end
        try:
            answer = probe()
        except passing:
            answer = None
        if answer:
            return answer
        if is_over:
            raise Overdue(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(pause)
        pause = min(pause * GROWTH, LONGEST_PAUSE)
