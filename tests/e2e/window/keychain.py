# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session's real keychain, looked at and locked from outside the program."""

from secretservice import PASSWORD, items, lock, stopped  # noqa: F401
from tree import FIELD, GONE, find_application
from waiting import wait_for


def answer_prompt(button, password=""):
    """Answers the window in which the keychain asks for its password."""
    def prompt():
        found = find_application(lambda node: node.get_name() == "gcr-prompter")
        return found if found and found.find(button) else None
    window = wait_for("the keychain's prompt", prompt, passing=GONE)
    if password:
        next(control for control in window.everything() if control.role in FIELD).type(password)
    window.press_button(button)
    # The next one must not be taken for it.
    wait_for("the prompt to close", lambda: not prompt(), passing=GONE)
