# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program on the virtual screen, used as a person would: by its buttons, fields and table."""

import os
import subprocess
from pathlib import Path

from screen import take_picture
from tree import GONE, Menus, Table, find_application
from waiting import DEADLINE, wait_for

WINDOW = "Latchkey"
# What the window's columns hold.
ACCOUNT, STATE, EXPIRY, REFRESHED = range(4)


class Application:
    """Starts the program; stop() or quit() ends it. Its output is kept below `scratch`."""

    def __init__(self, program, *arguments, scratch, pictures=None, environment=None):
        self._pictures = Path(pictures) if pictures else None
        output = Path(scratch)
        output.mkdir(parents=True, exist_ok=True)
        number = len(list(output.glob("*.stdout")))
        with open(output / f"{number}.stdout", "wb") as out, open(output / f"{number}.stderr", "wb") as err:
            self._process = subprocess.Popen([str(program), *arguments], stdin=subprocess.DEVNULL, stdout=out,
                                             stderr=err, env={**os.environ, **(environment or {})})
        self._menus = Menus()
        try:
            self._node = wait_for("the program in the accessibility tree", self._find, passing=GONE)
            self.window = self.wait_for_window(WINDOW)
        except BaseException:
            self.stop()
            raise

    def _find(self):
        if self._process.poll() is not None:
            raise AssertionError(f"the program ended with {self._process.returncode}")
        return find_application(lambda node: node.get_process_id() == self._process.pid)

    @property
    def is_running(self):
        return self._process.poll() is None

    @property
    def pid(self):
        return self._process.pid

    def windows(self):
        return [window for window in self._node.children if window.is_showing]

    def find_window(self, title, starts=False):
        """The newest window with that title, or whose title begins so."""
        for window in reversed(self.windows()):
            name = window.name.removesuffix(" — Latchkey").removesuffix(" - Latchkey")
            if name == title or (starts and name.startswith(title)):
                return window
        return None

    def wait_for_window(self, title, starts=False, seconds=DEADLINE):
        return wait_for(f"the window “{title}”", lambda: self.find_window(title, starts), seconds, GONE)

    def wait_until_closed(self, title, starts=False, seconds=DEADLINE):
        wait_for(f"the window “{title}” to close", lambda: not self.find_window(title, starts), seconds, GONE)

    @property
    def table(self):
        return Table(self.window.wait("Accounts", ("table",)))

    def accounts(self):
        """Name to row."""
        def probe():
            return ({row[ACCOUNT].split(", ")[0]: row for row in self.table.rows()},)
        # The table may be arranged again while it is read.
        return wait_for("the rows of the table", probe, passing=GONE)[0]

    def cell(self, account, column):
        def probe():
            table = self.table
            row = table.row_of(account + ", ")
            return (None if row is None else table.cell(row, column),)
        return wait_for(f"a cell of {account}", probe, passing=GONE)[0]

    def wait_for_cell(self, account, column, words, seconds=DEADLINE):
        def probe():
            text = self.cell(account, column)
            return text if text and words in text else None
        return wait_for(f"“{words}” of {account}", probe, seconds, GONE)

    def select(self, account):
        def probe():
            row = self.table.row_of(account + ", ")
            return None if row is None else (row,)
        self.table.select(*wait_for(f"the row of {account}", probe, passing=GONE))
        self.panel.wait_for_words(account)

    @property
    def panel(self):
        return self.window.wait("Selected account")

    def wait_for_words(self, words, seconds=DEADLINE):
        self.window.wait_for_words(words, seconds)

    def choose(self, item):
        """Picks from the menu that is open."""
        self._menus.choose(item)

    def open_from_more(self, item, title):
        self.window.press_button("More")
        self.choose(item)
        self.wait_for_window(title)

    def choose_appearance(self, name):
        """Light or Dark, in the settings."""
        self.window.press_button("More")
        self.picture("menu")
        self.choose("Settings")
        settings = self.wait_for_window("Settings")
        self.picture("settings")
        settings.press_button(name)
        settings.press_button("Save")
        self.wait_until_closed("Settings")

    def texts(self):
        """Every word that any window shows, titles included."""
        return [text for window in self.windows() for text in window.texts()]

    def all_texts(self):
        """Every word that a screen reader could get of the program."""
        return self._node.all_texts()

    def picture(self, name):
        if self._pictures:
            take_picture(self._pictures / f"{name}.png")

    def portrait(self, file):
        """A picture of the window alone."""
        # The tree knows nothing of the scale.
        scale = float(os.environ.get("QT_SCALE_FACTOR", "1"))
        take_picture(file, [round(length * scale) for length in self.window.extents])

    def quit(self):
        self.window.press_button("More")
        self.choose("Quit")
        return self._process.wait(DEADLINE)

    def stop(self):
        """Ends the program however it is."""
        if self.is_running:
            self._process.terminate()
            try:
                self._process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(DEADLINE)
