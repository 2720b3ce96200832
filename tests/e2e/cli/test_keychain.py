# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_keychain.py PROGRAM SIMULATOR: the command line while the keychain hangs or is out of reach."""

import hashlib
import os
import sqlite3
import threading
import time
import unittest
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import shared  # noqa

import secretservice
from clistory import CONFIGAPI, CliStory, tell
from commandline import DONE, SECRET_STORE, CommandLine
from vendors import client

NOWHERE = "unix:path=/nonexistent/bus"


class Stranger(HTTPServer):
    """Another address, and how often it was asked for anything."""

    def __init__(self):
        self.asked = []
        asked = self.asked

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self):
                asked.append(self.path)
                self.send_error(400)
            do_GET = do_POST

            def log_message(self, *_):
                pass
        super().__init__(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


def checksum(row):
    """As core/io/profile/accountrows reckons it."""
    texts = [None if value is None else str(value).encode() for value in row]
    parts = [b"-" if text is None else b"%d:%s" % (len(text), text) for text in texts]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


def readdress(profile, old, new, *, with_checksums):
    """What any program of the user can do to the profile; one that knows the checksums writes those too."""
    for file in filter(Path.exists, (profile / "profile.sqlite", profile / "profile.sqlite.backup")):
        with closing(sqlite3.connect(file)) as database:
            database.execute("UPDATE account SET fields = replace(fields, ?, ?)", (old, new))
            for row in database.execute("SELECT * FROM account").fetchall() if with_checksums else ():
                database.execute("UPDATE account SET sum = ? WHERE id = ?", (checksum(row[:-1]), row[0]))
            database.commit()


class Keychain(CliStory):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendors.configure({"clients": []})

    def test_says_that_it_waits_and_goes_on(self):
        """F61: a keychain that hangs is waited for, which is said after two seconds."""
        self.add_configapi("waited")
        self.assertEqual(self.cli.run("token", "waited").status, DONE)
        with secretservice.stopped():
            begun = time.monotonic()
            process = self.cli.start("token", "waited")
            self.assertIn(b"Waiting for the keychain", process.stderr.readline())
            self.assertGreater(time.monotonic() - begun, 1.8)
        self.assert_token(self.cli.end(process, ["token"]), "CANARY-access-waited-1")

    def test_sends_nothing_where_the_profile_names_another_address(self):
        """F107: the address was changed in the profile's file, with and without its checksum."""
        stranger = Stranger()
        self.addCleanup(stranger.server_close)
        self.addCleanup(stranger.shutdown)
        phrase = self.folder / "phrase"
        phrase.write_text("CANARY passphrase of four words\n")
        for store, more in ("keychain", []), ("vault", ["--store", "vault", "--passphrase-file", str(phrase)]):
            for with_checksums in False, True:
                with self.subTest(store, with_checksums=with_checksums):
                    profile = self.folder / f"readdressed-{store}-{with_checksums}"
                    self.refuses_another_address(CommandLine(self.program, profile), profile, more, stranger, with_checksums)
        self.assertEqual(stranger.asked, [])

    def refuses_another_address(self, cli, profile, more, stranger, with_checksums):
        name = profile.name
        self.configure(client("configapi", name))
        added = cli.run("add", "configapi", name, f"url={self.vendors.url}", f"client_id={name}", "allow_http=true",
                        "--secret", "client_secret", *more, stdin=f"CANARY-secret-{name}\n")
        self.assertEqual(added.status, DONE, added.err)
        self.assertEqual(cli.run("token", name, *more).status, DONE)
        count = self.vendors.count(CONFIGAPI)

        readdress(profile, self.vendors.url, stranger.url, with_checksums=with_checksums)

        for words in (["token", name], ["token", name, "--min-life", "10h"], ["refresh", name], ["test", name]):
            self.assertNotEqual(cli.run(*words, *more).status, DONE)
        if not with_checksums:
            return  # such a profile is damaged, its backups too, and nothing is read from it
        ran = cli.run("token", name, *more)
        self.assert_nothing_out(ran, SECRET_STORE)
        self.assertIn(self.vendors.url, ran.err)
        self.assertIn(stranger.url, ran.err)
        self.assertEqual(self.vendors.count(CONFIGAPI), count)
        # Whoever types a secret and no address does not see where it would go.
        blind = cli.run("edit", name, "--secret", "client_secret", *more, stdin=f"CANARY-secret-{name}\n")
        self.assertEqual(blind.status, SECRET_STORE, blind.err)
        self.assertIn(stranger.url, blind.err)
        # The user's word binds it again: a typed secret, or here the former address with it.
        back = cli.run("edit", name, f"url={self.vendors.url}", "--secret", "client_secret", *more,
                       stdin=f"CANARY-secret-{name}\n")
        self.assertEqual(back.status, DONE, back.err)
        self.assertEqual(cli.run("token", name, *more).status, DONE)

    def test_shows_the_accounts_without_the_keychain(self):
        """F56, F61: what is no secret needs no keychain, and the start is not kept up by it: one that never answers is
        not waited for."""
        self.add_configapi("listed")
        with secretservice.stopped():
            self.assert_lists(self.cli.environment)
        self.assert_lists({**self.cli.environment, "DBUS_SESSION_BUS_ADDRESS": NOWHERE})

    def assert_lists(self, environment):
        ran = self.cli.run("accounts", env=environment)
        self.assertEqual((ran.status, ran.err), (DONE, ""))
        self.assertIn("listed", ran.out)

    def test_says_at_once_that_there_is_no_bus(self):
        """F56: no session bus."""
        self.add_configapi("nobus")
        for address in (NOWHERE, "disabled:"):
            with self.subTest(address):
                environment = {**self.cli.environment, "DBUS_SESSION_BUS_ADDRESS": address}
                ran = self.cli.run("token", "nobus", env=environment)
                self.assert_nothing_out(ran, SECRET_STORE)
                self.assertIn("without a session bus", ran.err)
                self.assertIn("--store vault", ran.err)

    @unittest.skipUnless(os.environ.get("LATCHKEY_LONG"), "the full wait")
    def test_ends_the_full_wait(self):
        """F61: a keychain that hangs for good ends the command, with its own status."""
        self.add_configapi("given-up")
        with secretservice.stopped():
            ran = self.cli.run("token", "given-up")
        self.assert_nothing_out(ran, SECRET_STORE)
        self.assertIn("Waiting for the keychain", ran.err)
        self.assertIn("did not answer in time", ran.err)


if __name__ == "__main__":
    tell()
