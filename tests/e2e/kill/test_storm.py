# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_storm.py PROGRAM SIMULATOR KILLPOINT [PART...]: many processes at one session of a vendor that ends it when a
refresh token comes twice (RFC 9700, section 4.14.2). The vendor counts. Runs in keyring-session.sh; with
LATCHKEY_LONG=1 for longer."""

import os
import re
import signal
import time
from datetime import datetime
from pathlib import Path

import shared  # noqa

import secretservice
from commandline import DONE, NETWORK, SECRET_STORE, SIGN_IN_NEEDED
from keepers import Keychain, Vault
from kills import KillStory, tell
from waiting import wait_for

ROUNDS = 8 if os.environ.get("LATCHKEY_LONG") == "1" else 1
AT_ONCE = 20
NAME = "subject"
# Where less is left a new token is asked for; the tokens that are given out live for this long.
LIFE = 2


class Crowd(KillStory):
    def begin(self, keeper):
        self.room = self.make_room(f"storm-{keeper.name}", keeper)
        self.room.configure(lifetime=LIFE)
        self.room.add(NAME)
        self.room.sign_in(NAME)

    def wait_for_expiry(self):
        """Until the very moment."""
        told = self.room.account(NAME)["expires_at"]
        end = datetime.fromisoformat(told.replace("Z", "+00:00")).timestamp()
        wait_for("the moment of expiry", lambda: time.time() >= end)

    def storm(self, fault="", between=None, count=AT_ONCE):
        """What became of so many who want a token at the moment of expiry, and how many requests they made."""
        room = self.room
        self.wait_for_expiry()
        room.configure(fault=fault, lifetime=3600)
        before = room.requests()
        running = [room.start("token", NAME, "--min-life", "1s") for _ in range(count)]
        if between:
            wait_for("the request", lambda: room.requests() > before)
            between()
        ended = [room.end(process, "token") for process in running]
        room.configure(fault="", lifetime=LIFE)
        return ended, room.requests() - before

    def holder(self):
        """The process that has the account's lock; 0: nobody."""
        file = Path(os.environ["XDG_RUNTIME_DIR"], "latchkey", f"{self.room.id_of(NAME)}.lock").stat().st_ino
        found = re.search(rf"FLOCK +ADVISORY +WRITE (\d+) [0-9a-f]+:[0-9a-f]+:{file} ",
                          Path("/proc/locks").read_text(encoding="utf-8"))
        return int(found[1]) if found else 0

    def assert_one_token(self, ended):
        printed = {ran.out for ran in ended if ran.out}
        self.assertEqual(len(printed), 1, "they printed different tokens")
        self.assertTrue(self.room.accepts(printed.pop().strip()), "the vendor does not take what was printed")

    def let_expire_soon(self):
        """The next token lives for LIFE again."""
        ran = self.room.run("refresh", NAME)
        self.assertEqual(ran.status, DONE, ran.err)

    def assert_never_twice(self):
        self.assertEqual(self.room.reused(), 0, "a refresh token came twice")

    def assert_unknown(self, ended, requests):
        """One request, and nobody who goes on to send another."""
        self.assertEqual(requests, 1)
        self.assertEqual({ran.out for ran in ended}, {""}, "a token was printed that nobody can have")
        self.assertEqual({ran.status for ran in ended} - {-signal.SIGKILL}, {NETWORK})
        account = self.room.account(NAME)
        self.assertEqual(account["last_error"]["kind"], "AnswerIncomplete")
        self.assertFalse(account["needs_sign_in"])
        self.assert_never_twice()

    def sign_in_again(self):
        self.room.sign_in(NAME)
        self.assert_never_twice()

    def one_request_at_expiry(self):
        ended, requests = self.storm("slow:500")
        self.assertEqual([ran.status for ran in ended], [DONE] * AT_ONCE)
        self.assertEqual(requests, 1)
        self.assert_one_token(ended)
        self.let_expire_soon()
        self.assert_never_twice()

    def answer_lost(self, fault):
        ended, requests = self.storm(fault)
        self.assertEqual(len(ended), AT_ONCE)
        self.assert_unknown(ended, requests)

    def holder_killed(self):
        # It holds the lock as long as the answer is held.
        ended, requests = self.storm("hold", lambda: os.kill(wait_for("the holder", self.holder), signal.SIGKILL))
        self.assertIn(-signal.SIGKILL, [ran.status for ran in ended])
        self.assert_unknown(ended, requests)

    def keychain_locked(self):
        """Who has the new token keeps it until it can be stored; nobody asks for another meanwhile."""
        def lock_for_a_while():
            holder = self.holder()
            secretservice.lock()
            self.vendors.release()
            # Others follow it, and it does not try to store the token for long.
            wait_for("the answer to be there", lambda: self.holder() != holder)
            secretservice.unlock()
        ended, requests = self.storm("hold", lock_for_a_while)
        self.assertEqual(requests, 1)
        # Those behind the holder are told that the new token is not stored: a process that sends the old one ends it.
        self.assertLessEqual({ran.status for ran in ended}, {DONE, NETWORK, SECRET_STORE, SIGN_IN_NEEDED})
        self.assert_one_token(ended)
        printed = next(ran.out for ran in ended if ran.out)
        self.assertTrue(self.room.run("token", NAME, "--min-life", "0s").out == printed, "what was printed is not kept")
        self.assertIsNone(self.room.account(NAME)["last_error"])
        self.let_expire_soon()
        self.assert_never_twice()


class Storm(Crowd):
    def test_r38_f76_one_request_at_the_moment_of_expiry(self):
        self.begin(Keychain)
        for _ in range(ROUNDS):
            self.one_request_at_expiry()

    def test_r38_r40_f22_a_storm_sends_nothing_twice(self):
        self.begin(Keychain)
        for _ in range(ROUNDS):
            for fault in ("close_after", "close"):
                self.answer_lost(fault)
                self.sign_in_again()
            self.holder_killed()
            self.sign_in_again()
            self.keychain_locked()  # R41
            self.one_request_at_expiry()


class VaultStorm(Crowd):
    def test_r38_f76_one_request_at_the_moment_of_expiry_from_a_vault(self):
        self.begin(Vault)
        for _ in range(ROUNDS):
            self.one_request_at_expiry()

    def test_r38_r40_f22_nor_from_a_vault(self):
        self.begin(Vault)
        for _ in range(ROUNDS):
            self.answer_lost("close_after")
            self.sign_in_again()
            self.holder_killed()
            self.sign_in_again()


class OneAtATime(Crowd):
    def test_r39_r40_the_users_own_try(self):
        """Twice the connection was cut: before the vendor changed anything, and behind that."""
        self.begin(Keychain)
        self.answer_lost("close")
        self.let_expire_soon()
        self.assert_never_twice()
        self.answer_lost("close_after")
        kept = self.room.keeper.secrets(self.room.id_of(NAME))
        ran = self.room.run("refresh", NAME)
        self.assertEqual((ran.status, ran.out), (SIGN_IN_NEEDED, ""))
        self.assertEqual(self.room.reused(), 1)
        self.assertTrue(self.room.account(NAME)["needs_sign_in"])
        self.assertTrue(self.room.keeper.secrets(self.room.id_of(NAME)) == kept, "the old data was not kept")
        # Nobody else tries again what was refused for good.
        requests = self.room.requests()
        for _ in range(3):
            ran = self.room.run("token", NAME)
            self.assertEqual(ran.status, SIGN_IN_NEEDED, ran.err)
        self.assertEqual(self.room.requests(), requests)
        self.room.sign_in(NAME)
        self.let_expire_soon()
        self.assertEqual(self.room.reused(), 1)

    def test_r37_f61_nothing_is_shown_before_it_is_stored(self):
        """The keychain stops while the vendor answers: neither the new token nor its facts are told anywhere."""
        self.begin(Keychain)
        self.room.configure(fault="hold", lifetime=3600)
        before, told = self.room.requests(), self.room.account(NAME)
        daemon = secretservice.process_id()
        process = self.room.start("token", NAME, "--refresh")
        try:
            wait_for("the request", lambda: self.room.requests() > before)
            os.kill(daemon, signal.SIGSTOP)
            self.vendors.release()
            seen = time.monotonic()
            os.set_blocking(process.stdout.fileno(), False)

            def is_late():
                self.assertTrue(process.stdout.read() in (None, b""), "a token that is not stored was printed")
                now = self.room.account(NAME)
                self.assertEqual(now["last_refresh"], told["last_refresh"], "shown as refreshed")
                self.assertEqual(now["expires_at"], told["expires_at"], "shown as refreshed")
                return time.monotonic() - seen > 2.5
            wait_for("time enough for the answer to come", is_late)
            self.assertIsNone(process.poll())
            os.set_blocking(process.stdout.fileno(), True)
        finally:
            os.kill(daemon, signal.SIGCONT)
        ran = self.room.end(process, "token")
        self.assertEqual(ran.status, DONE, ran.err)
        kept = self.room.keeper.secrets(self.room.id_of(NAME))["token"]
        self.assertTrue(ran.out == kept["access_token"] + "\n", "another token than the stored was printed")
        self.assertNotEqual(self.room.account(NAME)["expires_at"], told["expires_at"])
        self.assert_never_twice()


if __name__ == "__main__":
    tell()
