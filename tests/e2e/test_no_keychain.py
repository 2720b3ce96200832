# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_no_keychain.py PROGRAM SIMULATOR [FOLDER FOR PICTURES]: what Latchkey does where nobody keeps secrets.
Runs inside session.sh with LATCHKEY_KEYCHAIN=none."""

from accountwork import BRIGHT_PATTERN, REV, fill, free_port, open_form
from desk import STATE
from story import Story, client, tell

PATTERN, VIDEO = "Contact centre", "Video"


class NoKeychain(Story):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.redirect = f"http://127.0.0.1:{free_port()}/video"
        cls.configure(client("configapi", "sheila", lifetime=3599),
                      client("rev", "video", lifetime=10800, redirect_uris=[cls.redirect]))
        cls.start()

    def test_1_offers_memory_when_the_first_token_cannot_be_kept(self):
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
        self.look("1-kept-in-memory")

    def test_2_signs_in_as_well(self):
        form = open_form(self.desk, REV)
        fill(form, {"Name": VIDEO, "Rev address": self.vendors.url, "API key": "video",
                    "API secret": "CANARY-secret-video", "Redirect URI": self.redirect})
        self.assertIn("Signed in", self.sign_in(form)[1]["text"])
        self.wait_until_valid(VIDEO)
        self.assert_copied(self.copy(VIDEO), "VBrick", "video-1")

    def test_3_says_in_the_next_run_that_the_secrets_are_gone(self):
        self.assertEqual(self.desk.quit(), 0)
        self.start()
        self.desk.select(VIDEO)
        self.look("3-next-run")
        self.desk.wait_for_cell(VIDEO, STATE, "Needs sign-in")

    def test_4_leaks_nothing(self):
        self.assert_nothing_leaked()


if __name__ == "__main__":
    tell()
