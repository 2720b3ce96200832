# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_clock.py PROGRAM SIMULATOR: a clock that was set between two runs, and vendors whose clock is off."""

import datetime
import json
import subprocess

import shared  # noqa

from clistory import CONFIGAPI, PASSWORD, USER, CliStory, tell
from commandline import DONE
from formbrowser import fetch
from vendors import client, free_port

CLOCKS_DIFFER = "differ by more than two minutes"


class SetBetweenRuns(CliStory):
    """F80: what is stored is a moment, so the clock's own error is all that shows; nothing is asked for because of it."""

    def by_clock(self, clock, *arguments):
        # As faketime writes a clock: "+2h" is ahead of the real one, "@..." stands where it is told.
        process = subprocess.Popen(["faketime", "-f", clock, *self.cli.words(*arguments)], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.cli.environment)
        return self.cli.end(process, arguments)

    def account_by_clock(self, clock, name):
        ran = self.by_clock(clock, "accounts", "--json")
        self.assertEqual(ran.status, DONE, ran.err)
        # A clock that is behind what has happened already is wrong, and that is said.
        self.assertEqual("ClockBehind" in ran.err, clock[0] in "-@", ran.err)
        return next(account for account in json.loads(ran.out) if account["name"] == name)

    def test_F80_asks_for_nothing_and_changes_nothing(self):
        names = [f"clock-{at}" for at in range(5)]
        for name in names:
            self.add_configapi(name, lifetime=3599)
            self.assert_token(self.cli.run("token", name), f"CANARY-access-{name}-1")
        before = self.cli.json("accounts")[1]
        asked = self.vendors.count(CONFIGAPI)
        for clock, state, least, most in (("+2h", "expired", -4500, -3500), ("-2h", "valid", 10000, 10800),
                                          ("+3650d", "expired", -316000000, -315000000),
                                          ("@1970-01-02 00:00:00", "valid", 1, None)):
            with self.subTest(f"F80 {clock}"):
                for name, was in zip(names, before):
                    account = self.account_by_clock(clock, name)
                    self.assertEqual(account["state"], state)
                    self.assertEqual((account["expires_at"], account["last_refresh"], account["last_error"]),
                                     (was["expires_at"], was["last_refresh"], was["last_error"]))
                    self.assertGreaterEqual(account["expires_in"], least)
                    self.assertLessEqual(account["expires_in"], most or account["expires_in"])
        self.assertEqual(self.vendors.count(CONFIGAPI), asked, "a clock made Latchkey ask for tokens")
        # Once the clock is right again everything is as it was.
        for name in names:
            self.assert_token(self.cli.run("token", name), f"CANARY-access-{name}-1")
        self.assertEqual(self.vendors.count(CONFIGAPI), asked)

    def test_F80_refreshes_one_account_where_one_is_asked_for(self):
        self.add_configapi("late", lifetime=3599)
        self.add_configapi("other", lifetime=3599)
        for name in ("late", "other"):
            self.assert_token(self.cli.run("token", name), f"CANARY-access-{name}-1")
        asked = self.vendors.count(CONFIGAPI)
        self.assert_token(self.by_clock("+2h", "token", "late"), "CANARY-access-late-2")
        self.assert_token(self.by_clock("+2h", "token", "late"), "CANARY-access-late-2")
        self.assertEqual(self.vendors.count(CONFIGAPI), asked + 1)
        self.assertEqual(self.cli.account("other")["state"], "valid")


class VendorsClock(CliStory):
    """F83, R36: Rev names the moment a token ends by its own clock."""

    def sign_in(self, name, offset):
        port = free_port()
        redirect = f"http://127.0.0.1:{port}/{name}"
        self.configure(client("rev", name, lifetime=3600, redirect_uris=[redirect]), clock_offset=offset)
        self.addCleanup(self.configure, clock_offset=0)
        self.cli.add("rev", name, {"api_secret": f"CANARY-secret-{name}"}, url=self.vendors.url, api_key=name,
                     redirect_uri=redirect)
        process = self.cli.start("sign-in", name, "--no-browser")
        address = process.stdout.readline().decode().removeprefix("open: ").strip()
        fetch(address, {"user": USER, "password": PASSWORD, "decision": "allow"})
        ran = self.cli.end(process, ["sign-in"])
        self.assertEqual(ran.status, DONE, ran.err)
        return ran

    def test_F83_a_vendor_ten_minutes_off_is_believed_by_its_own_clock(self):
        for name, offset in (("ahead", 600), ("behind", -600)):
            with self.subTest(f"F83 10 min {name}"):
                self.assertIn(CLOCKS_DIFFER, self.sign_in(name, offset).err)
                account = self.cli.account(name)
                self.assertEqual(account["state"], "valid")
                self.assertTrue(3500 < account["expires_in"] <= 3600, account["expires_in"])
                self.assertTrue(any(CLOCKS_DIFFER in note for note in account["notes"]))
                self.assertIn(CLOCKS_DIFFER, self.cli.run("accounts").out)
                ran = self.cli.run("token", name)
                self.assert_token(ran, f"CANARY-access-{name}-1")
                self.assertIn(CLOCKS_DIFFER, ran.err)
                status, handed, err = self.cli.json("token", name)
                self.assertEqual((status, err), (DONE, ""))
                self.assertTrue(any(CLOCKS_DIFFER in note for note in handed["notes"]))

    def test_F83_a_vendor_a_minute_off_is_nothing_to_speak_of(self):
        for name, offset in (("little-ahead", 60), ("little-behind", -60)):
            with self.subTest(f"F83 1 min {name}"):
                self.assertNotIn(CLOCKS_DIFFER, self.sign_in(name, offset).err)
                account = self.cli.account(name)
                self.assertNotIn("notes", account)
                self.assertLessEqual(account["expires_in"], 3600, "R36: a Date made a lifetime longer")

    def test_F83_ends_when_the_vendor_ends_it(self):
        name = "short"
        self.sign_in(name, 600)
        ends = datetime.datetime.fromisoformat(self.cli.account(name)["expires_at"].replace("Z", "+00:00"))
        left = (ends - datetime.datetime.now(datetime.timezone.utc)).total_seconds()
        self.assertTrue(3500 < left <= 3600, left)


if __name__ == "__main__":
    tell()
