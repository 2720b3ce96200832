# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks on while a story is told, from where other programs of the desktop stand (R48): at the arguments and the
environment of the program and of all that it starts, at every message on the session bus, notifications among them, and
at what a screen reader is told. What it writes down is searched for planted secrets at the end.

leakwatch.py FILE: writes down what a screen reader is told, until it is ended."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import shared  # noqa

from leaks import holds_secret, leaking_files
from screen import window_titles
from waiting import wait_for
from xproperties import window_properties

# The one field that shows what is pasted into it, so that it can be judged.
SHOWN_ON_PURPOSE = "Redirected address or code"
EVENTS = ("object:text-changed", "object:property-change", "object:announcement", "object:state-changed:focused",
          "window:create")
LISTENING = "listening"


class Processes:
    """Everything that a process starts, and itself."""

    PERIOD = 0.03  # seconds; short enough to see a process that does anything at all

    def __init__(self, holds=holds_secret):
        self._holds = holds
        self.findings = set()
        self.seen = set()
        self._roots = set()
        self._parents = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def watch(self, pid):
        self._roots.add(pid)

    def stop(self):
        self._ended.set()
        self._thread.join()

    def _watch(self):
        while not self._ended.wait(self.PERIOD):
            if self._roots:
                self._look()

    def _look(self):
        # A process keeps its parent until that ends, so it is asked for once.
        there = {int(name) for name in os.listdir("/proc") if name.isdigit()}
        self._parents = {pid: parent for pid, parent in self._parents.items() if pid in there and parent in there}
        for pid in there - self._parents.keys():
            try:
                stat = Path(f"/proc/{pid}/stat").read_bytes()
            except OSError:
                continue  # gone since
            self._parents[pid] = int(stat.rpartition(b")")[2].split()[1])
        ours = set(self._roots)
        # A process that was started later has a parent that is ours already, or is found in the next round.
        while found := {pid for pid, parent in self._parents.items() if parent in ours} - ours:
            ours |= found
        for pid in ours:
            self._look_at(pid)

    def _look_at(self, pid):
        for file, what in (("cmdline", "arguments"), ("environ", "environment")):
            try:
                content = Path(f"/proc/{pid}/{file}").read_bytes()
            except OSError:
                continue
            if content:
                self.seen.add((pid, what))
            if self._holds(content):
                name = content.split(b"\0")[0].decode(errors="replace") if what == "arguments" else str(pid)
                self.findings.add(f"the {what} of {'a program' if self._holds(name) else name}")


class LeakWatch:
    """`others` is how secrets begin that nobody planted: those of the demo are its own."""

    def __init__(self, folder, others=()):
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._others = others
        self.bus, self.reader = folder / "session-bus", folder / "screen-reader"
        self.processes = Processes(self._holds)
        self._words = []
        self._listeners = []
        self._listen(["dbus-monitor", "--session"], self.bus)
        wait_for("the monitor of the session bus", lambda: b"NameAcquired" in self.bus.read_bytes())
        self._listen([sys.executable, "-B", __file__, str(self.reader)], folder / "listener")
        wait_for("the screen reader", lambda: self.reader.exists() and LISTENING in self.reader.read_text("utf-8"))

    def _holds(self, content):
        text = content if isinstance(content, str) else content.decode("latin-1")
        return holds_secret(content) or any(other in text for other in self._others)

    def _listen(self, command, file):
        with open(file, "wb") as output:
            self._listeners.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output,
                                                    stderr=subprocess.STDOUT))

    def watch(self, pid):
        self.processes.watch(pid)

    def look(self, app):
        """At every word that a screen reader could get of the program now, and at its windows."""
        self._words += app.all_texts()
        self._words.append(window_titles())
        self.look_at_windows()

    def look_at_windows(self):
        """Titles and whatever else the window manager and every other program can read of a window."""
        if self._holds(window_properties()):
            self.processes.findings.add("the properties of a window")

    def stop(self):
        for listener in self._listeners:
            listener.terminate()
            listener.wait(240)
        self._listeners = []
        self.processes.stop()

    def findings(self):
        """Where planted secrets were seen; stop() comes first."""
        found = sorted(self.processes.findings)
        for file, what in ((self.bus, "a message on the session bus"), (self.reader, "what a screen reader is told")):
            if self._holds(file.read_bytes()):
                found.append(what)
        return found

    def assert_nothing_leaked(self, output, *folders):
        """R48: neither in what the program printed (below `output`), nor in a file of its own or of the user's, nor on
        the screen, nor where other programs of the desktop can look. And there was something to find it in."""
        self.stop()
        keyrings = os.path.join(os.environ["HOME"], ".local", "share", "keyrings")
        found = [file for folder in (output, *folders, os.environ["HOME"])
                 for file in leaking_files(folder, [keyrings], self._holds)]
        if any(self._holds(text) for text in self._words):
            found.append("what could be read on the screen")
        found += self.findings()
        if found:
            raise AssertionError("a secret was found: " + ", ".join(found))
        if not list(Path(output).glob("*.stderr")) or len(self._words) <= 50 or len(self.processes.seen) < 2:
            raise AssertionError("the search for secrets looked at nothing")


def listen(file):
    from gi.repository import Atspi, GLib
    out = open(file, "w", encoding="utf-8", buffering=1)

    def hear(event, *_):
        try:
            name, role = event.source.get_name() or "", event.source.get_role_name()
            if name == SHOWN_ON_PURPOSE:
                return
            out.write(f"{event.type} {role} {name} {event.any_data!r} {event.source.get_description()}\n")
        except GLib.Error:
            pass  # gone since

    listener = Atspi.EventListener.new(hear)
    for event in EVENTS:
        listener.register(event)
    out.write(LISTENING + "\n")
    Atspi.event_main()


if __name__ == "__main__":
    import pyatspi  # noqa: F401  chooses the version of the bindings
    listen(sys.argv[1])
