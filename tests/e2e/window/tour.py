# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""tour.py [--screenshots FOLDER [--part walk|dark|vault]] PROGRAM [ARGUMENT...]: opens the window and walks through the
demo as a person would, telling each step. Runs inside session.sh. The window, the keyboard's clipboard, the sockets and
the vendors' stand-ins are the ones everybody gets: the program has no other mode.

Saves one picture; with --screenshots also one of every window, light and dark, and of the vault, into the folder."""

import argparse
import stat
import sys
import tempfile
from pathlib import Path

import shared  # noqa

from accountwork import BRIGHT_PATTERN, CHOOSER, FORM, PRIAVA, REV_OAUTH2, SIGN_IN
from application import EXPIRY, STATE, Application
from leakwatch import LeakWatch
from signin import VendorPage, has_real_browser
from tree import GONE, Table
from vaulttour import picture_vault
from waiting import wait_for

# How the secrets begin that the demo brings along.
DEMO_SECRETS = tuple(f"demo-{kind}-" for kind in ("access", "code", "refresh", "secret"))
TO_REFRESH, TO_COPY, TO_SIGN_IN = "Priava sandbox", "Rev production", "Rev test"


class Tour:
    def __init__(self, program, arguments, scratch, screenshots):
        self._number = 0
        self._screenshots = screenshots
        self._scratch = scratch
        self._page = VendorPage(scratch / "browser",
                                "vendorbrowser.py" if has_real_browser() else "formbrowser.py")
        if "--demo" not in arguments:
            arguments = ["--demo", *arguments]
        if not any(argument.startswith("--browser") for argument in arguments):
            arguments = [*arguments, "--browser", self._page.command]
        self._exports = scratch / "exports"
        self._exports.mkdir()
        self._leaks = LeakWatch(scratch / "watch", DEMO_SECRETS)
        self._app = Application(program, *arguments, scratch=scratch / "output", pictures=screenshots)
        self._leaks.watch(self._app.pid)

    def stop(self):
        self._app.stop()
        self._leaks.stop()

    def assert_nothing_leaked(self):  # R48
        self._leaks.assert_nothing_leaked(self._scratch / "output", self._exports)

    def _say(self, step, *lines):
        self._number += 1
        print(f"{self._number:2}. {step}", *(f"      {line}" for line in lines), sep="\n", flush=True)

    def _picture(self, name):
        """Of a moment that lasts, so that every word on the screen can be looked at too."""
        self._leaks.look(self._app)
        self._app.picture(name)

    def walk(self, picture):
        self._look_around()
        if self._screenshots:
            self._app.select(TO_COPY)
            self._app.portrait(picture)
        self._watch()
        self._refresh()
        self._copy()
        self._sign_in()
        self._search()
        self._refresh_all()
        self._look_at_adding()
        self._test()
        self._export()
        self._doctor()
        self._look_back()
        if not self._screenshots:
            self._app.portrait(picture)
        self._say(f"A picture of the window: {picture}")
        if self._screenshots:
            self._open_each()
        self._quit()

    def picture_the_dark(self):
        self._look_around()
        self._app.choose_appearance("Dark")
        self._app.select(TO_COPY)
        self._app.portrait(self._screenshots / "window-dark.png")
        self._look_at_adding("dark-")
        self._open_each("dark-", ("Export", "Doctor", "Activity", "Own formats"))
        self._quit()

    def _look_around(self):
        self._say("The window is open.")
        wait_for("the demo's accounts", lambda: len(self._app.accounts()) > 5, passing=GONE)
        rows = [f"{name}: {row[STATE]}, {row[EXPIRY]}" for name, row in self._app.accounts().items()]
        self._say(f"It lists {len(rows)} accounts, each with its state and what is left of its token:", *rows)

    def _watch(self):
        app = self._app
        before = app.cell(TO_REFRESH, EXPIRY)
        after = wait_for("the countdown to go down",
                         lambda: app.cell(TO_REFRESH, EXPIRY) if app.cell(TO_REFRESH, EXPIRY) != before else None,
                         passing=GONE)
        self._say(f"The countdown runs: {TO_REFRESH} {before}, then {after}.")

    def _refresh(self):
        app = self._app
        app.select(TO_REFRESH)
        app.panel.press_button("Refresh")
        app.wait_for_words(f"Refreshed “{TO_REFRESH}”.")
        app.wait_for_cell(TO_REFRESH, STATE, "Valid")
        self._say(f"One press of Refresh, and {TO_REFRESH} {app.cell(TO_REFRESH, EXPIRY)}.")

    def _copy(self):
        app = self._app
        app.select(TO_COPY)
        app.panel.press_button("Copy", starts=True)
        app.wait_for_words(f"Copied “{TO_COPY}”")
        app.wait_for_words("Clipboard clears in ")
        self._say(f"One press of Copy puts {TO_COPY}'s header value into the clipboard, for a while.")

    def _sign_in(self):
        app = self._app
        self._page.hold()
        app.select(TO_SIGN_IN)
        app.panel.press_button("Sign in")
        dialog = app.wait_for_window(SIGN_IN, starts=True)
        self._say("Sign in opens the browser and waits for it.")
        dialog.wait_for_words("Waiting for the answer")
        app.picture("sign-in")
        self._page.plan("demo", "demo")
        landed = self._page.landed()
        app.wait_until_closed(SIGN_IN, starts=True)
        app.wait_for_cell(TO_SIGN_IN, STATE, "Valid")
        browser = "Chromium" if has_real_browser() else "A stand-in for a browser"
        self._say(f"{browser} allowed it on the vendor's page and came back to: {landed['title']}",
                  f"{TO_SIGN_IN} is valid now and {app.cell(TO_SIGN_IN, EXPIRY)}.")

    def _search(self):
        app = self._app
        field = app.window.field("Search accounts")
        field.type("priava")
        wait_for("only the accounts that match", lambda: 0 < len(app.accounts()) < 4, passing=GONE)
        self._say("Searching for “priava” leaves " + " and ".join(app.accounts()) + ".")
        field.type("nothing is called so")
        app.window.wait_for_words("No account matches")
        self._picture("nothing-matches")
        app.window.press_button("Show all accounts")
        wait_for("all accounts again", lambda: len(app.accounts()) > 5, passing=GONE)

    def _refresh_all(self):
        app = self._app
        app.window.press_button("Refresh all")
        words = wait_for("the end of refreshing", lambda: [text for text in app.window.texts()
                                                            if text.startswith("Refreshed ") and " of " in text],
                         passing=GONE)
        self._say(f"Refresh all: {words[0]}")
        self._picture("refreshed-all")
        app.select(TO_COPY)

    def _look_at_adding(self, prefix=""):
        app = self._app
        app.window.press_button("Add account")
        vendors = []
        for vendor in (BRIGHT_PATTERN, PRIAVA, REV_OAUTH2):
            chooser = app.wait_for_window(CHOOSER)
            vendors.append(vendor)
            chooser.button(vendor)
            self._picture(prefix + "add")
            chooser.press_button(vendor)
            form = app.wait_for_window(FORM, starts=True)
            self._picture(f"{prefix}add-{vendor.split(',')[0].lower().replace(' ', '-')}")
            form.press_button("Back")
        app.wait_for_window(CHOOSER).press_button("Cancel")
        app.wait_until_closed(CHOOSER)
        if not prefix:
            self._say("Add account offers " + "; ".join(vendors) + " and asks each for what it needs.")

    def _test(self):
        app = self._app
        app.select(TO_COPY)
        app.panel.press_button("Test")
        dialog = app.wait_for_window("Test ", starts=True)
        dialog.wait_for_words("accepted the token")
        self._picture("test")
        dialog.press_button("Close")
        app.wait_until_closed("Test ", starts=True)
        self._say(f"Test asks the vendor who {TO_COPY}'s token speaks for: it is accepted.")

    def _export(self):
        app = self._app
        app.open_from_more("Export…", "Export")
        dialog = app.wait_for_window("Export")
        target = self._exports / "tour.postman_environment.json"
        dialog.field("Save as").type(str(target))
        self._picture("export")
        dialog.press_button("Export")
        dialog.wait_for_words("into this file")
        self._picture("exported")
        dialog.press_button("Close")
        app.wait_until_closed("Export")
        mode = stat.S_IMODE(target.stat().st_mode)
        if mode != 0o600:
            raise AssertionError(f"others may read what was exported: {mode:o}")
        self._say("Export writes a Postman environment that nobody else can read.")

    def _doctor(self):
        app = self._app
        app.open_from_more("Doctor", "Doctor")
        dialog = app.wait_for_window("Doctor")
        wait_for("the doctor's verdict", lambda: dialog.button("Look again").is_enabled, passing=GONE)
        self._picture("doctor")
        dialog.press_button("Close")
        app.wait_until_closed("Doctor")
        self._say("The doctor looks at the browser, the secret store, ports and connections, one after the other.")

    def _look_back(self):
        app = self._app
        app.open_from_more("Activity", "Activity")
        dialog = app.wait_for_window("Activity")
        table = Table(dialog.wait("Activity", ("table",)))
        rows = [" · ".join(row[1:]) for row in table.rows()]
        if not any(TO_COPY in row and "Header value" in row for row in rows):
            raise AssertionError(f"the copy is not in the record: {rows}")
        self._picture("activity")
        dialog.press_button("Close")
        app.wait_until_closed("Activity")
        self._say(f"Activity tells what was handed out, the newest first: {rows[0]}.")

    def _open_each(self, prefix="", titles=("Export templates", "Own formats")):
        """Pictures of what needs no story."""
        app = self._app
        for title in titles:
            app.open_from_more(title, title)
            self._picture(prefix + title.lower().replace(" ", "-"))
            window = app.wait_for_window(title)
            window.press_button("Cancel" if title.startswith("Export") else "Close")
            app.wait_until_closed(title)

    def _quit(self):
        status = self._app.quit()
        if status != 0:
            raise AssertionError(f"the program ended with {status}")
        self._say("Quit: the window is closed and the clipboard is empty again.")


def walk(program, arguments, scratch, screenshots, is_dark=False):
    tour = Tour(program, arguments, scratch, screenshots)
    try:
        if is_dark:
            tour.picture_the_dark()
        else:
            tour.walk(screenshots / "window.png" if screenshots else Path("build/tour.png").resolve())
        tour.assert_nothing_leaked()
    finally:
        tour.stop()


def picture_the_dark(program, arguments, scratch, screenshots):
    walk(program, arguments, scratch, screenshots, is_dark=True)


PARTS = {"walk": walk, "dark": picture_the_dark, "vault": picture_vault}


def main(words):
    parser = argparse.ArgumentParser()
    parser.add_argument("--screenshots", type=Path)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("program")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(words)
    for part in [chosen.part] if chosen.part else list(PARTS)[:None if chosen.screenshots else 1]:
        with tempfile.TemporaryDirectory(prefix="latchkey-tour-") as scratch:
            try:
                PARTS[part](chosen.program, chosen.arguments, Path(scratch), chosen.screenshots)
            except AssertionError as failed:
                print(f"The tour ended early: {failed}", file=sys.stderr)
                return 1
    print("The tour is over: everything worked.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
