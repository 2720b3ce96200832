# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_no_keychain.py PROGRAM SIMULATOR [FOLDER FOR PICTURES]: what Latchkey does where nobody keeps
secrets, from the offers to the next run: in memory, with the other ways a code comes in (typed, and sent by Priava on
its own), and in an encrypted vault. Runs inside session.sh with LATCHKEY_KEYCHAIN=none."""

import urllib.request

from accountwork import BRIGHT_PATTERN, PRIAVA, REV, fill, free_port, open_form, save_and_sign_in
from desk import STATE
from story import Story, client, tell

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
        cls.start()

    def test_1_offers_memory_when_the_first_token_cannot_be_kept(self):
        """F57, R44: nothing is kept anywhere before the user chose."""
        self.desk.wait_for_words("No secrets are kept yet")
        form = open_form(self.desk, BRIGHT_PATTERN, "Add the first account")
        fill(form, {"Name": PATTERN, "Host": self.vendors.url, "Login ID": "sheila",
                    "API secret": "CANARY-secret-sheila", "Scope": "acme.example"})
        form.press_button("Save")
        form.wait_for_words("There is no keychain.")
        memory = form.button("Keep in memory for this run")
        self.look("1-offered")
        memory.press()
        self.wait_until_valid(PATTERN)
        self.desk.wait_for_words("Secrets are kept in memory for this run.")
        self.assertTrue(self.copy(PATTERN).startswith("Bearer CANARY-access-sheila-"), "another text was copied")
        self.desk.wait_for_words("Secrets in memory, for this run only")
        self.look("1-kept-in-memory")

    def test_2_signs_in_as_well(self):
        form = open_form(self.desk, REV)
        fill(form, {"Name": VIDEO, "Rev address": self.vendors.url, "API key": "video",
                    "API secret": "CANARY-secret-video", "Redirect URI": self.redirect})
        self.assertIn("Signed in", self.sign_in(form)[1]["text"])
        self.wait_until_valid(VIDEO)
        self.assert_copied(self.copy(VIDEO), "VBrick", "video-1")

    def test_3_exchanges_a_typed_code(self):
        form = open_form(self.desk, PRIAVA)
        fill(form, {"Name": TYPED, "Custom": True})
        fill(form, {"API address": self.vendors.url + "/api", "US (Americas)": True, "Client ID": "events",
                    "Client secret": "CANARY-secret-events", "Redirect URI": self.redirect, "Code": GIVEN[0]})
        self.look("3-typed-code")
        form.press_button("Save")
        self.wait_until_valid(TYPED)
        self.assert_copied(self.copy(TYPED), "Bearer", "events-1")

    def test_4_asks_before_it_uses_a_code_that_priava_sent_on_its_own(self):
        form = open_form(self.desk, PRIAVA)
        fill(form, {"Name": SENT, "Custom": True})
        fill(form, {"API address": self.vendors.url + "/api", "US (Americas)": True, "Client ID": "events",
                    "Client secret": "CANARY-secret-events", "Redirect URI": self.redirect})
        dialog = save_and_sign_in(self.desk, form)
        dialog.wait_for_words("Waiting for the answer on")
        with urllib.request.urlopen(f"{self.redirect}?code={GIVEN[1]}", timeout=60) as page:
            self.assertIn("Confirm in Latchkey", page.read().decode())
        dialog.wait_for_words("A code arrived from the browser. Use it?")
        self.look("4-confirm")
        dialog.press_button("Yes, use it")
        self.wait_until_valid(SENT)
        self.assert_copied(self.copy(SENT), "Bearer", "events-2")

    def test_5_says_in_the_next_run_that_the_secrets_are_gone(self):
        self.assertEqual(self.desk.quit(), 0)
        self.start()
        self.desk.select(VIDEO)
        self.look("5-next-run")
        self.desk.wait_for_cell(VIDEO, STATE, "Needs sign-in")

    def test_6_leaks_nothing_R48(self):
        self.assert_nothing_leaked()


class VaultWithoutKeychain(Story):
    """R44: on the user's word an encrypted vault takes the keychain's place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.configure(client("configapi", "sheila", lifetime=3599))
        cls.start()

    def unlock(self):
        dialog = self.desk.wait_for_window(UNLOCK)
        dialog.field("Passphrase").type(PASSPHRASE)
        dialog.press_button("Unlock")
        self.desk.wait_until_closed(UNLOCK)

    def test_1_creates_a_vault_when_the_first_token_cannot_be_kept(self):
        form = open_form(self.desk, BRIGHT_PATTERN, "Add the first account")
        fill(form, {"Name": PATTERN, "Host": self.vendors.url, "Login ID": "sheila",
                    "API secret": "CANARY-secret-sheila", "Scope": "acme.example"})
        form.press_button("Save")
        form.wait_for_words("There is no keychain.")
        self.desk.wait_for_words("There is no keychain: no secrets are kept yet")
        self.look("vault-1-offered")
        self.assertFalse(list(self.profile.glob("*.vault")), "a vault was made before the user asked for one")
        form.press_button("Create an encrypted vault…")
        dialog = self.desk.wait_for_window(CREATE)
        dialog.field("New passphrase").type(PASSPHRASE)
        dialog.field("New passphrase again").type(PASSPHRASE)
        self.look("vault-1-passphrase")
        dialog.press_button("Create vault")
        self.desk.wait_until_closed(CREATE)
        self.wait_until_valid(PATTERN)
        self.desk.wait_for_words("Secrets in the vault, open")
        self.assertTrue(self.copy(PATTERN).startswith("Bearer CANARY-access-sheila-"), "another text was copied")
        self.look("vault-1-open")

    def test_2_asks_for_the_passphrase_of_a_locked_one_and_goes_on(self):
        self.desk.window.press_button("Lock the vault")
        self.desk.wait_for_words("The vault is locked.")
        self.look("vault-2-locked")
        self.desk.panel.press_button("Refresh")
        self.unlock()
        self.desk.wait_for_words(f"Refreshed “{PATTERN}”.")
        self.desk.wait_for_words("Secrets in the vault, open")

    def test_3_asks_again_in_the_next_run(self):
        self.assertEqual(self.desk.quit(), 0)
        self.start()
        self.desk.wait_for_words("The vault is locked.")
        self.look("vault-3-next-run")
        self.desk.window.press_button("Unlock…")
        self.unlock()
        self.assertTrue(self.copy(PATTERN).startswith("Bearer CANARY-access-sheila-"), "another text was copied")

    def test_4_leaks_nothing(self):
        self.assert_nothing_leaked()


if __name__ == "__main__":
    tell()
