# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_sign_in.py PROGRAM SIMULATOR: signing in from the command line, with and without a terminal."""

import contextlib
import json
import os
import signal
import socket
import tempfile
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request

import shared  # noqa

from clistory import PASSWORD, USER, CliStory, tell
from commandline import CANCELLED, DONE, FAILED, NO_SUCH_ACCOUNT, REFUSED, SIGN_IN_NEEDED
from formbrowser import fetch
from signin import VendorPage
from vendors import client, free_port
from waiting import wait_for

ELSEWHERE = "https://my.app.com/oauth2callback"


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def landing(address, decision="allow"):
    """Where the vendor's page sends the browser; nobody goes there."""
    form = urllib.parse.urlencode({"user": USER, "password": PASSWORD, "decision": decision}).encode()
    try:
        urllib.request.build_opener(StayHere).open(urllib.request.Request(address, form), timeout=240)
    except urllib.error.HTTPError as sent:
        return sent.headers["Location"]
    raise AssertionError("the vendor's page sends nobody on")


def sign_in_at(address, decision="allow"):
    """A browser that follows every redirect; the words of the page it ends on."""
    return fetch(address, {"user": USER, "password": PASSWORD, "decision": decision})[1]


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def occupied(port):
    """Another program has the port."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        yield


def ask(address, headers=None):
    """The status and the page, whatever they are."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {}), timeout=240) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def as_another_user(port, target):
    """The answer that a process of another user gets. It has to be root who asks."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        with socket.create_connection(("127.0.0.1", port), 60) as stranger:
            stranger.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            os.write(into, stranger.recv(65536))
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as told:
        answer = told.read()
    os.waitpid(child, 0)
    return answer


class SignIns(CliStory):
    def add_rev(self, name, redirect=None):
        self.port = free_port()
        redirect = redirect or f"http://127.0.0.1:{self.port}/{name}"
        self.configure(client("rev", name, lifetime=3600, redirect_uris=[redirect]))
        return self.cli.add("rev", name, {"api_secret": f"CANARY-secret-{name}"}, url=self.vendors.url, api_key=name,
                            redirect_uri=redirect)

    def add_priava(self, name, **more):
        self.port = free_port()
        redirect = f"http://127.0.0.1:{self.port}/{name}"
        self.configure(client("priava", name, region="EU", redirect_uris=[redirect], codes=[f"CANARY-code-{name}"]))
        self.cli.add("priava", name, {"client_secret": f"CANARY-secret-{name}"}, url=self.vendors.url + "/api",
                     region="EU", client_id=name, redirect_uri=redirect, **more)
        return redirect

    def browser(self):
        folder = tempfile.TemporaryDirectory(prefix="latchkey-browser-")
        self.addCleanup(folder.cleanup)
        page = VendorPage(folder.name, "formbrowser.py")
        page.plan(USER, PASSWORD)
        return page

    def assert_signed_in(self, name):
        self.assert_token(self.cli.run("token", name), f"CANARY-access-{name}-1")


class WithoutATerminal(SignIns):
    def test_opens_nothing_by_itself(self):
        self.add_rev("alone")
        log = self.folder / "opened"
        (self.folder / "xdg-open").write_text(f"#!/bin/sh\ntouch {log}\n", encoding="utf-8")
        (self.folder / "xdg-open").chmod(0o755)
        environment = {**self.cli.environment, "PATH": f"{self.folder}:{os.environ['PATH']}"}
        ran = self.cli.run("sign-in", "alone", env=environment)
        self.assert_nothing_out(ran, SIGN_IN_NEEDED)
        self.assertIn("--no-browser", ran.err)
        self.assertFalse(log.exists())

    def start_without_browser(self, name, *more):
        process = self.cli.start("sign-in", name, "--no-browser", *more)
        line = process.stdout.readline().decode()
        return process, json.loads(line)["open"] if "--json" in more else line.removeprefix("open: ").strip()

    def test_no_browser_prints_the_address_and_waits(self):
        self.add_rev("shown")
        process, address = self.start_without_browser("shown")
        self.assertTrue(address.startswith(self.vendors.url))
        # The browser hears of it, although the program ends with the sign-in.
        self.assertIn("Signed in", sign_in_at(address))
        ran = self.cli.end(process, ["sign-in"])
        self.assertEqual((ran.status, ran.out), (DONE, ""))
        self.assertIn("Signed in", ran.err)
        self.assertFalse(is_open(self.port))
        self.assert_signed_in("shown")

    def test_no_browser_for_scripts(self):
        self.add_rev("script")
        process, address = self.start_without_browser("script", "--json")
        sign_in_at(address)
        ran = self.cli.end(process, ["sign-in"])
        self.assertEqual(ran.status, DONE, ran.err)
        self.assertEqual((json.loads(ran.out)["name"], json.loads(ran.out)["state"]), ("script", "valid"))

    def test_says_when_it_was_declined(self):
        self.add_rev("declined")
        process, address = self.start_without_browser("declined")
        sign_in_at(address, "deny")
        self.assertEqual(self.cli.end(process, ["sign-in"]).status, REFUSED)
        self.assertEqual(self.cli.run("token", "declined").status, SIGN_IN_NEEDED)

    def test_8_cancelled_closes_the_port(self):
        self.add_rev("cancelled")
        for ending in (signal.SIGINT, signal.SIGTERM):
            process, _ = self.start_without_browser("cancelled")
            wait_for("the listener", lambda: is_open(self.port))
            process.send_signal(ending)
            ran = self.cli.end(process, ["sign-in"])
            self.assertEqual((ran.status, ran.out), (CANCELLED, ""))
            self.assertFalse(is_open(self.port))

    def test_8_removed_meanwhile_closes_the_port(self):
        """F51: at once, not when the five minutes are over."""
        self.add_rev("removed")
        process, _ = self.start_without_browser("removed")
        wait_for("the listener", lambda: is_open(self.port))
        self.assertEqual(self.cli.run("remove", "removed", "--yes").status, DONE)
        ran = self.cli.end(process, ["sign-in"])
        self.assertEqual((ran.status, ran.out), (NO_SUCH_ACCOUNT, ""), ran.err)
        self.assertFalse(is_open(self.port))

    def test_stops_where_another_program_has_the_port(self):
        self.add_rev("taken")
        with socket.socket() as other:
            other.bind(("127.0.0.1", self.port))
            other.listen()
            ran = self.cli.run("sign-in", "taken", "--no-browser")
        self.assert_nothing_out(ran, FAILED)
        self.assertIn(str(self.port), ran.err)

    def test_takes_the_answer_beside_many_cookies(self):
        """F103: cookies know no ports, so every program on localhost leaves its own."""
        self.add_rev("cookies")
        process, address = self.start_without_browser("cookies")
        answer = landing(address)
        status, page = ask(answer, {"Cookie": "a=" + 70_000 * "c"})
        self.assertEqual(status, 431)
        self.assertIn("cookies", page)
        status, page = ask(answer, {"Cookie": "a=" + 16_384 * "c"})
        self.assertEqual(status, 200)
        self.assertIn("Signed in", page)
        ran = self.cli.end(process, ["sign-in"])
        self.assertEqual(ran.status, DONE, ran.err)
        self.assertIn("sent more than is read here", ran.err)
        self.assert_signed_in("cookies")

    @unittest.skipUnless(os.geteuid() == 0, "only root can be another user")
    def test_hears_no_other_user(self):
        """F108: who reads the state in the browser's arguments; and the simulator tells them nothing."""
        self.add_rev("overheard")
        process, address = self.start_without_browser("overheard")
        state = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["state"][0]
        target = f"/overheard?auth_code=CANARY-code-stranger&state={state}"
        self.assertIn(b" 403 ", as_another_user(self.port, target))
        self.assertIn("Signed in", sign_in_at(address))
        ran = self.cli.end(process, ["sign-in"])
        self.assertEqual(ran.status, DONE, ran.err)
        self.assertIn("another user sent an answer", ran.err)
        self.assert_signed_in("overheard")
        vendors = urllib.parse.urlsplit(self.vendors.url).port
        for target in ("/", "/priava/admin", "/simulator/log", "/simulator/configure"):
            self.assertIn(b" 403 ", as_another_user(vendors, target), target)
        self.assertIn(b" 401 ", as_another_user(vendors, "/configapi/v2/data"))

    def test_nothing_unproven_ends_a_sign_in(self):
        """F109"""
        redirect = self.add_priava("strangers")
        process = self.cli.start("sign-in", "strangers", "--no-browser", "--accept-missing-state")
        wait_for("the listener", lambda: is_open(self.port))
        for query in ("error=access_denied", "state=x", "code=%01"):
            self.assertEqual(ask(f"{redirect}?{query}")[0], 400, query)
        good = f"{redirect}?code=CANARY-code-strangers"
        for headers in ({"Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
                        {"Sec-Purpose": "prefetch"}):
            self.assertEqual(ask(good, headers)[0], 403, headers)
        self.assertEqual(ask(good, {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"})[0], 200)
        ran = self.cli.end(process, ["sign-in"])
        self.assertEqual(ran.status, DONE, ran.err)
        self.assertIn("A page said access_denied; still waiting", ran.err)
        self.assert_signed_in("strangers")

    def test_uses_the_browser_it_is_told(self):
        self.add_rev("told")
        page = self.browser()
        ran = self.cli.run("sign-in", "told", "--browser", page.command)
        self.assertEqual((ran.status, ran.out), (DONE, ""), ran.err)
        self.assertIn("Signed in", page.landed()["title"])
        self.assert_signed_in("told")

    def test_a_code_without_state_needs_a_yes_beforehand(self):
        redirect = self.add_priava("begun")
        for flags, status in (([], SIGN_IN_NEEDED), (["--accept-missing-state"], DONE)):
            process = self.cli.start("sign-in", "begun", "--no-browser", *flags)
            wait_for("the listener", lambda: is_open(self.port))
            page = urllib.request.urlopen(f"{redirect}?code=CANARY-code-begun", timeout=240).read().decode()
            ran = self.cli.end(process, ["sign-in"])
            self.assertEqual(ran.status, status, ran.err)
            self.assertIn("Latchkey", page)
        self.assertIn("Begin at Priava", ran.err)
        self.assert_signed_in("begun")


class Pasted(SignIns):
    def paste(self, name, make_answer):
        """The address is told on standard error; the answer goes in on standard input."""
        process = self.cli.start("sign-in", name, "--paste")
        address = ""
        while not address.startswith("http"):
            address = process.stderr.readline().decode().strip()
        return self.cli.end(process, ["sign-in"], make_answer(address))

    def test_takes_the_redirected_address(self):
        self.add_rev("address", redirect=ELSEWHERE)
        ran = self.paste("address", lambda address: landing(address) + "\n")
        self.assertEqual((ran.status, ran.out), (DONE, ""), ran.err)
        self.assert_signed_in("address")

    def test_takes_the_code_without_a_line_end(self):
        self.add_rev("code", redirect=ELSEWHERE)

        def code_of(address):
            return urllib.parse.parse_qs(urllib.parse.urlsplit(landing(address)).query)["auth_code"][0].replace(" ", "+")
        self.assertEqual(self.paste("code", code_of).status, DONE)
        self.assert_signed_in("code")

    def test_F102_joins_an_address_that_was_broken(self):
        self.add_rev("folded", redirect=ELSEWHERE)

        def folded(address):
            text = landing(address)
            return '"' + "\n".join(text[at:at + 30] for at in range(0, len(text), 30)) + '"'
        ran = self.paste("folded", folded)
        self.assertEqual((ran.status, ran.out), (DONE, ""), ran.err)
        self.assert_signed_in("folded")

    def test_F102_names_no_wrong_cause(self):
        self.add_rev("cut", redirect=ELSEWHERE)
        for make_answer in (lambda address: landing(address)[:-3], lambda address: landing(address).split("&state")[0]):
            ran = self.paste("cut", make_answer)
            self.assertNotEqual(ran.status, DONE)
            self.assertNotIn("another sign-in", ran.err)

    def test_F102_sends_no_piece_of_a_code(self):
        self.add_priava("pieces")
        ran = self.cli.run("sign-in", "pieces", "--paste", "--accept-missing-state", stdin="CANARY-code\n-pieces")
        self.assertNotEqual(ran.status, DONE)
        self.assertIn("several lines", ran.err)
        ran = self.cli.run("sign-in", "pieces", "--paste", "--accept-missing-state", stdin="CANARY-code-pieces\n")
        self.assertEqual(ran.status, DONE, ran.err)  # Nothing was sent before.

    def test_F94_says_that_it_is_not_utf8(self):
        self.add_priava("latin")
        process = self.cli.start("sign-in", "latin", "--paste")
        _, err = process.communicate(b"p\xe4ss\n", timeout=240)
        self.assertIn(b"not UTF-8 (byte 2)", err)

    def test_refuses_an_answer_of_another_sign_in(self):
        self.add_rev("other", redirect=ELSEWHERE)
        ran = self.paste("other", lambda address: ELSEWHERE + "?auth_code=CANARY-code-x&state=CANARY-state\n")
        self.assertNotEqual(ran.status, DONE)
        self.assert_nothing_out(ran, ran.status)
        self.assertEqual(self.paste("other", lambda address: "").status, SIGN_IN_NEEDED)

    def test_warns_of_a_taken_port_before_it_shows_the_address(self):
        """F114: Rev gives the token to anyone who has the code, so that is asked first; PKCE needs no question."""
        self.add_rev("lost")
        with occupied(self.port):
            ran = self.cli.run("sign-in", "lost", "--paste", stdin="")
            self.assert_nothing_out(ran, FAILED)
            self.assertNotIn(self.vendors.url, ran.err)
            self.assertIn("--accept-taken-port", ran.err)
            process = self.cli.start("sign-in", "lost", "--paste", "--accept-taken-port")
            told = ""
            while not (address := process.stderr.readline().decode()).startswith("http"):
                told += address
            self.assertIn("The browser's answer would go to that program", told)
            ran = self.cli.end(process, ["sign-in"], landing(address.strip()) + "\n")
        self.assertEqual((ran.status, ran.out), (DONE, ""), ran.err)
        self.assert_signed_in("lost")

        redirect = self.add_priava("kept")
        with occupied(self.port):
            ran = self.cli.run("sign-in", "kept", "--paste", stdin="CANARY-code-kept\n")
        self.assertEqual(ran.status, DONE, ran.err)
        self.assertLess(ran.err.index("would go to that program"), ran.err.index(redirect))

    def test_says_where_to_begin_where_no_page_is_known(self):
        self.add_priava("priava")
        ran = self.cli.run("sign-in", "priava", "--paste", stdin="CANARY-code-priava\n")
        self.assertEqual((ran.status, ran.out), (DONE, ""), ran.err)
        self.assertIn("Begin at Priava", ran.err)
        self.assert_signed_in("priava")

    def test_5_a_code_that_is_refused(self):
        self.add_rev("wrong", redirect=ELSEWHERE)
        self.assert_nothing_out(self.paste("wrong", lambda address: "CANARY-code-wrong\n"), REFUSED)


class AtATerminal(SignIns):
    def test_opens_the_systems_browser(self):
        self.add_rev("opened")
        page = self.browser()
        tools = self.folder / "tools"
        tools.mkdir()
        opener = tools / "xdg-open"
        opener.write_text("#!/bin/sh\nexec " + page.command.replace("%u", '"$1"') + "\n", encoding="utf-8")
        opener.chmod(0o755)
        terminal = self.cli.at_terminal("sign-in", "opened", PATH=f"{tools}:{os.environ['PATH']}")
        terminal.wait_for("Waiting for the browser's answer")
        terminal.wait_for("Signed in")
        self.assertEqual(terminal.end(), DONE)
        self.assertIn("Signed in", page.landed()["title"])
        self.assert_signed_in("opened")

    def test_takes_what_is_typed_and_says_what_it_does_not_understand(self):
        self.add_rev("typed", redirect=ELSEWHERE)
        terminal = self.cli.at_terminal("sign-in", "typed", "--browser", "true %u")
        address = terminal.wait_for(r"(http\S+)\n[^$]*Paste").group(1)
        terminal.type(ELSEWHERE + "?nothing=here")
        terminal.wait_for("it has no state")
        terminal.type(landing(address))
        terminal.wait_for("Signed in")
        self.assertEqual(terminal.end(), DONE)
        self.assert_signed_in("typed")

    def test_F102_takes_an_address_in_pieces(self):
        """As it comes where the terminal's width broke it, with and without a line end behind the last piece."""
        self.add_rev("pieces", redirect=ELSEWHERE)
        for end in ("\n", ""):
            terminal = self.cli.at_terminal("sign-in", "pieces", "--paste")
            address = terminal.wait_for(r"(https?://\S+)\s").group(1)
            terminal.wait_for("press Enter")
            text = landing(address)
            terminal.type("\n".join(text[at:at + 40] for at in range(0, len(text), 40)), end)
            terminal.wait_for("Signed in")
            self.assertEqual(terminal.end(), DONE)

    def test_asks_about_a_code_without_state(self):
        redirect = self.add_priava("asked")
        terminal = self.cli.at_terminal("sign-in", "asked", "--browser", "true")
        terminal.wait_for("Begin at Priava")
        terminal.wait_for("Waiting for the browser's answer")
        for code, answer, before, then in (("strange", "no", "", "Still waiting"),
                                           ("asked", "y", r"Still waiting[\s\S]*", "Signed in")):
            browser = threading.Thread(target=fetch, args=(f"{redirect}?code=CANARY-code-{code}",))
            browser.start()
            terminal.wait_for(before + r"Use it\? \[y/N\]")
            terminal.type(answer)
            terminal.wait_for(then)
            browser.join(60)
        self.assertEqual(terminal.end(), DONE)
        self.assert_signed_in("asked")

    def test_asks_before_the_code_goes_to_another_program(self):
        """F114"""
        self.add_rev("robbed")
        with occupied(self.port):
            for answer, then in (("n", "Another program uses"), ("y", r"Open this page and sign in:\s+(http\S+)")):
                terminal = self.cli.at_terminal("sign-in", "robbed", "--paste")
                self.assertNotIn("http", terminal.wait_for(r"([\s\S]*)Go on\? \[y/N\]").group(1))
                terminal.type(answer)
                address = terminal.wait_for(then)
                if answer == "n":
                    self.assertEqual(terminal.end(), FAILED)
            terminal.type(landing(address.group(1)))
            terminal.wait_for("Signed in")
            self.assertEqual(terminal.end(), DONE)
        self.assert_signed_in("robbed")

    def test_ends_with_control_c(self):
        self.add_rev("broken")
        terminal = self.cli.at_terminal("sign-in", "broken", "--browser", "true %u")
        terminal.wait_for("Or paste")
        terminal.interrupt()
        self.assertEqual(terminal.end(), CANCELLED)
        self.assertFalse(is_open(self.port))


if __name__ == "__main__":
    tell()
