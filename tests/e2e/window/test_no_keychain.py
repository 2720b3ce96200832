# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_no_keychain.py PROGRAM SIMULATOR COMMAND-LINE FOLDER-FOR-PICTURES [PART...]: what Latchkey does where nobody
keeps secrets, from the offers to the next run: in memory, with the other ways a code comes in (typed, and sent by
Priava on its own), and in an encrypted vault. Runs inside session.sh with LATCHKEY_KEYCHAIN=none. Nothing leaks
meanwhile (R48)."""

import sqlite3
import urllib.request
from contextlib import closing

import shared  # noqa

from accountwork import BRIGHT_PATTERN, PRIAVA, REV, fill, open_form, save_and_sign_in
from application import STATE
from story import Story, client, tell
from vendors import free_port

PATTERN, VIDEO, TYPED, SENT = "Contact centre", "Video", "Typed", "Sent"
UNLOCK, CREATE, PASSPHRASE = "Unlock the vault", "Create an encrypted vault", "CANARY-passphrase-1"
GIVEN = ["CANARY-given-1", "CANARY-given-2"]


class NoKeychain(Story):
    names_browser_in_environment = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.redirect = f"http://127.0.0.1:{free_port()}/video"
        cls.configure(client("configapi", "sheila", lifetime=3599),
                      client("priava", "events", region="US", lifetime=21600, codes=GIVEN,
                             redirect_uris=[cls.redirect]),
                      client("rev", "video", lifetime=10800, redirect_uris=[cls.redirect]))

    def offer(self):
        """The first account of a new profile is saved, and its token could not be kept."""
        self.new_profile()
        self.start()
        self.app.wait_for_words("No secrets are kept yet")
        form = open_form(self.app, BRIGHT_PATTERN, "Add the first account")
        fill(form, {"Name": PATTERN, "Host": self.vendors.url, "Login ID": "sheila",
                    "API secret": "CANARY-secret-sheila", "Scope": "acme.example"})
        form.press_button("Save")
        form.wait_for_words("There is no keychain.")
        return form

    def keep_in_memory(self):
        form = self.offer()
        form.button("Keep in memory for this run").press()
        self.wait_until_valid(PATTERN)

    def assert_copied_token(self, account, start):
        self.assertTrue(self.copy(account).startswith(start), "another text was copied")


class InMemory(NoKeychain):
    """R44: only by explicit choice."""

    def test_offers_memory_when_the_first_token_cannot_be_kept(self):
        """F57: nothing is kept anywhere before the user chose."""
        form = self.offer()
        memory = form.button("Keep in memory for this run")
        self.look("offered")
        memory.press()
        self.wait_until_valid(PATTERN)
        self.app.wait_for_words("Secrets are kept in memory for this run.")
        self.assert_copied_token(PATTERN, "Bearer CANARY-access-sheila-")
        self.app.wait_for_words("Secrets in memory, for this run only")
        self.look("kept-in-memory")

    def test_signs_in_as_well_and_says_in_the_next_run_that_the_secrets_are_gone(self):
        self.keep_in_memory()
        form = open_form(self.app, REV)
        fill(form, {"Name": VIDEO, "Rev address": self.vendors.url, "API key": "video",
                    "API secret": "CANARY-secret-video", "Redirect URI": self.redirect})
        self.assertIn("Signed in", self.sign_in(form)[1]["text"])
        self.wait_until_valid(VIDEO)
        self.assert_copied(self.copy(VIDEO), "VBrick", "video-1")

        self.assertEqual(self.app.quit(), 0)
        self.start()
        self.app.select(VIDEO)
        self.look("next-run")
        self.app.wait_for_cell(VIDEO, STATE, "Needs sign-in")


class Codes(NoKeychain):
    def setUp(self):
        self.keep_in_memory()

    def test_exchanges_a_typed_code(self):
        form = open_form(self.app, PRIAVA)
        fill(form, {"Name": TYPED, "Custom": True})
        fill(form, {"API address": self.vendors.url + "/api", "US (Americas)": True, "Client ID": "events",
                    "Client secret": "CANARY-secret-events", "Redirect URI": self.redirect, "Code": GIVEN[0]})
        self.look("typed-code")
        form.press_button("Save")
        self.wait_until_valid(TYPED)
        self.assert_copied_token(TYPED, "Bearer CANARY-access-events-")

    def test_asks_before_it_uses_a_code_that_priava_sent_on_its_own(self):
        form = open_form(self.app, PRIAVA)
        fill(form, {"Name": SENT, "Custom": True})
        fill(form, {"API address": self.vendors.url + "/api", "US (Americas)": True, "Client ID": "events",
                    "Client secret": "CANARY-secret-events", "Redirect URI": self.redirect})
        dialog = save_and_sign_in(self.app, form)
        dialog.wait_for_words("Waiting for the answer on")
        with urllib.request.urlopen(f"{self.redirect}?code={GIVEN[1]}", timeout=240) as page:
            self.assertIn("Confirm in Latchkey", page.read().decode())
        dialog.wait_for_words("A code arrived from the browser. Use it?")
        self.look("confirm")
        dialog.press_button("Yes, use it")
        self.wait_until_valid(SENT)
        self.assert_copied_token(SENT, "Bearer CANARY-access-events-")


class InVault(NoKeychain):
    """R44: on the user's word an encrypted vault takes the keychain's place."""

    def unlock(self):
        dialog = self.app.wait_for_window(UNLOCK)
        dialog.field("Passphrase").type(PASSPHRASE)
        dialog.press_button("Unlock")
        self.app.wait_until_closed(UNLOCK)

    def start_with_a_vault(self):
        """Which the command line made, and which is locked."""
        self.new_profile()
        words = self.profiles.with_name("words")
        words.write_text(PASSPHRASE + "\n")
        vault = ["--store", "vault", "--passphrase-file", str(words)]
        self.run_cli("add", "configapi", PATTERN, f"url={self.vendors.url}", "client_id=sheila", "--secret",
                     "client_secret", *vault, secrets=["CANARY-secret-sheila"])
        self.run_cli("token", PATTERN, *vault)
        self.start()
        self.app.wait_for_words("The vault is locked.")

    def test_creates_a_vault_when_the_first_token_cannot_be_kept(self):
        form = self.offer()
        self.app.wait_for_words("There is no keychain: no secrets are kept yet")
        self.look("vault-offered")
        with closing(sqlite3.connect(self.profile / "profile.sqlite")) as profile:
            made = profile.execute("SELECT count(*) FROM vault").fetchone()[0]
        self.assertEqual(made, 0, "a vault was made before the user asked for one")
        form.press_button("Create an encrypted vault…")
        dialog = self.app.wait_for_window(CREATE)
        dialog.field("New passphrase").type(PASSPHRASE)
        dialog.field("New passphrase again").type(PASSPHRASE)
        self.look("vault-passphrase")
        dialog.press_button("Create vault")
        self.app.wait_until_closed(CREATE)
        self.wait_until_valid(PATTERN)
        self.app.wait_for_words("Secrets in the vault, open")
        self.assert_copied_token(PATTERN, "Bearer CANARY-access-sheila-")
        self.look("vault-open")

    def test_asks_for_the_passphrase_of_a_locked_one_and_goes_on(self):
        self.start_with_a_vault()
        self.look("vault-locked")
        self.app.select(PATTERN)
        self.app.panel.press_button("Refresh")
        self.unlock()
        self.app.wait_for_words(f"Refreshed “{PATTERN}”.")
        self.app.wait_for_words("Secrets in the vault, open")
        self.app.window.press_button("Lock the vault")
        self.app.wait_for_words("The vault is locked.")

    def test_asks_again_in_the_next_run(self):
        self.start_with_a_vault()
        self.app.window.press_button("Unlock…")
        self.unlock()
        self.assertEqual(self.app.quit(), 0)
        self.start()
        self.app.wait_for_words("The vault is locked.")
        self.look("vault-next-run")
        self.app.window.press_button("Unlock…")
        self.unlock()
        self.assert_copied_token(PATTERN, "Bearer CANARY-access-sheila-")


if __name__ == "__main__":
    tell()
