# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_one_desk.py PROGRAM SIMULATOR COMMAND-LINE FOLDER-FOR-PICTURES [PART...]: the window and latchkey-cli on one
profile at the same time, with a real keychain and the vendors' stand-ins. Runs inside session.sh."""

import fcntl
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import shared  # noqa

import keychain
from accountwork import BRIGHT_PATTERN, fill, open_form
from application import STATE, Application
from commandline import DONE, NO_SUCH_ACCOUNT
from screen import active_window, minimise, shown_windows
from signin import VendorPage
from story import PASSWORD, USER, Story, client, tell
from tracing import Trace
from tree import GONE
from vendors import free_port
from waiting import wait_for

PATTERN, EVENTS, VIDEO, TYPED = "Contact centre", "Events", "Video", "Typed in the window"
ENDPOINTS = {PATTERN: "/configapi/v2/oauth/token", EVENTS: "/api/rest/oauth/token", VIDEO: "/api/v2/oauth/token"}
CLIENTS = {PATTERN: ("configapi", "sheila"), EVENTS: ("priava", "events"), VIDEO: ("rev", "video")}
AT_ONCE = 20
SHORT, LONG = 3, 3600  # seconds a token lives
MOST_WAKE_UPS = 4 / 3  # in a second
TRIES = 3


class OneProfile(Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.redirect = f"http://127.0.0.1:{free_port()}/signed-in"

    def setUp(self):
        self.others = set(keychain.items())
        self.configure(client("configapi", "sheila", lifetime=LONG),
                       client("priava", "events", region="EU", lifetime=SHORT, refresh="rotate",
                              redirect_uris=[self.redirect], codes=["CANARY-given"]),
                       client("rev", "video", lifetime=SHORT, refresh="rotate", redirect_uris=[self.redirect]))

    def accounts(self):
        """Name to report."""
        return {account["name"]: account for account in self.cli.json("accounts")[1]}

    def add_pattern(self, name):
        self.run_cli("add", "configapi", name, f"url={self.vendors.url}", "client_id=sheila", "--secret",
                     "client_secret", secrets=["CANARY-secret-sheila"])

    def begin(self):
        """The window of a new profile with one account, whose token is good."""
        self.new_profile()
        self.add_pattern(PATTERN)
        self.run_cli("token", PATTERN)
        self.start()
        self.app.select(PATTERN)


class Changes(OneProfile):
    def see(self, what, probe):
        """What the command line did. The window asks for nothing on its own (Quiet), so it was told."""
        since = time.monotonic()
        wait_for(what, probe, passing=GONE)
        print(f"  {what}: shown after {(time.monotonic() - since) * 1000:.0f} ms", file=sys.stderr)

    def test_the_window_shows_what_the_command_line_does(self):
        self.new_profile()
        self.start()
        self.add_pattern(TYPED)
        self.see("an account that was added", lambda: TYPED in self.app.accounts())
        self.app.select(TYPED)
        self.run_cli("refresh", TYPED)
        self.see("a refreshed token", lambda: "Valid" in self.app.cell(TYPED, STATE))
        self.run_cli("edit", TYPED, "scope=acme.example")
        self.see("an edited field", lambda: self.app.panel.says("acme.example"))
        self.run_cli("rename", TYPED, PATTERN)
        self.see("another name", lambda: PATTERN in self.app.accounts())
        self.look("renamed")
        self.run_cli("remove", PATTERN, "--yes")
        self.see("a removal", lambda: self.app.window.find("Add your first account"))

    def test_the_command_line_shows_what_the_window_does(self):
        self.new_profile()
        self.start()
        form = open_form(self.app, BRIGHT_PATTERN, "Add the first account")
        fill(form, {"Name": TYPED, "Host": self.vendors.url, "Login ID": "sheila",
                    "API secret": "CANARY-secret-sheila"})
        form.press_button("Save")
        self.wait_until_valid(TYPED)
        self.assertEqual(self.cli.account(TYPED)["state"], "valid")
        self.app.select(TYPED)
        self.app.panel.press_button("Edit", starts=True)
        dialog = self.app.wait_for_window(f"Edit {TYPED}")
        fill(dialog, {"Name": PATTERN})
        dialog.press_button("Save")
        wait_for("the new name", lambda: PATTERN in self.app.accounts(), passing=GONE)
        self.assertEqual(list(self.accounts()), [PATTERN])
        before = self.run_cli("token", PATTERN).out
        self.app.select(PATTERN)
        self.app.panel.press_button("Refresh")
        self.app.wait_for_words(f"Refreshed “{PATTERN}”.")
        self.assertTrue(self.run_cli("token", PATTERN).out != before, "the command line has the old token")

    def test_an_open_form_keeps_what_the_command_line_edits_meanwhile(self):
        self.begin()
        self.app.panel.press_button("Edit", starts=True)
        dialog = self.app.wait_for_window(f"Edit {PATTERN}")
        fill(dialog, {"Name": "Renamed in the form"})
        self.run_cli("edit", PATTERN, f"test_url={self.vendors.url}/configapi/v2/data")
        dialog.press_button("Save")
        wait_for("the new name", lambda: "Renamed in the form" in self.app.accounts(), passing=GONE)
        fields = self.cli.account("Renamed in the form")["fields"]
        self.assertEqual(fields["test_url"], f"{self.vendors.url}/configapi/v2/data")

    def test_records_who_was_handed_a_token(self):
        self.begin()
        self.run_cli("token", PATTERN, "--as", "header-value")
        entry = self.cli.json("activity", PATTERN)[1][0]
        self.assertEqual((entry["account"], entry["recipe"]), (PATTERN, "header-value"))
        self.assertTrue(entry["program"].startswith("latchkey-cli from python"), entry["program"])


class Quiet(OneProfile):
    def test_does_not_touch_the_profile_while_nothing_changes(self):
        self.begin()
        self.app.wait_for_cell(PATTERN, STATE, "Valid")
        with Trace(self.app.pid, Path(self.scratch.name, "trace")) as trace:
            ticking = self._calls_in_two_looks(trace, self._see_three_ticks)
            minimise(self.app.pid)
            wait_for("the window to be minimised", lambda: not shown_windows(self.app.pid))
            trace.wait_for_silence()
            idle, woken = self._idle_calls(trace)
            for _ in range(TRIES):
                if woken <= MOST_WAKE_UPS:
                    break
                # What it was asked for may have come late.
                _, woken = self._idle_calls(trace)
            # What would have been seen:
            before = len(trace.calls_on(self.profile))
            self.run_cli("edit", PATTERN, "scope=acme.example")
            wait_for("the window to look at the change", lambda: trace.calls_on(self.profile)[before:])
        self.assertEqual(ticking, [], "the profile is read while the countdown runs")
        self.assertEqual(idle, [], "the profile is read while the window is minimised")
        print(f"  minimised, the window woke up {woken:.2f} times a second", file=sys.stderr)
        self.assertLessEqual(woken, MOST_WAKE_UPS, "a minimised window polls")

    def _idle_calls(self, trace):
        """What touches the profile, and how often in a second it wakes up."""
        before, begun = trace.wake_ups(), time.monotonic()
        calls = self._calls_in_two_looks(trace, lambda: time.sleep(3))  # there is nothing to wait for
        return calls, (trace.wake_ups() - before) / (time.monotonic() - begun)

    def _see_three_ticks(self):
        for _ in range(3):
            before = self.app.cell(PATTERN, 2)
            wait_for("the countdown to go on", lambda: self.app.cell(PATTERN, 2) != before, passing=GONE)

    def _calls_in_two_looks(self, trace, look):
        """What touches the profile in both of two looks; a backup follows a change, once and some seconds later."""
        for _ in range(2):
            before = len(trace.calls_on(self.profile))
            look()
            calls = trace.calls_on(self.profile)[before:]
            if not calls:
                break
        return calls

    def test_a_second_start_raises_the_first(self):
        self.begin()
        minimise(self.app.pid)
        wait_for("the window to be minimised", lambda: not shown_windows(self.app.pid))

        def start_again():
            # It asks for two seconds, which a machine that stalls may take.
            return subprocess.run([self.program, "--profile", str(self.profile)], timeout=240,
                                  capture_output=True).returncode == 0
        wait_for("the first window to answer", start_again)
        wait_for("the first window to be active", lambda: active_window() in shown_windows(self.app.pid))
        other = Application(self.program, "--profile", str(self.profile) + "-2", scratch=self.output)
        try:
            other.window.wait("Add your first account")
            self.assertIn(PATTERN, self.app.accounts())
        finally:
            other.stop()


class Races(OneProfile):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.page = VendorPage(Path(cls.scratch.name, "page"), "formbrowser.py")

    def setUp(self):
        super().setUp()
        self.begin()

    def at_once(self, *lines, between=None):
        """Starts them all; what each printed, with which status."""
        begun = [(words, self.cli.start(*words)) for words in lines]
        if between:
            between()
        return [self.cli.end(process, words) for words, process in begun]

    def add_session(self, account):
        """Adds the account, and has it signed in."""
        if account == EVENTS:
            self.run_cli("add", "priava", EVENTS, f"url={self.vendors.url}/api", "region=EU", "client_id=events",
                         f"redirect_uri={self.redirect}", "--secret", "client_secret", "--secret", "code",
                         secrets=["CANARY-secret-events", "CANARY-given"])
            self.run_cli("token", EVENTS, "--min-life", "0s")
        elif account == VIDEO:
            self.run_cli("add", "rev", VIDEO, f"url={self.vendors.url}", "api_key=video",
                         f"redirect_uri={self.redirect}", "--secret", "api_secret", secrets=["CANARY-secret-video"])
            self.page.plan(USER, PASSWORD)
            self.run_cli("sign-in", VIDEO, "--browser", self.page.command)
        else:
            self.configure_client(PATTERN, lifetime=SHORT)
            self.run_cli("refresh", PATTERN)

    def configure_client(self, account, faults=(), **more):
        vendor, name = CLIENTS[account]
        self.vendors.configure({"clients": [{"vendor": vendor, "id": name, **more}], "clear_log": True,
                                "faults": [{"fault": fault, "vendor": vendor} for fault in faults]})

    def test_twenty_and_the_window_make_one_request(self):
        """R38, F76, also where the vendor takes each refresh token once."""
        for account, endpoint in ENDPOINTS.items():
            with self.subTest(account):
                self.add_session(account)
                self.app.wait_for_cell(account, STATE, "")
                self.app.select(account)
                self.configure_client(account, ["hold"], lifetime=LONG)
                wait_for("the moment of expiry", lambda: self.cli.account(account)["expires_in"] <= 0)
                runs = self.at_once(*[("token", account)] * AT_ONCE,
                                    between=lambda: self.refresh_too(endpoint))
                self.assertEqual({run.status for run in runs}, {DONE})
                tokens = {run.out for run in runs}
                self.app.wait_for_words(f"Refreshed “{account}”.")
                self.app.wait_for_cell(account, STATE, "Valid")
                requests = [request for request in self.vendors.log()["requests"] if request["path"] == endpoint]
                self.assertEqual([request["status"] for request in requests], [200])
                self.assertEqual(len(tokens), 1, "they printed different tokens")
                self.assertTrue(tokens.pop().startswith("CANARY-access-"), "something else was printed")
        # None of them is used up: each can be extended once more.
        self.run_cli("refresh", "--all")

    def refresh_too(self, endpoint):
        """In the window; nobody has a new token before everybody has asked for one."""
        self.app.panel.press_button("Refresh")
        wait_for("the request", lambda: self.vendors.count(endpoint))
        for _ in range(TRIES):
            self.accounts()  # who began before it has come as far by its end
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

    def test_edits_of_different_fields_all_survive(self):
        account = self.id_of(PATTERN)
        for number in range(4):
            values = {"test_url": f"{self.vendors.url}/{number}", "scope": f"tenant{number}.example",
                      "scope_parameter": ("tenant", "scope")[number % 2]}
            lock = wait_for("the account's lock", lambda: self.lock(account))

            def let_them_read_and_go():
                # Time for each of them to read the account as it was.
                for _ in values:
                    self.accounts()
                lock.close()
            runs = self.at_once(*[("edit", PATTERN, f"{field}={value}") for field, value in values.items()],
                                between=let_them_read_and_go)
            self.assertEqual([run.status for run in runs], [DONE] * len(values))
            fields = self.cli.account(PATTERN)["fields"]
            self.assertEqual({field: fields[field] for field in values}, values)

    def test_a_removal_during_a_refresh_leaves_nothing_behind(self):
        for account in (EVENTS, VIDEO):
            self.add_session(account)
        self.configure_client(PATTERN, ["hold"])

        def remove():
            wait_for("the refresh to begin", lambda: self.vendors.count(ENDPOINTS[PATTERN]))
            self.run_cli("remove", PATTERN, "--yes")
            self.vendors.release()
        refresh, = self.at_once(("refresh", PATTERN), between=remove)
        self.assertEqual(refresh.status, NO_SUCH_ACCOUNT)
        self.assert_no_orphans()
        for name in [f"Short-lived {number}" for number in range(4)]:
            self.add_pattern(name)
            refresh, removal = self.at_once(("refresh", name), ("remove", name, "--yes"))
            self.assertIn(refresh.status, (DONE, NO_SUCH_ACCOUNT))
            self.assertEqual(removal.status, DONE)
            self.assert_no_orphans()

    def assert_no_orphans(self):
        self.assertEqual(sorted(self.accounts()), [EVENTS, VIDEO])
        kept = [item.rsplit("/", 1)[1] for item in keychain.items() if item not in self.others]
        self.assertEqual(sorted(kept), sorted(self.id_of(name) for name in (EVENTS, VIDEO)))
        wait_for("the window to show it", lambda: sorted(self.app.accounts()) == [EVENTS, VIDEO], passing=GONE)


if __name__ == "__main__":
    tell()
