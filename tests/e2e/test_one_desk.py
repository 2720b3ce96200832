# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_one_desk.py PROGRAM SIMULATOR COMMAND-LINE [FOLDER FOR PICTURES]: the window and latchkey-cli on one profile at
the same time, with a real keychain and the vendors' stand-ins. Runs inside session.sh. The tests are one story: each
goes on where the last one ended."""

import fcntl
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import keychain
from accountwork import BRIGHT_PATTERN, fill, free_port, open_form
from commandline import DONE, NO_SUCH_ACCOUNT, CommandLine
from desk import STATE, Desk
from screen import active_window, minimise, shown_windows
from signin import VendorPage
from story import PASSWORD, USER, Story, client, tell
from tracing import Trace
from tree import GONE
from waiting import wait_for

PATTERN, EVENTS, VIDEO, TYPED = "Contact centre", "Events", "Video", "Typed in the window"
ENDPOINTS = {PATTERN: "/configapi/v2/oauth/token", EVENTS: "/api/rest/oauth/token", VIDEO: "/api/v2/oauth/token"}
CLIENTS = {PATTERN: ("configapi", "sheila"), EVENTS: ("priava", "events"), VIDEO: ("rev", "video")}
AT_ONCE = 20
SHORT, LONG = 3, 3600  # seconds a token lives
MOST_WAKE_UPS = 4
SOON, TRIES = 1.0, 3  # seconds, and how often a machine that stalls may try to show something so soon


class Beside(CommandLine):
    """The command line beside the window; ended_at tells when it last ended."""

    def run(self, *words, secrets=(), expected=(DONE,), **more):
        ran = super().run(*words, stdin="".join(f"{secret}\n" for secret in secrets), **more)
        self.ended_at = time.monotonic()
        if ran.status not in expected:
            raise AssertionError(f"{words[0]} ended with {ran.status}: {ran.err}")
        return ran

    def at_once(self, *lines, between=None):
        """Starts them all; what each printed, with which status."""
        begun = [(words, self.start(*words)) for words in lines]
        if between:
            between()
        return [self.end(process, words) for words, process in begun]

    def accounts(self):
        """Name to report."""
        return {account["name"]: account for account in self.json("accounts")[1]}


class OneDesk(Story):
    command_line = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.page = VendorPage(Path(cls.scratch.name, "page"), "formbrowser.py")
        cls.redirect = f"http://127.0.0.1:{free_port()}/signed-in"
        cls.configure(client("configapi", "sheila", lifetime=LONG),
                      client("priava", "events", region="EU", lifetime=SHORT, refresh="rotate",
                             redirect_uris=[cls.redirect], codes=["CANARY-given"]),
                      client("rev", "video", lifetime=SHORT, refresh="rotate", redirect_uris=[cls.redirect]))
        cls.cli = Beside(cls.command_line, cls.profile)
        cls.shown_after = {}  # seconds behind the command line's end, at best
        cls.start()

    def see(self, what, probe):
        since = self.cli.ended_at
        wait_for(what, probe, passing=GONE)
        took = time.monotonic() - since
        self.shown_after[what] = min(took, self.shown_after.get(what, took))
        print(f"  {what}: shown after {took * 1000:.0f} ms", file=sys.stderr)

    def add_pattern(self, name, *values):
        self.cli.run("add", "configapi", name, f"url={self.vendors.url}", "client_id=sheila", *values, "--secret",
                     "client_secret", secrets=["CANARY-secret-sheila"])

    def test_01_the_window_shows_what_the_command_line_does(self):
        """Within a second."""
        for _ in range(TRIES):
            self._do_everything_beside_the_window()
            if max(self.shown_after.values()) <= SOON:
                return
        self.fail(f"the window showed it after so many seconds: {self.shown_after}")

    def _do_everything_beside_the_window(self):
        self.add_pattern(TYPED)
        self.see("an account that was added", lambda: TYPED in self.desk.accounts())
        self.desk.select(TYPED)
        self.cli.run("refresh", TYPED)
        self.see("a refreshed token", lambda: "Valid" in self.desk.cell(TYPED, STATE))
        self.cli.run("edit", TYPED, "scope=acme.example")
        self.see("an edited field", lambda: self.desk.panel.says("acme.example"))
        self.cli.run("rename", TYPED, PATTERN)
        self.see("another name", lambda: PATTERN in self.desk.accounts())
        self.look("01-renamed")
        self.cli.run("remove", PATTERN, "--yes")
        self.see("a removal", lambda: self.desk.window.find("Add your first account"))

    def test_02_the_command_line_shows_what_the_window_does(self):
        form = open_form(self.desk, BRIGHT_PATTERN, "Add the first account")
        fill(form, {"Name": TYPED, "Host": self.vendors.url, "Login ID": "sheila",
                    "API secret": "CANARY-secret-sheila"})
        form.press_button("Save")
        self.wait_until_valid(TYPED)
        self.assertEqual(self.cli.account(TYPED)["state"], "valid")
        self.desk.select(TYPED)
        self.desk.panel.press_button("Edit", starts=True)
        dialog = self.desk.wait_for_window(f"Edit {TYPED}")
        fill(dialog, {"Name": PATTERN})
        dialog.press_button("Save")
        wait_for("the new name", lambda: PATTERN in self.desk.accounts(), passing=GONE)
        self.assertEqual(list(self.cli.accounts()), [PATTERN])
        before = self.cli.run("token", PATTERN).out
        self.desk.select(PATTERN)
        self.desk.panel.press_button("Refresh")
        self.desk.wait_for_words(f"Refreshed “{PATTERN}”.")
        self.assertTrue(self.cli.run("token", PATTERN).out != before, "the command line has the old token")

    def test_03_an_open_form_keeps_what_the_command_line_edits_meanwhile(self):
        self.desk.panel.press_button("Edit", starts=True)
        dialog = self.desk.wait_for_window(f"Edit {PATTERN}")
        fill(dialog, {"Name": "Renamed in the form"})
        self.cli.run("edit", PATTERN, f"test_url={self.vendors.url}/configapi/v2/data")
        dialog.press_button("Save")
        wait_for("the new name", lambda: "Renamed in the form" in self.desk.accounts(), passing=GONE)
        fields = self.cli.account("Renamed in the form")["fields"]
        self.assertEqual(fields["test_url"], f"{self.vendors.url}/configapi/v2/data")
        self.cli.run("rename", "Renamed in the form", PATTERN)

    def test_04_records_who_was_handed_a_token(self):
        self.cli.run("token", PATTERN, "--as", "header-value")
        entry = self.cli.json("activity", PATTERN)[1][0]
        self.assertEqual((entry["account"], entry["recipe"]), (PATTERN, "header-value"))
        self.assertTrue(entry["program"].startswith("latchkey-cli from python"), entry["program"])

    def test_05_does_not_touch_the_profile_while_nothing_changes(self):
        self.desk.wait_for_cell(PATTERN, STATE, "Valid")
        with Trace(self.desk.pid, Path(self.scratch.name, "trace")) as trace:
            ticking = self._calls_in_two_looks(trace, self._see_three_ticks)
            minimise(self.desk.pid)
            wait_for("the window to be minimised", lambda: not shown_windows(self.desk.pid))
            trace.wait_for_silence()
            idle, woken = self._idle_calls(trace)
            for _ in range(TRIES):
                if woken <= MOST_WAKE_UPS:
                    break
                # What it was asked for may have come late.
                _, woken = self._idle_calls(trace)
            # What would have been seen:
            before = len(trace.calls_on(self.profile))
            self.cli.run("edit", PATTERN, "scope=acme.example")
            wait_for("the window to look at the change", lambda: trace.calls_on(self.profile)[before:])
        self.assertEqual(ticking, [], "the profile is read while the countdown runs")
        self.assertEqual(idle, [], "the profile is read while the window is minimised")
        print(f"  minimised, the window woke up {woken} times in 3 s or 6", file=sys.stderr)
        self.assertLessEqual(woken, MOST_WAKE_UPS, "a minimised window polls")

    def _idle_calls(self, trace):
        """What touches the profile, and how often it wakes up."""
        woken = trace.wake_ups()
        calls = self._calls_in_two_looks(trace, lambda: time.sleep(3))  # there is nothing to wait for
        return calls, trace.wake_ups() - woken

    def _see_three_ticks(self):
        for _ in range(3):
            before = self.desk.cell(PATTERN, 2)
            wait_for("the countdown to go on", lambda: self.desk.cell(PATTERN, 2) != before, passing=GONE)

    def _calls_in_two_looks(self, trace, look):
        """What touches the profile in both of two looks; a backup follows a change, once and some seconds later."""
        for _ in range(2):
            before = len(trace.calls_on(self.profile))
            look()
            calls = trace.calls_on(self.profile)[before:]
            if not calls:
                break
        return calls

    def test_06_a_second_start_raises_the_first(self):
        self.assertEqual(shown_windows(self.desk.pid), [])

        def start_again():
            # It asks for two seconds, which a machine that stalls may take.
            return subprocess.run([self.program, "--profile", str(self.profile)], timeout=60,
                                  capture_output=True).returncode == 0
        wait_for("the first window to answer", start_again)
        wait_for("the first window to be active", lambda: active_window() in shown_windows(self.desk.pid))
        other = Desk(self.program, "--profile", str(self.profile) + "-2", scratch=self.output)
        try:
            other.window.wait("Add your first account")
            self.assertIn(PATTERN, self.desk.accounts())
        finally:
            other.stop()

    def add_session(self, account):
        """Adds the account, and has it signed in."""
        if account == EVENTS:
            self.cli.run("add", "priava", EVENTS, f"url={self.vendors.url}/api", "region=EU", "client_id=events",
                         f"redirect_uri={self.redirect}", "--secret", "client_secret", "--secret", "code",
                         secrets=["CANARY-secret-events", "CANARY-given"])
            self.cli.run("token", EVENTS, "--min-life", "0s")
        elif account == VIDEO:
            self.cli.run("add", "rev", VIDEO, f"url={self.vendors.url}", "api_key=video",
                         f"redirect_uri={self.redirect}", "--secret", "api_secret", secrets=["CANARY-secret-video"])
            self.page.plan(USER, PASSWORD)
            self.cli.run("sign-in", VIDEO, "--browser", self.page.command)
        else:
            self.configure_client(PATTERN, lifetime=SHORT)
            self.cli.run("refresh", PATTERN)

    def configure_client(self, account, faults=(), **more):
        vendor, name = CLIENTS[account]
        self.vendors.configure({"clients": [{"vendor": vendor, "id": name, **more}], "clear_log": True,
                                "faults": [{"fault": fault, "vendor": vendor} for fault in faults]})

    def test_07_twenty_and_the_window_make_one_request(self):
        """R38, F76, also where the vendor takes each refresh token once."""
        for account, endpoint in ENDPOINTS.items():
            with self.subTest(account):
                self.add_session(account)
                self.desk.wait_for_cell(account, STATE, "")
                self.desk.select(account)
                self.configure_client(account, ["hold"], lifetime=LONG)
                wait_for("the moment of expiry", lambda: self.cli.account(account)["expires_in"] <= 0)
                runs = self.cli.at_once(*[("token", account)] * AT_ONCE,
                                        between=lambda: self.refresh_too(endpoint))
                self.assertEqual({run.status for run in runs}, {DONE})
                tokens = {run.out for run in runs}
                self.desk.wait_for_words(f"Refreshed “{account}”.")
                self.desk.wait_for_cell(account, STATE, "Valid")
                requests = [request for request in self.vendors.log()["requests"] if request["path"] == endpoint]
                self.assertEqual([request["status"] for request in requests], [200])
                self.assertEqual(len(tokens), 1, "they printed different tokens")
                self.assertTrue(tokens.pop().startswith("CANARY-access-"), "something else was printed")
        # None of them is used up: each can be extended once more.
        self.cli.run("refresh", "--all")

    def refresh_too(self, endpoint):
        """In the window; nobody has a new token before everybody has asked for one."""
        self.desk.panel.press_button("Refresh")
        wait_for("the request", lambda: self.vendors.count(endpoint))
        for _ in range(TRIES):
            self.cli.accounts()  # who began before it has come as far by its end
        self.vendors.release()

    def id_of(self, account):
        with closing(sqlite3.connect(f"file:{self.profile}/profile.sqlite?mode=ro", uri=True)) as profile:
            return profile.execute("SELECT id FROM account WHERE name = ?", [account]).fetchone()[0]

    def lock(self, account_id):
        """The account's lock, if nobody has it; to be closed."""
        file = open(Path(os.environ["XDG_RUNTIME_DIR"], "latchkey", f"{account_id}.lock"), "rb+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except BlockingIOError:
            file.close()
            return None

    def test_08_who_edit_different_fields_all_have_their_way(self):
        account = self.id_of(PATTERN)
        for number in range(4):
            values = {"test_url": f"{self.vendors.url}/{number}", "scope": f"tenant{number}.example",
                      "scope_parameter": ("tenant", "scope")[number % 2]}
            lock = wait_for("the account's lock", lambda: self.lock(account))

            def let_them_read_and_go():
                # Time for each of them to read the account as it was.
                for _ in values:
                    self.cli.accounts()
                lock.close()
            runs = self.cli.at_once(*[("edit", PATTERN, f"{field}={value}") for field, value in values.items()],
                                    between=let_them_read_and_go)
            self.assertEqual([run.status for run in runs], [DONE] * len(values))
            fields = self.cli.account(PATTERN)["fields"]
            self.assertEqual({field: fields[field] for field in values}, values)

    def test_09_a_removal_during_a_refresh_leaves_nothing_behind(self):
        self.configure_client(PATTERN, ["hold"])

        def remove():
            wait_for("the refresh to begin", lambda: self.vendors.count(ENDPOINTS[PATTERN]))
            self.cli.run("remove", PATTERN, "--yes")
            self.vendors.release()
        refresh, = self.cli.at_once(("refresh", PATTERN), between=remove)
        self.assertEqual(refresh.status, NO_SUCH_ACCOUNT)
        self.assert_no_orphans()
        for name in [f"Short-lived {number}" for number in range(4)]:
            self.add_pattern(name)
            refresh, removal = self.cli.at_once(("refresh", name), ("remove", name, "--yes"))
            self.assertIn(refresh.status, (DONE, NO_SUCH_ACCOUNT))
            self.assertEqual(removal.status, DONE)
            self.assert_no_orphans()

    def assert_no_orphans(self):
        self.assertEqual(sorted(self.cli.accounts()), [EVENTS, VIDEO])
        kept = [item.rsplit("/", 1)[1] for item in keychain.items()]
        self.assertEqual(sorted(kept), sorted(self.id_of(name) for name in (EVENTS, VIDEO)))
        wait_for("the window to show it", lambda: sorted(self.desk.accounts()) == [EVENTS, VIDEO], passing=GONE)

    def test_10_leaks_nothing(self):
        self.look("10-last")
        self.desk.stop()
        self.assert_nothing_leaked()


if __name__ == "__main__":
    OneDesk.command_line = sys.argv.pop(3)
    tell()
