# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_core_strings.py PROGRAM SIMULATOR COMMAND-LINE FOLDER-FOR-PICTURES: how often a token and a client secret stand in
the memory of the running window, as somebody with a core of it and strings(1) would find them (R50). Runs inside
session.sh, on a build for developers: a released one lets nobody take its core. With LATCHKEY_LONG in the environment it
counts at every step, otherwise where it matters. LATCHKEY_AROUND shows what stands beside each find, without it. Nothing
leaks meanwhile (R48)."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import shared  # noqa

from accountwork import BRIGHT_PATTERN, fill, open_form
from screen import clipboard
from story import Story, client, tell
from tree import BUTTON
from waiting import wait_for

NAME = "Contact centre"
SECRET, TOKENS = "CANARY-secret-of-the-client-Zq7", [f"CANARY-access-of-the-client-Wx{at}" for at in range(1, 10)]
# What is looked for is their end: freed memory is used again from its beginning.
ENDS = {"token": "client-Wx", "client secret": "client-Zq7"}
# What is found at most at the end, where nothing needs a secret any more. It is what SECURITY.md says.
MOST_AT_THE_END = {"token": 0, "client secret": 0}

found = {}


def places(memory, text):
    """Plain and in UTF-16."""
    return [at for code in ("ascii", "utf-16-le") for at in re.finditer(re.escape(text.encode(code)), memory)]


class CoreStrings(Story):
    shows_surroundings = bool(os.environ.get("LATCHKEY_AROUND"))
    is_long = bool(os.environ.get("LATCHKEY_LONG"))

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.configure(client("configapi", "sheila", lifetime=3599, secret=SECRET, next_access_tokens=TOKENS))
        cls.start()

    def take(self, moment, always=False, looks=True):
        """Short of time, the steps are passed over that only tell where a secret comes from."""
        if always or self.is_long:
            self.count(moment)
        # Only now: to look could leave something behind in the program's memory.
        if looks:
            self.look()

    def count(self, moment):
        core = Path(self.scratch.name, "core")
        subprocess.run(["gcore", "-o", str(core), str(self.app.pid)], check=True, timeout=120, capture_output=True)
        file = Path(f"{core}.{self.app.pid}")
        memory = file.read_bytes()
        file.unlink()
        found[moment] = {what: len(places(memory, end)) for what, end in ENDS.items()}
        if self.shows_surroundings:
            self.show_surroundings(moment, memory)

    def show_surroundings(self, moment, memory):
        for what, end in ENDS.items():
            for at in places(memory, end):
                around = memory[max(0, at.start() - 96):at.end() + 64].replace(at.group(), b"<HERE>").replace(b"\0", b".")
                print(moment, what, re.sub(rb"[^ -~]", b"~", around.replace(b"CANARY", b"SECRET")), file=sys.stderr)

    def _before_anything_was_typed(self):
        self.take("started")

    def _after_an_account_was_added(self):
        form = open_form(self.app, BRIGHT_PATTERN, "Add the first account")
        fill(form, {"Name": NAME, "Host": self.vendors.url, "Login ID": "sheila", "API secret": SECRET})
        form.press_button("Save")
        self.wait_until_valid(NAME)
        self.take("account added, signed in")

    def _while_the_token_is_shown(self):
        self.app.window.press_button("More")
        self.app.choose("Settings")
        settings = self.app.wait_for_window("Settings")
        settings.wait("Seconds until the clipboard is cleared").set_number(10)
        settings.press_button("Save")
        self.app.wait_until_closed("Settings")
        self.app.select(NAME)
        # There is little time before it hides by itself.
        for _ in range(3):
            self.app.panel.press_button("Reveal token")
            self.app.panel.button("Hide token")
            self.take("token shown", always=True, looks=False)
            if found["token shown"]["token"]:
                break

    def _after_it_was_hidden(self):
        shown = self.app.panel.find("Hide token", BUTTON)
        if shown:
            shown.press()
        self.app.panel.wait("Token, hidden")
        self.take("token hidden")

    def _while_it_is_on_the_clipboard(self):
        self.copy(NAME, "Copy token")
        self.take("token copied")

    def _after_the_clipboard_was_cleared(self):
        wait_for("an empty clipboard", lambda: not clipboard())
        self.take("clipboard cleared", always=True)

    def _after_a_refresh_and_in_the_next_run(self):
        self.app.panel.press_button("Refresh")
        self.app.wait_for_words(f"Refreshed “{NAME}”.")
        self.take("token refreshed")
        self.app.quit()
        self.start()
        self.app.select(NAME)
        self.take("next run")
        self.app.panel.press_button("Reveal token")
        self.app.panel.press_button("Hide token")
        self.app.panel.wait("Token, hidden")
        self.take("next run, shown and hidden", always=True)

    def test_is_no_more_than_we_say_R50(self):
        for step in (self._before_anything_was_typed, self._after_an_account_was_added, self._while_the_token_is_shown,
                     self._after_it_was_hidden, self._while_it_is_on_the_clipboard,
                     self._after_the_clipboard_was_cleared, self._after_a_refresh_and_in_the_next_run):
            step()
        print(f"\n{'':30}" + "".join(f"{what:>16}" for what in MOST_AT_THE_END), file=sys.stderr)
        for moment, counts in found.items():
            print(f"{moment:30}" + "".join(f"{counts[what]:16}" for what in MOST_AT_THE_END), file=sys.stderr)
        self.assertGreater(found["token shown"]["token"], 0, "the search finds nothing at all")
        for moment in ("clipboard cleared", "next run, shown and hidden"):
            for what, most in MOST_AT_THE_END.items():
                self.assertLessEqual(found[moment][what], most, f"{what}: {moment}")


if __name__ == "__main__":
    if not shutil.which("gcore"):
        sys.exit("gcore is missing: install gdb")
    tell()
