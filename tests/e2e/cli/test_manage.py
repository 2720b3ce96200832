# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_manage.py PROGRAM SIMULATOR: how accounts are kept from the command line, with the real program, a real
keychain and the vendors' stand-ins. Runs inside keyring-session.sh."""

import json
import os
import pty
import select
import sqlite3
import stat
import subprocess
import sys
import tempfile
import unittest
from contextlib import closing
from pathlib import Path

import shared  # noqa

import parts
from leaks import holds_secret, leaking_files
from secretservice import items, lock, unlock
from vendors import Vendors
from waiting import wait_for

PROGRAM, SIMULATOR, *PARTS = sys.argv[1:]
CENTRE, HARD = "Contact centre", "It's \"hard\" $HOME \\ 日本"
SECRET, PASSPHRASE = "CANARY-secret-robot", "CANARY passphrase 1"
TOKEN_PATH = "/configapi/v2/oauth/token"


def client(name, **more):
    return {"vendor": "configapi", "id": name, "secret": f"CANARY-secret-{name}", "lifetime": 3599,
            "next_access_tokens": [f"CANARY-access-{name}-{at}" for at in range(1, 10)], **more}


class Done:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def json(self):
        return json.loads(self.out)

    def error(self):
        return json.loads(self.err.strip().splitlines()[-1])["error"]


class Terminal:
    """The program with standard input and error on a terminal; standard output stays a pipe."""

    def __init__(self, *words):
        self._end, other = pty.openpty()
        self._process = subprocess.Popen([PROGRAM, *words], stdin=other, stderr=other, stdout=subprocess.PIPE,
                                         start_new_session=True)
        os.close(other)
        self.shown = ""

    def wait_for(self, words):
        def look():
            if select.select([self._end], [], [], 0)[0]:
                self.shown += os.read(self._end, 4096).decode()
            return words in self.shown
        wait_for(f"the question {words}", look, passing=(OSError,))

    def type(self, text):
        os.write(self._end, text.encode())

    def end(self):
        out = self._process.communicate(timeout=240)[0].decode()
        while select.select([self._end], [], [], 0)[0]:
            try:
                self.shown += os.read(self._end, 4096).decode()
            except OSError:
                break
        os.close(self._end)
        return Done(self._process.returncode, out, self.shown)


class Manage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vendors = Vendors(SIMULATOR)
        cls.addClassCleanup(cls.vendors.stop)
        cls.said = []

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="latchkey-e2e-")
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.profile = self.folder / "profile"
        self.vendors.configure({"reset": True, "users": {}, "clients": [
            client("robot"), client("robot2"), client("hostile", next_access_tokens=["CANARY-access-{{x}}${X}"]),
            client("events", vendor="priava", region="EU", codes=["CANARY-given"],
                   next_refresh_tokens=["CANARY-refresh-1"], redirect_uris=["http://127.0.0.1:23456/x"])]})
        self.url = [f"url={self.vendors.url}", "scope=acme.example"]

    def tearDown(self):
        # The profile and all that was printed; what was exported is meant to hold tokens.
        self.assertEqual(leaking_files(self.profile), [])
        self.assertEqual(sum(holds_secret(text) for text in self.said), 0, "a secret was printed")

    def run_cli(self, *words, given="", status=0, profile=None, prints_token=False, reports=False):
        ran = subprocess.run([PROGRAM, "--profile", str(profile or self.profile), *map(str, words)], input=given,
                             capture_output=True, text=True, timeout=240)
        self.said.append(ran.stderr)
        if not prints_token:
            self.said.append(ran.stdout)
        self.assertEqual(ran.returncode, status, ran.stderr)
        if status and not reports:
            self.assertEqual(ran.stdout, "", "a failure printed to standard output")
        return Done(ran.returncode, ran.stdout, ran.stderr)

    def add(self, name=CENTRE, robot="robot", **more):
        return self.run_cli("add", "configapi", name, *self.url, f"client_id={robot}", "--secret", "client_secret",
                            given=f"CANARY-secret-{robot}\n", **more)

    def account(self, name=CENTRE):
        return next((one for one in self.run_cli("accounts", "--json").json() if one["name"] == name), None)

    def file(self, name, content):
        path = self.folder / name
        path.write_text(content)
        return path

    # --- accounts ---

    def test_adds_an_account_without_a_request_and_keeps_its_secret_in_the_keychain(self):
        before = len(items())
        self.assertIn("Added", self.add().err)
        self.assertEqual(len(items()), before + 1)
        self.assertEqual(self.vendors.count(TOKEN_PATH), 0)
        self.assertEqual(self.account()["fields"]["client_id"], "robot")
        self.assertTrue(self.run_cli("token", CENTRE, prints_token=True).out.startswith("CANARY-access-robot-1"))

    def test_reads_secrets_from_lines_and_files_in_their_order(self):
        secret = self.file("secret", f"{SECRET}\r\nnot this\n")
        self.run_cli("add", "configapi", CENTRE, *self.url, "client_id=robot", "--secret-file",
                     f"client_secret={secret}")
        self.assertTrue(self.run_cli("token", CENTRE, prints_token=True).out.startswith("CANARY-access-robot-1"))
        self.run_cli("add", "priava", "Events", "region=EU", "client_id=events", "redirect_uri=http://127.0.0.1:23456/x",
                     f"url={self.vendors.url}/api", "--secret", "code", "--secret", "client_secret",
                     given="CANARY-given\nCANARY-secret-events\n")
        self.assertTrue(self.run_cli("token", "Events", prints_token=True).out.startswith("CANARY-access-events-1"))

    def test_refuses_what_does_not_fit_and_adds_nothing(self):
        self.add()
        rows = {
            "R56 a secret as an argument": (["add", "configapi", "A", *self.url, "client_id=x",
                                             "client_secret=CANARY-argument"], ["client_secret", "--secret"]),
            "an unknown field": (["add", "configapi", "A", *self.url, "hots=x"], ["hots"]),
            "several at once": (["add", "configapi", "A", "url=ftp://x", "hots=x", "client_id=a"], ["hots"]),
            "a value": (["add", "configapi", "A", "url=ftp://x", "client_id=a"], ["url:"]),
            "two values": (["add", "configapi", "-".join("A" * 60), "url=ftp://x", "client_id=a"], ["url:", "name:"]),
            "a taken name": (["add", "configapi", "CONTACT Centre", *self.url, "client_id=x"], ["name:"]),
            "no such provider": (["add", "acme", "A"], ["acme"]),
            "input that ended": (["add", "configapi", "A", *self.url, "client_id=x", "--secret", "client_secret"],
                                 ["client_secret"]),
            "no such file": (["add", "configapi", "A", *self.url, "client_id=x", "--secret-file", "client_secret=/no"],
                             ["client_secret", "/no"]),
            "nothing to change": (["edit", CENTRE], ["nothing to change"]),
            "a field of no account": (["edit", CENTRE, "hots=x"], ["hots"]),
            "no new name": (["rename", CENTRE], ["NEW"]),
            "a name with a line end": (["rename", CENTRE, "a\nb"], ["name:"]),
        }
        for row, (words, named) in rows.items():
            with self.subTest(row):
                said = self.run_cli(*words, status=2).err
                for word in named:
                    self.assertIn(word, said)
                error = self.run_cli(*words, "--json", status=2).err if row != "no new name" else None
                self.assertTrue(error is None or json.loads(error)["error"]["exit_status"] == 2)
        self.assertEqual(len(self.run_cli("accounts", "--json").json()), 1)

    def test_says_what_an_account_lacks(self):
        added = self.run_cli("add", "configapi", CENTRE, *self.url, "client_id=robot")
        self.assertIn(f"latchkey-cli edit '{CENTRE}' --secret client_secret", added.err)
        self.assertEqual(self.account()["missing_secrets"], ["client_secret"])
        self.run_cli("token", CENTRE, status=4)
        self.assertEqual(self.vendors.count(TOKEN_PATH), 0)
        self.run_cli("edit", CENTRE, "--secret", "client_secret", given=f"{SECRET}\n")
        self.run_cli("token", CENTRE, prints_token=True)

    def test_changes_what_is_named_and_keeps_the_rest(self):
        self.add()
        self.run_cli("refresh", CENTRE)
        self.run_cli("edit", CENTRE, f"test_url={self.vendors.url}/configapi/v4/users")
        self.assertEqual(self.account()["state"], "valid")
        moved = self.run_cli("edit", CENTRE, "url=https://elsewhere.example.com", status=2)
        self.assertIn("client_secret: The address changed", moved.err)
        self.assertIn("dropped", self.run_cli("edit", CENTRE, "client_id=robot2", "--secret", "client_secret",
                                              given="CANARY-secret-robot2\n").err)
        self.assertEqual(self.account()["expires_at"], None)
        self.assertTrue(self.run_cli("token", CENTRE, prints_token=True).out.startswith("CANARY-access-robot2-1"))
        self.run_cli("edit", "Nobody", "client_id=x", status=3)

    def test_renames_and_removes_whatever_the_name(self):
        self.add(HARD)
        before = len(items())
        self.assertEqual(self.run_cli("accounts", "--names").out, HARD + "\n")
        self.run_cli("rename", HARD, CENTRE)
        self.run_cli("rename", CENTRE.upper(), HARD)
        self.assertEqual(len(items()), before)
        self.assertIn("--yes", self.run_cli("remove", HARD, status=2).err)
        self.assertIn("secret stays valid", self.run_cli("remove", HARD, "--yes").err)
        self.assertEqual(len(items()), before - 1)
        self.run_cli("remove", HARD, "--json", "--yes", status=3)
        self.assertEqual(self.run_cli("accounts").out, "")

    def test_asks_on_a_terminal_and_echoes_no_secret(self):
        asked = Terminal("--profile", str(self.profile), "add", "configapi", CENTRE, *self.url, "client_id=robot",
                         "--secret", "client_secret")
        asked.wait_for("API secret: ")
        asked.type(f"{SECRET}\n")
        done = asked.end()
        self.said.append(done.err)
        self.assertEqual((done.status, done.out), (0, ""), done.err)
        for answer, status in (("n\n", 8), ("y\n", 0)):
            asked = Terminal("--profile", str(self.profile), "remove", CENTRE)
            asked.wait_for("[y/N] ")
            self.assertIn("stays valid", asked.shown)
            asked.type(answer)
            self.assertEqual(asked.end().status, status)
        self.assertEqual(self.account(), None)

    def test_removes_only_what_it_asked_about(self):
        self.add()
        for change in (["rename", CENTRE, "Another"], ["edit", "Another", "client_id=robot2"]):
            name = change[1]
            asked = Terminal("--profile", str(self.profile), "remove", name)
            asked.wait_for("[y/N] ")
            self.run_cli(*change)
            asked.type("y\n")
            done = asked.end()
            self.assertEqual(done.status, 1)
            self.assertIn("changed meanwhile", done.err)
        self.run_cli("remove", "Another", "--yes")

    def test_lists_and_filters(self):
        self.add()
        self.add(HARD, "robot2")
        self.run_cli("refresh", CENTRE)
        self.assertEqual([len(self.run_cli("accounts", *words).out.splitlines()) for words in
                          ([], ["contact"], ["configapi"], ["valid"], ["no-token"], ["rev"])], [2, 1, 2, 1, 1, 0])
        one = self.account()
        self.assertEqual((one["provider"], one["state"], one["last_error"]), ("configapi", "valid", None))
        self.assertTrue(3500 < one["expires_in"] <= 3599 and one["expires_at"].endswith("Z") and one["last_refresh"])

    # --- where secrets are ---

    def test_keeps_secrets_out_of_arguments_and_environment(self):
        adding = subprocess.Popen([PROGRAM, "--profile", str(self.profile), "add", "configapi", CENTRE, *self.url,
                                   "client_id=robot", "--secret", "client_secret"], stdin=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True)
        adding.stdin.write(SECRET)
        adding.stdin.flush()
        for what in ("cmdline", "environ"):
            shown = wait_for(what, lambda what=what: Path(f"/proc/{adding.pid}/{what}").read_bytes())
            self.assertFalse(holds_secret(shown))
        self.said.append(adding.communicate("\n", timeout=240)[1])
        self.assertEqual(adding.returncode, 0)

    def test_memory_takes_no_secret(self):
        refused = self.run_cli("--store", "memory", "add", "configapi", CENTRE, *self.url, "client_id=robot", "--secret",
                               "client_secret", given=f"{SECRET}\n", status=2)
        self.assertIn("client_secret: This profile keeps secrets in memory", refused.err)
        self.run_cli("--store", "memory", "add", "configapi", CENTRE, *self.url, "client_id=robot")
        self.assertIn("memory", self.run_cli("edit", CENTRE, "--secret", "client_secret", given=f"{SECRET}\n",
                                             status=2).err)
        self.run_cli("--store", "memory", "accounts")
        for other in ("keychain", "vault"):
            self.assertEqual(self.run_cli("--store", other, "accounts", "--json", status=7).error()["kind"],
                             "KeychainChanged")

    def test_a_vault_opens_with_its_passphrase_alone(self):
        right, wrong = self.file("right", f"{PASSPHRASE}\n"), self.file("wrong", "CANARY passphrase 2\n")
        begin = ["--store", "vault", "add", "configapi", CENTRE, *self.url, "client_id=robot", "--secret",
                 "client_secret"]
        before = len(items())
        self.run_cli(*begin, given=f"{SECRET}\n", status=7)
        self.assertIn("12 characters", self.run_cli(*begin, "--passphrase-file", self.file("short", "short\n"),
                                                    given=f"{SECRET}\n", status=2).err)
        self.assertIn("cannot be recovered", self.run_cli(*begin, "--passphrase-file", right, given=f"{SECRET}\n").err)
        self.assertEqual(len(items()), before)
        self.run_cli("accounts")
        self.assertEqual(self.run_cli("token", CENTRE, "--json", status=7).error()["kind"], "VaultLocked")
        self.run_cli("token", CENTRE, "--passphrase-file", wrong, status=7)
        for given, said in ((["--passphrase-file", wrong], "passphrase is wrong"), ([], "vault is locked")):
            examined = self.run_cli("doctor", *given, status=1, reports=True)
            self.assertIn("[failed] Secret store", examined.out)
            self.assertIn(said, examined.err)
        self.run_cli("token", CENTRE, "--passphrase-file", right, "--store", "vault", prints_token=True)
        self.run_cli("--store", "keychain", "accounts", status=7)
        with closing(sqlite3.connect(self.profile / "profile.sqlite")) as profile, profile:
            profile.execute("DELETE FROM vault")
        self.run_cli("token", CENTRE, "--passphrase-file", right, status=7)

    def test_a_terminal_is_asked_for_the_passphrase(self):
        words = ["--profile", str(self.profile)]
        for again, status in (("CANARY passphrase 2", 2), (PASSPHRASE, 0)):
            asked = Terminal(*words, "--store", "vault", "accounts")
            asked.wait_for("Passphrase for the new vault: ")
            asked.type(PASSPHRASE + "\n")
            asked.wait_for("The passphrase again: ")
            asked.type(again + "\n")
            done = asked.end()
            self.said.append(done.err)
            self.assertEqual(done.status, status, done.err)
        asked = Terminal(*words, "rename", "Nobody", "Somebody")
        asked.wait_for("Passphrase of the vault: ")
        asked.type(PASSPHRASE + "\n")
        self.assertEqual(asked.end().status, 3)
        self.assertEqual(self.run_cli("add", "configapi", CENTRE, *self.url, "client_id=robot", status=7).out, "")

    def test_the_keychain_is_the_store_once_it_was_used(self):
        self.run_cli("--store", "keychain", "accounts")
        self.add()
        self.run_cli("--store", "keychain", "accounts")
        self.assertIn("keychain, not in memory", self.run_cli("--store", "memory", "accounts", status=7).err)
        self.run_cli("accounts", "--passphrase-file", "/dev/null", status=2)

    def test_a_locked_keychain_is_said_and_asks_nobody(self):
        self.addCleanup(unlock)
        lock()
        self.assertEqual(self.run_cli("add", "configapi", CENTRE, *self.url, "client_id=robot", "--secret",
                                      "client_secret", "--json", given=f"{SECRET}\n", status=7).error()["kind"],
                         "KeychainLocked")
        self.assertEqual(self.account(), None)

    # --- handing out ---

    def test_own_recipes(self):
        self.add()
        self.run_cli("recipes", "add", "x-token", "--label", "Mine", given="X-Token: {{token}}\n")
        self.assertIn("x-token", self.run_cli("recipes", "--names").out.splitlines())
        self.assertTrue(self.run_cli("token", CENTRE, "--as", "x-token", prints_token=True).out.startswith(
            "X-Token: CANARY-access-robot-1"))
        for words, text in ((["add", "bad"], "{{tokne}}"), (["add", "token"], "{{token}}"), (["add", "B d"], "{{token}}"),
                            (["add", "empty"], ""), (["remove", "nothing"], ""), (["remove", "curl"], ""), (["add"], ""),
                            (["list", "x-token"], "")):
            with self.subTest(words):
                self.run_cli("recipes", *words, given=text, status=2)
        self.assertIn("{{token}}", self.run_cli("recipes", "places").out)
        self.run_cli("recipes", "remove", "x-token")
        self.run_cli("token", CENTRE, "--as", "x-token", status=2)

    def test_exports_for_every_client(self):
        self.add()
        formats = ["postman-environment", "postman-collection", "bruno", "insomnia", "dotenv"]
        for name in formats:
            with self.subTest(name):
                target = self.folder / name
                files = self.run_cli("export", CENTRE, "--as", name, "--output", target).out.splitlines()
                self.assertTrue(files and all(stat.S_IMODE(os.stat(file).st_mode) == 0o600 for file in files))
                holds = any(holds_secret(Path(file).read_bytes()) for file in files)
                self.assertEqual(holds, name != "postman-collection")
        self.run_cli("export", "--all", "--as", "dotenv", "--output", self.folder / "dotenv", status=1)
        self.run_cli("export", "--all", "--as", "dotenv", "--output", self.folder / "dotenv", "--replace")
        for words, status in ((["--all", "--as", "word", "--output", "x"], 2), (["--as", "dotenv", "--output", "x"], 2),
                              ([CENTRE, "--all", "--as", "dotenv", "--output", "x"], 2), ([CENTRE, "--as", "dotenv"], 2),
                              (["Nobody", "--as", "dotenv", "--output", "x"], 3)):
            self.run_cli("export", *words, status=status)

    def test_exports_all_or_nothing(self):
        self.add()
        self.run_cli("add", "configapi", "Without", *self.url, "client_id=robot")
        failed = self.run_cli("export", "--all", "--as", "dotenv", "--output", self.folder / "env", status=4)
        self.assertIn("Without", failed.err)
        self.add("Hostile", "hostile")
        for name in ("postman-environment", "bruno", "insomnia", "dotenv"):
            with self.subTest(f"F111 {name}"):
                failed = self.run_cli("export", CENTRE, "Hostile", "--as", name, "--output", self.folder / "env", status=1)
                self.assertIn("Hostile: ", failed.err)
                self.assertFalse((self.folder / "env").exists())
        self.assertIn("Hostile: ", self.run_cli("token", "Hostile", "--as", "dotenv", status=1).err)
        self.run_cli("token", "Hostile", "--as", "curl", prints_token=True)

    def test_templates_carry_accounts_without_secrets(self):
        self.add()
        self.add(HARD, "robot2")
        team, colleague = self.folder / "team.json", self.folder / "colleague"
        self.run_cli("templates", "export", team)
        self.run_cli("templates", "export", team, status=1)
        self.run_cli("templates", "export", team, "--replace", "--account", HARD)
        self.run_cli("templates", "export", "-", "--account", "Nobody", status=3)
        self.assertFalse(holds_secret(team.read_bytes()))
        self.assertIn("will be added", self.run_cli("templates", "import", team, "--dry-run", profile=colleague).out)
        self.assertEqual(self.run_cli("accounts", profile=colleague).out, "")
        self.run_cli("templates", "import", team, status=2, profile=colleague)
        everything = self.run_cli("templates", "export", "-").out
        self.run_cli("templates", "import", team, "--yes", profile=colleague)
        added = self.run_cli("templates", "import", "-", "--yes", "--json", given=everything, profile=colleague).json()
        self.assertEqual((added["added"], sorted(one["verdict"] for one in added["accounts"])), (1, ["add", "keep"]))
        self.run_cli("edit", HARD, "--secret", "client_secret", given="CANARY-secret-robot2\n", profile=colleague)
        self.run_cli("token", HARD, prints_token=True, profile=colleague)
        self.run_cli("templates", "import", self.file("bad", "{]"), "--yes", status=1)
        asked = Terminal("--profile", str(self.folder / "third"), "templates", "import", str(team))
        asked.wait_for("[y/N] ")
        asked.type("y\n")
        self.assertEqual(asked.end().status, 0)
        self.assertEqual(self.run_cli("accounts", "--names", profile=self.folder / "third").out, HARD + "\n")

    def test_shows_where_a_template_leads(self):
        """F110: everything that decides where a secret or the browser goes is shown before the yes."""
        accounts = [
            {"name": "A", "provider": "priava",
             "fields": {"url": "https://api.priava.com.evil.example/api", "region": "EU", "client_id": "x",
                        "authorization_url": "https://login.evil.example/", "redirect_uri": "https://evil.example/cb",
                        "test_url": "http://localhost:9/x"}},
            {"name": "B", "provider": "configapi",
             "fields": {"url": "http://B\u00fccher.example", "client_id": "x", "allow_http": "true"}},
            {"name": "C", "provider": "priava",
             "fields": {"url": "https://api.pri\u0430va.com/api", "region": "EU", "client_id": "x"}}]
        file = self.file("deceiving", json.dumps({"format": "latchkey-templates", "version": 1, "accounts": accounts}))
        shown = self.run_cli("templates", "import", file, "--dry-run", status=2, reports=True)
        unusual = "(! not a usual address of the vendor)"
        for line in (f"url: https://api.priava.com.evil.example/api {unusual}",
                     f"authorization_url: https://login.evil.example/ {unusual}",
                     "redirect_uri: https://evil.example/cb (! the browser carries the code off this computer)",
                     f"test_url: http://localhost:9/x {unusual}", f"url: http://xn--bcher-kva.example {unusual}",
                     "allow_http: true (! ", f"url: https://api.xn--priva-6ve.com/api {unusual}", "mixes letters"):
            self.assertIn(line, shown.out)
        self.assertNotIn("\u0430", shown.out)
        told = self.run_cli("templates", "import", file, "--dry-run", "--json", status=2, reports=True).json()
        self.assertEqual([one["verdict"] for one in told["accounts"]], ["add", "add", "refused"])
        self.assertEqual(told["accounts"][1]["addresses"][0]["value"], "http://xn--bcher-kva.example")
        self.assertEqual([one["field"] for one in told["accounts"][0]["addresses"] if one["warning"]],
                         ["url", "redirect_uri", "authorization_url", "test_url"])

    def test_shares_no_redirect_uri_between_hosts(self):
        """F106: a code that is meant for one host never goes to another (RFC 9700, section 4.4)."""
        def add(name, host, *more, status=0):
            return self.run_cli("add", "rev-oauth2", name, f"url=https://{host}", "api_key=key", *more, status=status)
        uri = "redirect_uri=http://127.0.0.1:23457/cb"
        add("Honest", "rev.example", uri)
        self.assertIn("Honest", add("Other", "other.example", uri.replace("127.0.0.1", "localhost"), status=2).err)
        add("Beside", "rev.example", uri)
        add("Own", "other.example")
        self.assertIn("Honest", self.run_cli("edit", "Own", uri, status=2).err)
        self.run_cli("edit", "Beside", "url=https://other.example", status=2)
        self.run_cli("edit", "Own", uri, "--share-redirect-uri")
        add("Own too", "other.example")
        fields = {one["name"]: one["fields"] for one in self.run_cli("accounts", "--json").json()}
        self.assertEqual(fields["Own"]["share_redirect_uri"], "true")
        self.assertRegex(fields["Own too"]["redirect_uri"], r"^http://127\.0\.0\.1:53119/rev-oauth2/[0-9a-f]{8}$")

    def test_records_who_was_handed_what(self):
        self.add()
        self.run_cli("token", CENTRE, "--as", "header", prints_token=True)
        self.run_cli("export", CENTRE, "--as", "dotenv", "--output", self.folder / "env")
        entries = self.run_cli("activity", CENTRE, "--json").json()
        self.assertEqual([(one["account"], one["recipe"]) for one in entries], [(CENTRE, "dotenv"), (CENTRE, "header")])
        self.assertTrue(all(one["program"].startswith("latchkey-cli from ") for one in entries), entries)
        self.assertEqual(len(self.run_cli("activity", "--limit", "1").out.splitlines()), 1)
        self.run_cli("activity", "--off")
        self.run_cli("token", CENTRE, prints_token=True)
        self.assertEqual(len(self.run_cli("activity", "--json").json()), 2)
        self.run_cli("activity", "--clear")
        self.run_cli("activity", "--on")
        self.assertEqual(self.run_cli("activity").out, "")
        self.run_cli("activity", "Nobody", status=3)
        for words in (["--limit", "0"], ["--limit", "many"], ["--on", "--off"], [CENTRE, "--off"]):
            self.run_cli("activity", *words, status=2)

    def test_every_command_speaks_json(self):
        team = self.folder / "team.json"
        self.add()
        for words in (["providers"], ["add", "configapi", "B", *self.url, "client_id=x"], ["edit", "B", "client_id=y"],
                      ["rename", "B", "C"], ["accounts"], ["accounts", "--names"], ["recipes"], ["recipes", "places"],
                      ["recipes", "remove", "mine"], ["templates", "export", team],
                      ["templates", "import", team, "--dry-run"], ["activity"], ["activity", "--clear"],
                      ["export", CENTRE, "--as", "dotenv", "--output", self.folder / "env"], ["remove", "C", "--yes"]):
            with self.subTest(words[:2]):
                if words[1:2] == ["remove"]:
                    self.run_cli("recipes", "add", "mine", "--json", given="{{token}}").json()
                self.run_cli(*words, "--json").json()


if __name__ == "__main__":
    parts.run(PARTS)
