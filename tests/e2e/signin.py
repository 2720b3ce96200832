# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The browser that the program is given: told beforehand what to do on the vendor's page, asked afterwards."""

import json
import os
import shlex
import shutil
import sys
from pathlib import Path

from waiting import wait_for

HERE = Path(__file__).resolve().parent


def has_real_browser():
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        return False
    try:
        import selenium  # noqa: F401
    except ImportError:
        return False
    return True


class VendorPage:
    """Each sign-in does what was planned last, or waits on the vendor's page for a plan; landed() tells where the next
    one ended."""

    def __init__(self, folder, program=os.environ.get("LATCHKEY_TEST_BROWSER", "vendorbrowser.py")):
        self._folder = Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._read = 0
        words = (sys.executable, str(HERE / program), str(self._folder))
        self.command = " ".join(shlex.quote(word) for word in words) + " %u"

    def plan(self, user, password, answer="allow"):
        plan = {"user": user, "password": password, "answer": answer}
        part = self._folder / "plan.part"
        part.write_text(json.dumps(plan), encoding="utf-8")
        part.rename(self._folder / "plan.json")

    def hold(self):
        """Whoever signs in waits for the next plan."""
        (self._folder / "plan.json").unlink(missing_ok=True)

    def landed(self, seconds=280):  # the product waits for five minutes
        self._read += 1
        file = self._folder / f"landed-{self._read}.json"
        wait_for("the browser to land", file.exists, seconds)
        landed = json.loads(file.read_text(encoding="utf-8"))
        if "error" in landed:
            raise AssertionError("the browser failed: " + landed["error"])
        return landed

    @property
    def picture(self):
        return self._folder / "landed.png"
