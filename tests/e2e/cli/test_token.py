# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_token.py PROGRAM SIMULATOR: token, refresh, exec, test and doctor with a real keychain."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import shared  # noqa

import secretservice
from clistory import CONFIGAPI, PRIAVA, REV, CliStory, tell
from commandline import (CANCELLED, DONE, FAILED, NETWORK, NO_SUCH_ACCOUNT, REFUSED, SECRET_STORE, SIGN_IN_NEEDED,
                         USAGE)
from vendors import client, free_port
from waiting import wait_for


class Tokens(CliStory):
    # R56: the token is on standard output, and nothing else anywhere.
    def test_asks_for_the_first_token_and_prints_it(self):
        self.add_configapi("first")
        before = self.vendors.count(CONFIGAPI)
        for _ in range(2):
            ran = self.cli.run("token", "first")
            self.assert_token(ran, "CANARY-access-first-1")
            self.assertEqual(ran.err, "")
        self.assertEqual(self.vendors.count(CONFIGAPI), before + 1)
        # Names are the same in any case of letters.
        self.assert_token(self.cli.run("token", "FIRST", "--as", "header-value"), "Bearer CANARY-access-first-1")
        self.assert_token(self.cli.run("token", "first", "--min-life", "0s"), "CANARY-access-first-1")
        self.assert_token(self.cli.run("token", "first", "--refresh"), "CANARY-access-first-2")

    def test_tells_scripts_more(self):
        self.add_configapi("script", lifetime=3600)
        status, told, err = self.cli.json("token", "script", "--as", "header")
        self.assertEqual((status, err), (DONE, ""))
        self.assertTrue(told.pop("text") == "Authorization: Bearer CANARY-access-script-1")
        self.assertIn(told.pop("expires_in"), range(3500, 3601))
        self.assertRegex(told.pop("expires_at"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual((told["account"], told["recipe"]), ("script", "header"))

    def test_refreshes_what_lives_too_short(self):
        self.add_configapi("short", lifetime=100)
        ran = self.cli.run("token", "short")
        self.assert_token(ran, "CANARY-access-short-1")
        self.assertIn("good for 1 min", ran.err)
        self.assert_token(self.cli.run("token", "short", "--min-life", "30s"), "CANARY-access-short-1")
        self.configure(client("configapi", "short", lifetime=3600, next_access_tokens=["CANARY-access-short-2"]))
        ran = self.cli.run("token", "short")
        self.assert_token(ran, "CANARY-access-short-2")
        self.assertEqual(ran.err, "")

    def test_keeps_back_what_is_less_than_asked_for(self):
        self.add_configapi("strict", lifetime=100)
        self.cli.run("token", "strict")
        self.fault("status:500", "configapi", "strict", times=0)
        self.addCleanup(self.configure, faults=[])
        ran = self.cli.run("token", "strict")
        self.assert_nothing_out(ran, NETWORK)
        self.assertIn("--min-life 0s", ran.err)
        self.assert_nothing_out(self.cli.run("token", "strict", "--refresh"), NETWORK)
        for life in ("0s", "10s", "10"):
            self.assert_token(self.cli.run("token", "strict", "--min-life", life), "CANARY-access-strict-1")

    # F99: with the life asked for, or a new one, and a word where nobody knows.
    def test_says_that_a_life_is_unknown(self):
        self.add_configapi("endless", lifetime="unknown")
        ran = self.cli.run("token", "endless", "--min-life", "10h")
        self.assert_token(ran, "CANARY-access-endless-1")
        self.assertRegex(ran.err, r"^latchkey-cli: How long .*endless.* is not known: .*\n$")
        before = self.vendors.count(CONFIGAPI)
        ran = self.cli.run("token", "endless", "--min-life", "10h", "--as", "header-value")
        self.assertEqual((ran.status, self.vendors.count(CONFIGAPI)), (DONE, before))
        self.assertIn("is not known", ran.err)
        ran = self.cli.run("exec", "endless", "--", "true")
        self.assertEqual(ran.status, DONE)
        self.assertIn("is not known", ran.err)
        target = self.folder / "endless.env"
        ran = self.cli.run("export", "endless", "--as", "dotenv", "--output", str(target))
        target.unlink()
        self.assertEqual(ran.status, DONE)
        self.assertIn("is not known", ran.err)

    def test_exchanges_a_typed_code_once(self):
        redirect = "https://my.app.com/oauth2callback"
        self.configure(client("priava", "typed", region="EU", redirect_uris=[redirect], codes=["CANARY-code-typed"]))
        self.cli.add("priava", "typed", {"client_secret": "CANARY-secret-typed", "code": "CANARY-code-typed"},
                     url=self.vendors.url + "/api", region="EU", client_id="typed", redirect_uri=redirect)
        before = self.vendors.count(PRIAVA)
        for _ in range(2):
            self.assert_token(self.cli.run("token", "typed"), "CANARY-access-typed-1")
        self.assertEqual(self.vendors.count(PRIAVA), before + 1)


class ExitStatuses(CliStory):
    """R56: scripts can tell them apart."""

    def test_0_and_1_standard_output_that_cannot_be_written(self):
        self.add_configapi("output")
        self.assertEqual(self.cli.run("token", "output").status, DONE)
        with open("/dev/full", "wb") as full:
            ran = self.cli.run("token", "output", stdout=full)
        self.assertEqual(ran.status, FAILED)
        self.assertIn("Standard output cannot be written", ran.err)
        # The next file that is opened must not take the place of what is closed.
        ran = self.cli.run("token", "output", stdout=None, preexec_fn=lambda: os.close(1))
        self.assertEqual(ran.status, FAILED)
        self.assertIn("Standard output cannot be written", ran.err)
        reader, writer = os.pipe()
        os.close(reader)
        ran = self.cli.run("token", "output", stdout=writer)
        os.close(writer)
        self.assertEqual(ran.status, FAILED)

    def test_2_what_is_not_understood(self):
        self.add_configapi("usage")
        for words in (["token"], ["token", "usage", "--min-life", "soon"], ["token", "usage", "--min-life", "-1s"],
                      ["token", "usage", "--as", "no-such-form"], ["refresh"], ["refresh", "usage", "--all"],
                      ["exec", "usage", "--env", "1=token", "--", "true"], ["exec", "usage"], ["sign-in", "usage"],
                      ["sign-in", "usage", "--browser", "x", "--paste"]):
            with self.subTest(" ".join(words)):
                self.assert_nothing_out(self.cli.run(*words), USAGE)
        self.assert_nothing_out(self.cli.run("no-such-command"), USAGE)

    # R57: nothing but an account's whole name stands for it.
    def test_3_no_such_account(self):
        self.add_configapi("whole")
        for words in (["token", ""], ["token", "whol"], ["token", "%"], ["token", "*"], ["refresh", ""],
                      ["exec", "", "--", "true"], ["token", "nobody"], ["refresh", "nobody"],
                      ["exec", "nobody", "--", "true"], ["test", "nobody"], ["doctor", "nobody"],
                      ["sign-in", "nobody", "--paste"]):
            with self.subTest(" ".join(words)):
                self.assert_nothing_out(self.cli.run(*words), NO_SUCH_ACCOUNT)

    # R56: no browser is opened.
    def test_4_sign_in_needed(self):
        redirect = f"http://127.0.0.1:{free_port()}/rev"
        self.configure(client("rev", "asked", redirect_uris=[redirect]))
        self.cli.add("rev", "asked", {"api_secret": "CANARY-secret-asked"}, url=self.vendors.url, api_key="asked",
                     redirect_uri=redirect)
        before = self.vendors.count(REV)
        for words in (["token", "asked"], ["refresh", "asked"], ["exec", "asked", "--", "true"], ["test", "asked"],
                      ["sign-in", "asked"]):
            with self.subTest(" ".join(words)):
                self.assert_nothing_out(self.cli.run(*words), SIGN_IN_NEEDED)
        self.assertEqual(self.vendors.count(REV), before)

    def test_4_a_rev_session_that_is_over(self):
        # The answer to extending it is 401, as to a wrong key.
        self.sign_in_rev("over")
        self.configure(revoke=[{"vendor": "rev", "client": "over", "what": "all"}])
        self.assert_nothing_out(self.cli.run("token", "over", "--refresh"), SIGN_IN_NEEDED)
        self.assertTrue(self.cli.account("over")["needs_sign_in"])

    def sign_in_rev(self, name):
        redirect = "https://my.app.com/oauth2callback"
        self.configure(client("rev", name, lifetime=3600, redirect_uris=[redirect], codes=[f"CANARY-code-{name}"]))
        self.cli.add("rev", name, {"api_secret": f"CANARY-secret-{name}"}, url=self.vendors.url, api_key=name,
                     redirect_uri=redirect)
        ran = self.cli.run("sign-in", name, "--paste", stdin=f"CANARY-code-{name}\n")
        self.assertEqual(ran.status, DONE, ran.err)

    def test_5_refused_by_the_provider(self):
        self.add_configapi("refused")
        self.fault("invalid_client", "configapi", "refused")
        self.assert_nothing_out(self.cli.run("token", "refused"), REFUSED)

    def test_6_the_network(self):
        self.cli.add("configapi", "nowhere", {"client_secret": "CANARY-secret-nowhere"}, client_id="nowhere",
                     url=f"http://127.0.0.1:{free_port()}", allow_http="true")
        self.assert_nothing_out(self.cli.run("token", "nowhere"), NETWORK)
        status, told, err = self.cli.json("refresh", "nowhere")
        self.assertEqual((status, told[0]["refreshed"]), (NETWORK, False))
        self.assertEqual(json.loads(err)["error"]["exit_status"], NETWORK)

    # R56: no prompt is opened.
    def test_7_a_locked_keychain_is_not_asked_about(self):
        self.add_configapi("locked")
        self.assertEqual(self.cli.run("token", "locked").status, DONE)
        secretservice.lock()
        self.addCleanup(secretservice.unlock)
        for words in (["token", "locked"], ["refresh", "locked"], ["exec", "locked", "--", "true"]):
            with self.subTest(" ".join(words)):
                ran = self.cli.run(*words)
                self.assert_nothing_out(ran, SECRET_STORE)
                self.assertIn("--allow-prompt", ran.err)

    def test_7_a_token_that_cannot_be_saved_is_printed_and_said(self):
        self.add_configapi("unsaved")
        self.fault("hold", "configapi", "unsaved", times=0)
        self.addCleanup(self.configure, faults=[])
        for status in (SECRET_STORE, DONE):
            before = self.vendors.count(CONFIGAPI)
            process = self.cli.start("token", "unsaved", "--refresh")
            wait_for("the request", lambda: self.vendors.count(CONFIGAPI) > before)
            secretservice.lock()
            self.vendors.release()
            if status == DONE:
                # Told on standard error before the next attempt.
                self.assertIn(b"could not be saved yet", process.stderr.readline())
                secretservice.unlock()
            ran = self.cli.end(process, ["token"])
            secretservice.unlock()
            self.assertEqual(ran.status, status, ran.err)
            self.assertTrue(re.fullmatch(r"CANARY-access-unsaved-\d\n", ran.out), "the token was not printed")
            self.assertIn("is saved" if status == DONE else "lost with this process", ran.err)
        self.assertTrue(self.cli.run("token", "unsaved").out == ran.out, "what was saved is not what was printed")

    def test_8_cancelled_and_yet_the_answer_is_kept(self):
        self.add_configapi("cancelled")
        self.fault("hold", "configapi", "cancelled")
        before = self.vendors.count(CONFIGAPI)
        process = self.cli.start("token", "cancelled")
        wait_for("the request", lambda: self.vendors.count(CONFIGAPI) > before)
        process.send_signal(signal.SIGINT)
        self.assertIn(b"may hold a new token", process.stderr.readline())
        self.vendors.release()
        ran = self.cli.end(process, ["token"])
        self.assertEqual((ran.status, ran.out), (CANCELLED, ""), ran.err)
        self.assert_token(self.cli.run("token", "cancelled"), "CANARY-access-cancelled-1")
        self.assertEqual(self.vendors.count(CONFIGAPI), before + 1)

    def test_is_quiet_without_a_locale(self):
        self.add_configapi("quiet")
        ran = self.cli.run("token", "quiet", env={**self.cli.environment, "LC_ALL": "C", "LANG": "C"})
        self.assertEqual((ran.status, ran.err), (DONE, ""))


class OneRequest(CliStory):
    """R38, F76: twenty at the moment of expiry."""

    def expired(self, name):
        self.add_configapi(name, lifetime=1)
        self.cli.run("token", name)
        self.let_expire(name)
        self.configure(client("configapi", name, lifetime=3600, next_access_tokens=[f"CANARY-new-{name}-{at}"
                                                                                    for at in range(1, 10)]))
        return self.vendors.count(CONFIGAPI)

    def test_twenty_processes_make_one_request(self):
        before = self.expired("twenty")
        self.fault("slow:500", "configapi", "twenty")
        processes = [self.cli.start("token", "twenty") for _ in range(20)]
        for process in processes:
            self.assert_token(self.cli.end(process, ["token"]), "CANARY-new-twenty-1")
        self.assertEqual(self.vendors.count(CONFIGAPI), before + 1)

    def test_the_others_go_on_when_the_one_is_killed(self):
        before = self.expired("killed")
        self.fault("hold", "configapi", "killed")
        first = self.cli.start("token", "killed")
        wait_for("the request", lambda: self.vendors.count(CONFIGAPI) > before)
        others = [self.cli.start("token", "killed") for _ in range(19)]
        first.kill()
        self.assertEqual(self.cli.end(first, ["token"]).status, -signal.SIGKILL)
        printed = {self.cli.end(process, ["token"]).out for process in others}
        self.assertEqual(len(printed), 1)
        self.assertTrue(printed.pop().startswith("CANARY-new-killed-"))
        self.assertLessEqual(self.vendors.count(CONFIGAPI), before + 2)


class Refreshes(CliStory):
    def test_all_of_them_several_at_once(self):
        names = [f"many{at}" for at in range(9)]
        for name in names:
            self.add_configapi(name)
        self.configure(faults=[{"fault": "slow:200", "vendor": "configapi", "times": 0}], clear_log=True)
        self.addCleanup(self.configure, faults=[])
        ran = self.cli.run("refresh", "--all")
        self.assertEqual((ran.status, ran.out), (DONE, ""))
        self.assertIn("9 refreshed, 0 failed", ran.err)
        for name in names:
            self.assertIn(f"{name}: refreshed, good for", ran.err)
        self.assertIn(self.vendors.log()["most_at_once"], range(2, 25))

        self.fault("status:503", "configapi", "many3")
        status, told, err = self.cli.json("refresh", "many8", "many3", "MANY8")
        self.assertEqual(status, NETWORK)
        self.assertEqual([(each["name"], each["refreshed"]) for each in told], [("many8", True), ("many3", False)])
        self.assertEqual(told[1]["error"]["exit_status"], NETWORK)
        self.assertEqual(json.loads(err)["error"]["account"], "many3")


class Runs(CliStory):
    """exec becomes the command."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendors.configure({"clients": [client("configapi", "run")]})
        cls.cli.add("configapi", "run", {"client_secret": "CANARY-secret-run"}, url=cls.vendors.url, client_id="run",
                    allow_http="true")
        cls.cli.run("token", "run")

    def test_sets_the_variables(self):
        ran = self.cli.run("exec", "run", "--env", "MINE=header", "--", "sh", "-c",
                           'echo "$LATCHKEY_TOKEN $LATCHKEY_AUTHORIZATION $MINE"')
        token = "CANARY-access-run-1"
        self.assert_token(ran, f"{token} Bearer {token} Authorization: Bearer {token}")
        self.assertEqual(ran.err, "")

    def test_passes_the_exit_status_and_standard_input_on(self):
        self.assertEqual(self.cli.run("exec", "run", "--", "sh", "-c", "exit 42").status, 42)
        self.assertEqual(self.cli.run("exec", "run", "--", "sh", "-c", "kill -TERM $$").status, -signal.SIGTERM)
        self.assertEqual(self.cli.run("exec", "run", "--", "cat", stdin="a line\n").out, "a line\n")
        ran = self.cli.run("exec", "run", "--", "/no/such/program")
        self.assertEqual(ran.status, 127)
        self.assertIn("/no/such/program", ran.err)
        self.assertEqual(self.cli.run("exec", "run", "--", "/etc/passwd").status, 126)

    def test_passes_signals_on(self):
        process = self.cli.start("exec", "run", "--", sys.executable, "-c", "import signal, sys\n"
                                 "signal.signal(signal.SIGUSR1, lambda *_: sys.exit(7))\n"
                                 "print('ready', flush=True)\nsignal.pause()")
        self.assertEqual(process.stdout.readline(), b"ready\n")
        process.send_signal(signal.SIGUSR1)
        self.assertEqual(self.cli.end(process, ["exec"]).status, 7)

    def test_leaves_nothing_of_itself(self):
        look = ("import os, resource\nprint(sorted(f for f in os.listdir('/proc/self/fd') if int(f) < 200)[:-1])\n"
                "print([l for l in open('/proc/self/status') if l[:3] in ('Sig', 'Shd') and 'SigQ' not in l])\n"
                "print(resource.getrlimit(resource.RLIMIT_CORE), os.getcwd())\n"
                "print(sorted(k for k in os.environ if k not in ('LATCHKEY_TOKEN', 'LATCHKEY_AUTHORIZATION')))")
        environment = {**self.cli.environment, "QT_LOGGING_RULES": "*=false", "LC_ALL": "C"}
        direct = subprocess.run([sys.executable, "-c", look], env=environment, stdin=subprocess.PIPE,
                                capture_output=True, text=True, check=True)
        through = self.cli.run("exec", "run", "--", sys.executable, "-c", look, env=environment)
        self.assertEqual(through.out, direct.stdout)
        # What nohup set stays.
        ran = subprocess.run(["nohup", *self.cli.words("exec", "run", "--", "grep", "SigIgn", "/proc/self/status")],
                             env=self.cli.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                             check=True)
        self.assertEqual(int(ran.stdout.split()[1], 16) & 1, 1)

    def test_passes_words_on_byte_for_byte(self):
        words = [word if isinstance(word, bytes) else word.encode()
                 for word in self.cli.words("exec", "run", "--", "printf", "%s|", b"\xff", "-h", "--", "")]
        ran = subprocess.run(words, env=self.cli.environment, capture_output=True, check=True)
        self.assertEqual(ran.stdout, b"\xff|-h|--||")

    def test_is_on_record(self):
        self.cli.run("exec", "run", "--", "true")
        entry = self.cli.json("activity", "run")[1][0]
        self.assertIn("latchkey-cli exec true", entry.values())


class Trials(CliStory):
    def test_says_what_the_vendor_says(self):
        self.add_configapi("tried", api_status=200)
        self.assertEqual(self.cli.run("test", "tried").status, FAILED)
        address = self.vendors.url + "/configapi/v2/data"
        self.assertEqual(self.cli.run("edit", "tried", f"test_url={address}").status, DONE)
        ran = self.cli.run("test", "tried")
        self.assertEqual(ran.status, DONE, ran.err)
        self.assertIn("status 200", ran.out)
        self.configure(revoke=[{"vendor": "configapi", "client": "tried", "what": "access"}])
        status, told, _ = self.cli.json("test", "tried")
        self.assertEqual((status, told["status"], told["meaning"]), (REFUSED, 401, "token-refused"))
        self.cli.run("refresh", "tried")
        self.configure(client("configapi", "tried", api_status=403))
        status, told, _ = self.cli.json("test", "tried")
        self.assertEqual((status, told["meaning"]), (REFUSED, "not-allowed"))

    def test_sends_the_token_elsewhere_only_with_a_yes(self):
        self.add_configapi("elsewhere")
        address = self.vendors.url.replace("127.0.0.1", "localhost") + "/configapi/v2/data"
        self.assertEqual(self.cli.run("edit", "elsewhere", f"test_url={address}").status, DONE)
        ran = self.cli.run("test", "elsewhere")
        self.assertEqual(ran.status, FAILED)
        host = urlsplit(address).netloc
        self.assertIn(f"--other-host {host}", ran.err)
        for word in (host, f"http://{host}", address):
            self.assertEqual(self.cli.run("test", "elsewhere", "--other-host", word).status, DONE)
        # F112: another port is another server.
        for word in ("localhost", "localhost:9", f"https://{host}", self.vendors.url):
            self.assertEqual(self.cli.run("test", "elsewhere", "--other-host", word).status, FAILED, word)
        self.assertEqual(self.cli.run("token", "elsewhere", "--as", "curl").status, FAILED)
        self.assertEqual(self.cli.run("token", "elsewhere", "--as", "curl", "--other-host", host).status, DONE)


class Doctor(CliStory):
    def test_shows_what_passes_and_what_fails(self):
        port = free_port()
        self.cli.add("rev", "examined", {"api_secret": "CANARY-secret-examined"}, url=self.vendors.url,
                     api_key="examined", redirect_uri=f"http://127.0.0.1:{port}/rev")
        tools = self.folder / "tools"
        tools.mkdir()
        Path(tools / "xdg-open").write_text("#!/bin/sh\n", encoding="utf-8")
        Path(tools / "xdg-open").chmod(0o755)
        environment = {**self.cli.environment, "PATH": f"{tools}:{os.environ['PATH']}"}
        ran = self.cli.run("doctor", "examined", env=environment)
        self.assertEqual(ran.status, DONE, ran.out + ran.err)
        self.assertIn("4096 bytes", ran.out)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", port))
            taken.listen()
            status, told, _ = self.cli.json("doctor", "examined", env=environment)
        self.assertEqual((status, told["ok"]), (FAILED, False))
        self.assertEqual([each["check"] for each in told["findings"] if each["outcome"] == "failed"], ["port"])
        secretservice.lock()
        self.addCleanup(secretservice.unlock)
        self.assertEqual(self.cli.run("doctor", env=environment).status, FAILED)


if __name__ == "__main__":
    tell()
