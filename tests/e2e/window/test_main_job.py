# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_main_job.py PROGRAM SIMULATOR COMMAND-LINE FOLDER-FOR-PICTURES [PART...]: the main job from end to end, on real
parts: a window on a virtual screen, a real keychain, a real browser and the vendors' stand-ins, used through the
accessibility tree. Runs inside session.sh. Nothing leaks meanwhile (R48)."""

import re
import subprocess
import time

import shared  # noqa

import keychain
from accountwork import (BRIGHT_PATTERN, FORM, PRIAVA, REV, REV_OAUTH2, fill, open_form, save_and_sign_in)
from application import EXPIRY, REFRESHED, STATE
from leaks import leaking_files
from screen import clipboard, fill_clipboard, press_keys, use_keyboard
from signin import VendorPage
from story import BEFORE, PASSWORD, USER, Story, client, tell
from tree import GONE
from vendors import free_port
from waiting import wait_for

PATTERN, EVENTS, VIDEO, WEBCASTS, PASTED = "Contact centre", "Events", "Video", "Webcasts", "Pasted"
ALL = [PATTERN, EVENTS, VIDEO, WEBCASTS, PASTED]
ELSEWHERE = "https://my.app.com/oauth2callback"
SCHEMES = {PATTERN: "Bearer", EVENTS: "Bearer", VIDEO: "VBrick", WEBCASTS: "VBrick", PASTED: "VBrick"}
CLIENTS = {PATTERN: "sheila", EVENTS: "events", VIDEO: "video", WEBCASTS: "webcasts", PASTED: "pasted"}
CALLS = {PATTERN: "/configapi/v2/data", VIDEO: "/api/v2/user/session", WEBCASTS: "/api/v2/user/session"}
ENDPOINTS = {PATTERN: "/configapi/v2/oauth/token", EVENTS: "/api/rest/oauth/token", VIDEO: "/api/v2/oauth/token",
             WEBCASTS: "/api/v2/oauth2/token", PASTED: "/api/v2/oauth/token"}
# Seconds: a machine that stalls has to see a token before it is gone.
CLIPBOARD_LIFE, REVEALED_FOR, TRIES = 10, 15, 3
CTRL, C = 37, 54  # the places of two keys, as X counts them


class MainJob(Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.redirects = {name: f"http://127.0.0.1:{free_port()}/{name.lower()}" for name in ALL[1:]}
        cls.configure(client("configapi", "sheila", lifetime=3599),
                      client("priava", "events", region="EU", lifetime=21600, redirect_uris=[cls.redirects[EVENTS]],
                             codes=["CANARY-given"]),
                      client("rev", "video", lifetime=10800, redirect_uris=[cls.redirects[VIDEO]]),
                      client("rev", "pasted", lifetime=10800, redirect_uris=[cls.redirects[PASTED], ELSEWHERE]),
                      client("rev-oauth2", "webcasts", lifetime=3600, redirect_uris=[cls.redirects[WEBCASTS]]))


class Adding(MainJob):
    """Each into a window that is empty."""

    def setUp(self):
        self.new_profile()
        self.start()

    def test_begins_empty(self):
        self.app.window.wait("Add your first account")
        self.app.window.button("Try the demo")
        self.look("empty")

    def test_adds_a_bright_pattern_account(self):
        form = open_form(self.app, BRIGHT_PATTERN, "Add the first account")
        fill(form, {"Name": PATTERN, "Host": "not a host", "Login ID": "sheila"})
        form.press_button("Save")
        form.wait_for_words("Enter a value")
        self.look("form-refused")
        fill(form, {"Host": self.vendors.url, "API secret": "CANARY-secret-wrong", "Scope": "acme.example"})
        form.press_button("Save")
        form.button("Save anyway")
        self.look("form-failed")
        self.assertEqual(self.app.wait_for_window(FORM, starts=True).field("Login ID").text, "sheila")
        fill(form, {"API secret": "CANARY-secret-sheila"})
        form.press_button("Save")
        self.wait_until_valid(PATTERN)
        self.look("added")

    def test_adds_a_priava_account_and_says_that_access_was_declined(self):
        form = open_form(self.app, PRIAVA)
        fill(form, {"Name": EVENTS, "Custom": True})
        fill(form, {"API address": self.vendors.url + "/api", "EU (Europe)": True, "Client ID": "events",
                    "Client secret": "CANARY-secret-events", "Redirect URI": self.redirects[EVENTS],
                    "Page to open for the sign-in": self.vendors.url + "/priava/authorize", "More options": True})
        fill(form, {"Test address": self.vendors.url + "/api/rest/ping"})
        self.look("form")
        dialog, landed = self.sign_in(form, "deny")
        self.assertIn("You declined", landed["text"])
        dialog.wait_for_words("Access was declined in the browser.")
        self.look("declined")
        self.page.plan(USER, PASSWORD)
        dialog.press_button("Try again")
        self.assertIn("Signed in", self.page.landed()["text"])
        self.wait_until_valid(EVENTS)

    def test_adds_a_rev_account(self):
        form = open_form(self.app, REV)
        fill(form, {"Name": VIDEO, "Rev address": self.vendors.url, "API key": "video",
                    "API secret": "CANARY-secret-video", "Redirect URI": self.redirects[VIDEO]})
        self.page.hold()
        dialog = save_and_sign_in(self.app, form)
        dialog.wait_for_words(self.redirects[VIDEO].split("/")[2])
        dialog.wait_for_words(" left")
        self.look("waiting")
        self.page.plan(USER, PASSWORD)
        self.assertIn("Signed in", self.page.landed()["text"])
        self.wait_until_valid(VIDEO)

    def test_adds_a_rev_account_with_pkce(self):
        form = open_form(self.app, REV_OAUTH2)
        fill(form, {"Name": WEBCASTS, "Rev address": self.vendors.url, "API key": "webcasts",
                    "Redirect URI": self.redirects[WEBCASTS]})
        self.assertIn("Signed in", self.sign_in(form)[1]["text"])
        self.wait_until_valid(WEBCASTS)

    def test_takes_a_pasted_address(self):
        form = open_form(self.app, REV)
        fill(form, {"Name": PASTED, "Rev address": self.vendors.url, "API key": "pasted",
                    "API secret": "CANARY-secret-pasted", "Redirect URI": ELSEWHERE})
        dialog, landed = self.sign_in(form)
        self.assertTrue(landed["address"].startswith(ELSEWHERE))
        field = dialog.field("Redirected address or code")
        field.type("https://my.app.com/elsewhere?nothing=1")
        dialog.press_button("Use it")
        dialog.wait_for_words("What was pasted is neither")
        self.look("paste")
        field.type(landed["address"])
        dialog.press_button("Use it")
        self.wait_until_valid(PASTED)


class WithAccounts(MainJob):
    """Five accounts are signed in. No test needs what another one did."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.issued = dict.fromkeys(ALL, 1)  # how many tokens each account was given
        url = f"url={cls.vendors.url}"
        cls.run_cli("add", "configapi", PATTERN, url, "client_id=sheila", "--secret", "client_secret",
                    secrets=["CANARY-secret-sheila"])
        cls.run_cli("add", "priava", EVENTS, url + "/api", "region=EU", "client_id=events",
                    f"redirect_uri={cls.redirects[EVENTS]}", f"test_url={cls.vendors.url}/api/rest/ping",
                    "--secret", "client_secret", "--secret", "code", secrets=["CANARY-secret-events", "CANARY-given"])
        for name in (PATTERN, EVENTS):
            cls.run_cli("token", name)
        page = VendorPage(cls.profiles.with_name("page"), "formbrowser.py")
        page.plan(USER, PASSWORD)
        for name in (VIDEO, WEBCASTS, PASTED):
            words = ["rev-oauth2", name] if name == WEBCASTS else ["rev", name, "--secret", "api_secret"]
            cls.run_cli("add", *words, url, f"api_key={CLIENTS[name]}", f"redirect_uri={cls.redirects[name]}",
                        secrets=[f"CANARY-secret-{CLIENTS[name]}"])
            cls.run_cli("sign-in", name, "--browser", page.command)
        cls.start()

    def refresh(self, account):
        self.app.select(account)
        self.app.panel.press_button("Refresh")
        self.issued[account] += 1
        self.app.wait_for_words(f"Refreshed “{account}”.")

    def header_value(self, account):
        """What is copied of the account now."""
        return f"{SCHEMES[account]} CANARY-access-{CLIENTS[account]}-{self.issued[account]}"

    def assert_is_copied(self, account, copied):
        # No assertEqual: its words would hold the secret.
        self.assertTrue(copied == self.header_value(account), "the clipboard does not hold the header value")


class Tokens(WithAccounts):
    def test_counts_down(self):
        def seconds_left(account):
            numbers = [int(number) for number in re.findall(r"\d+", self.app.cell(account, EXPIRY))]
            return numbers[0] * 60 + numbers[1]
        first = seconds_left(PATTERN)
        self.assertLess(first, 3600)
        wait_for("the countdown to go down", lambda: seconds_left(PATTERN) < first, passing=GONE)
        self.assertRegex(self.app.cell(EVENTS, EXPIRY), r"expires in 5 h [45]\d min")
        self.look("list")

    def test_refreshes_with_one_request(self):
        for account in (PATTERN, EVENTS, VIDEO, WEBCASTS):
            endpoint = ENDPOINTS[account]
            with self.subTest(account):
                before = self.vendors.count(endpoint)
                self.refresh(account)
                self.assertEqual(self.vendors.count(endpoint), before + 1)
                self.app.wait_for_cell(account, STATE, "Valid")
                self.assertIn("just now", self.app.cell(account, REFRESHED))

    def be_asked_to_wait(self, account, seconds):
        """How many requests the vendor has heard by then."""
        vendor, endpoint = ("rev-oauth2" if account == WEBCASTS else "rev"), ENDPOINTS[account]
        self.vendors.configure({"faults": [{"fault": f"status:429 retry-after:{seconds}", "vendor": vendor,
                                            "client": CLIENTS[account]}]})
        asked = self.vendors.count(endpoint) + 1
        self.app.select(account)
        self.app.panel.press_button("Refresh")
        wait_for("the refusal", lambda: self.vendors.count(endpoint) == asked)
        return asked

    def test_counts_down_what_a_vendor_asks_to_wait_F27(self):
        # Long enough for a slow machine to look twice.
        self.be_asked_to_wait(PASTED, 300)

        def time_left():
            return re.search(r"Try again in [^.]*\.", " ".join(self.app.panel.texts()))
        first = wait_for("the countdown", time_left, passing=GONE)[0]
        self.look("asked-to-wait")
        wait_for("the countdown to go down", lambda: time_left()[0] != first, passing=GONE)

    def test_tries_again_when_the_vendor_may_be_asked_F27(self):
        asked = self.be_asked_to_wait(WEBCASTS, 5)
        self.app.panel.button("Try again")
        wait_for("the countdown's end", lambda: not self.app.panel.says("Try again in "), passing=GONE)
        self.assertEqual(self.vendors.count(ENDPOINTS[WEBCASTS]), asked)
        self.app.panel.press_button("Try again")
        self.issued[WEBCASTS] += 1
        self.app.wait_for_words(f"Refreshed “{WEBCASTS}”.")


class Copying(WithAccounts):
    # R54: after each copy the X11 selection is looked at, and empty.
    def test_copies_what_the_vendors_accept(self):
        for account, path in CALLS.items():
            with self.subTest(account):
                copied = self.copy(account)
                self.assert_is_copied(account, copied)
                self.assertEqual(self.vendors.call(path, {"Authorization": copied}), 200)
                self.app.panel.wait_for_words(f"Authorization: {SCHEMES[account]} …")
        self.look("copied")

    def test_copies_a_curl_command_that_runs_as_it_is(self):
        copied = self.copy(EVENTS, "Copy curl command")
        self.assertTrue("TenantRegion: EU" in copied, "the command lacks the region's header")
        ran = subprocess.run(["bash", "-c", copied], timeout=240, capture_output=True)
        self.assertEqual(ran.returncode, 0)
        last = self.vendors.log()["requests"][-1]
        self.assertEqual((last["path"], last["status"]), ("/api/rest/ping", 200))
        self.assert_is_copied(EVENTS, self.copy(EVENTS, "Copy header value"))

    def test_copies_by_key_where_no_letter_is_Latin_F104(self):
        self.addCleanup(use_keyboard, "us")
        # One account after the other, so that the clipboard tells each copy from the last one.
        for number, layout in enumerate(("ru", "gr", "il", "ara", "ua", "us,ru")):
            with self.subTest(layout):
                account = (VIDEO, PATTERN)[number % 2]
                self.app.select(account)
                use_keyboard(layout, switched="," in layout)
                press_keys(CTRL, C)
                wait_for("the copy", lambda: clipboard() == self.header_value(account))

    def test_reveals_a_token_for_a_while(self):
        self.app.select(EVENTS)
        self.app.panel.press_button("Reveal token")
        self.app.panel.button("Hide token")
        self.look("revealed")
        self.app.panel.button("Reveal token")
        self.app.panel.wait("Token, hidden")

    def test_hides_what_is_shown_when_the_screen_is_locked_F91(self):
        for _ in range(TRIES):
            begun = time.monotonic()
            self.assert_is_copied(VIDEO, self.copy(VIDEO))
            self.app.panel.press_button("Reveal token")
            self.app.panel.button("Hide token")
            subprocess.run(["gdbus", "emit", "--session", "--object-path", "/org/freedesktop/ScreenSaver", "--signal",
                            "org.freedesktop.ScreenSaver.ActiveChanged", "true"], timeout=240, check=True)
            self.app.panel.button("Reveal token")
            wait_for("an empty clipboard", lambda: not clipboard())
            # Before it would hide itself.
            if time.monotonic() - begun < REVEALED_FOR:
                return
        self.fail("it may have hidden itself")

    def test_clears_the_clipboard(self):
        self.app.window.press_button("More")
        self.app.choose("Settings")
        settings = self.app.wait_for_window("Settings")
        settings.wait("Seconds until the clipboard is cleared").set_number(CLIPBOARD_LIFE)
        self.look("settings")
        settings.press_button("Save")
        self.app.wait_until_closed("Settings")
        self.copy(VIDEO, "Copy token")
        self.app.wait_for_words("Clipboard clears in ")
        wait_for("an empty clipboard", lambda: not clipboard())
        self.assert_is_copied(VIDEO, self.copy(VIDEO, "Copy header value"))


class Keeping(WithAccounts):
    def test_keeps_the_secrets_in_the_keychain_alone(self):
        self.assertEqual(len(keychain.items()), len(self.app.accounts()))
        self.assertEqual(leaking_files(self.profile), [])

    def test_is_still_there_after_a_restart(self):
        self.assertNotEqual(self.copy(PATTERN), "")
        self.assertEqual(self.app.quit(), 0)
        wait_for("an empty clipboard after quitting", lambda: not clipboard())
        requests = len(self.vendors.log()["requests"])
        self.start()
        self.assertEqual(sorted(self.app.accounts()), sorted(ALL))
        for account in (PATTERN, EVENTS, VIDEO, WEBCASTS):
            with self.subTest(account):
                self.app.wait_for_cell(account, STATE, "Valid")
                self.assert_is_copied(account, self.copy(account))
        self.assertEqual(len(self.vendors.log()["requests"]), requests, "copying asked the vendor again")
        self.look("again")

    def test_removes_an_account_with_its_secrets(self):
        self.run_cli("add", "configapi", "Another", f"url={self.vendors.url}", "client_id=sheila", "--secret",
                     "client_secret", secrets=["CANARY-secret-sheila"])
        kept = len(keychain.items())
        self.app.select("Another")
        self.app.panel.press_button("Remove")
        dialog = self.app.wait_for_window("Remove Another")
        self.look("remove")
        dialog.press_button("Remove")
        wait_for("the account to go", lambda: "Another" not in self.app.accounts(), passing=GONE)
        wait_for("its item to go", lambda: len(keychain.items()) == kept - 1)

    def test_waits_for_a_keychain_that_hangs_F61(self):
        """R46: the window says so, is usable meanwhile, and goes on with the answer."""
        waiting = "Waiting for the keychain."
        fill_clipboard(BEFORE)
        with keychain.stopped():
            self.app.select(VIDEO)
            self.app.panel.press_button("Copy", starts=True)
            self.app.wait_for_words(waiting)
            self.app.select(EVENTS)
            self.app.panel.wait_for_words(self.redirects[EVENTS])
            self.look("keychain-hangs")
            self.assertEqual(clipboard(), BEFORE)
            self.assertTrue(self.app.window.says(waiting))
        self.app.wait_for_words(f"Copied “{VIDEO}”")
        self.assertFalse(self.app.window.says(waiting))
        self.assert_is_copied(VIDEO, clipboard())

    # F59: locked, the prompt dismissed, and then answered.
    def test_says_that_the_keychain_is_locked(self):
        self.app.quit()
        fill_clipboard(BEFORE)
        keychain.lock()
        self.start()
        self.assertEqual(len(self.app.accounts()), len(ALL))
        self.assertIn("expires in", self.app.cell(EVENTS, EXPIRY))
        self.app.select(EVENTS)
        self.app.panel.press_button("Copy", starts=True)
        self.app.wait_for_words("Waiting for the keychain.")
        self.look("asked-to-unlock")
        keychain.answer_prompt("Cancel")
        self.app.wait_for_words("The keychain stayed locked")
        self.assertEqual(clipboard(), BEFORE)
        self.look("still-locked")
        self.app.window.press_button("Try again")
        keychain.answer_prompt("Unlock", keychain.PASSWORD)
        self.app.wait_for_words(f"Copied “{EVENTS}”")
        self.assert_is_copied(EVENTS, clipboard())


if __name__ == "__main__":
    tell()
