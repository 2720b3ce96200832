# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The virtual screen: pictures of it, its windows and its two clipboards."""

import subprocess
import threading
from pathlib import Path


def take_picture(file, area=None):
    """Saves the screen, or the area (left, top, width, height) of it, as PNG."""
    file = Path(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    crop = []
    if area:
        left, top, width, height = area
        crop = ["-crop", f"{width}x{height}+{max(0, left)}+{max(0, top)}", "+repage"]
    subprocess.run(["import", "-window", "root", *crop, str(file)], check=True, timeout=240, capture_output=True)


def _selection(name):
    # xclip fails when nobody owns the selection.
    answer = subprocess.run(["xclip", "-selection", name, "-out"], timeout=240, capture_output=True)
    return answer.stdout.decode() if answer.returncode == 0 else ""


def clipboard():
    return _selection("clipboard")


def fill_clipboard(text):
    """Another program puts this into it."""
    subprocess.run(["xclip", "-selection", "clipboard", "-in"], input=text.encode(), check=True, timeout=240,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class NextCopy(threading.Thread):
    """The first text that takes the place of `before` in the clipboard: it may have been cleared when one asks."""

    PERIOD = 0.25  # seconds; nothing that is copied is cleared so soon

    def __init__(self, before):
        super().__init__(daemon=True)
        fill_clipboard(before)
        self._before, self.text = before, ""
        self._ended = threading.Event()

    def run(self):
        while not self.text and not self._ended.wait(self.PERIOD):
            self.text = clipboard().replace(self._before, "")

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self.join()


def primary():
    """What is pasted with the middle button: nothing of ours may ever get there."""
    return _selection("primary")


def _windows(*words):
    # xdotool fails when it finds none.
    answer = subprocess.run(["xdotool", *words], timeout=240, capture_output=True)
    return answer.stdout.decode().split()


def shown_windows(pid):
    """The windows of this process that are on the screen; a minimised one is not."""
    return _windows("search", "--onlyvisible", "--pid", str(pid), "--name", "Latchkey")


def minimise(pid):
    for window in shown_windows(pid):
        subprocess.run(["xdotool", "windowminimize", window], check=True, timeout=240, capture_output=True)


def active_window():
    return next(iter(_windows("getactivewindow")), None)


def use_keyboard(layout, switched=False):
    """As setxkbmap calls it; `switched`: to the second of two, by the menu key."""
    subprocess.run(["setxkbmap", "-layout", layout, "-option", "grp:menu_toggle"], check=True, timeout=240)
    if switched:
        press_keys(135)


def press_keys(*places):
    """Keys by their place, held together: what they write is the layout's."""
    subprocess.run(["xdotool", "key", "+".join(map(str, places))], check=True, timeout=240)


def window_titles():
    answer = subprocess.run(["xdotool", "search", "--name", ".*", "getwindowname", "%@"], timeout=240,
                            capture_output=True)
    return answer.stdout.decode()
