# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session's real keychain, looked at and locked from outside the program."""

import re
import subprocess

from tree import FIELD, GONE, find_application
from waiting import wait_for

SERVICE = "/org/freedesktop/secrets"

PASSWORD = "pw"  # as session.sh unlocks it


def items():
    """The keys of Latchkey's items. The secrets in the answer are dropped here."""
    answer = subprocess.run(["secret-tool", "search", "--all", "server", "Latchkey"], timeout=20, capture_output=True,
                            text=True)
    return re.findall(r"^attribute\.user = (.*)$", answer.stdout + answer.stderr, re.M)


def lock():
    """Locks every collection, as a screen lock may do."""
    objects = subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", SERVICE, "-m",
                              "org.freedesktop.DBus.Properties.Get", "org.freedesktop.Secret.Service", "Collections"],
                             check=True, timeout=10, capture_output=True, text=True).stdout
    paths = re.findall(r"'(/org/freedesktop/secrets/collection/[^']+)'", objects)
    subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", SERVICE, "-m",
                    "org.freedesktop.Secret.Service.Lock", "[" + ", ".join(f"'{path}'" for path in paths) + "]"],
                   check=True, timeout=10, capture_output=True)


def answer_prompt(button, password=""):
    """Answers the window in which the keychain asks for its password."""
    def prompt():
        found = find_application(lambda node: node.get_name() == "gcr-prompter")
        return found if found and found.find(button) else None
    window = wait_for("the keychain's prompt", prompt, passing=GONE)
    if password:
        next(control for control in window.everything() if control.role in FIELD).type(password)
    window.press_button(button)
