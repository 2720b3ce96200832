# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as scripts and people use it. Nothing it prints may hold a planted secret, unless a token was asked
for; and then on standard output alone."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
from collections import namedtuple

from leaks import holds_secret
from waiting import DEADLINE, Overdue

DONE, FAILED, USAGE, NO_SUCH_ACCOUNT, SIGN_IN_NEEDED, REFUSED, NETWORK, SECRET_STORE, CANCELLED = range(9)

LONGEST = 300  # seconds: twenty that began at once take long on a machine that has other work; only what hangs is ended

Ran = namedtuple("Ran", "status out err")


class Leak(AssertionError):
    """Says where a planted secret was found, never which."""


class CommandLine:
    # What hands tokens out.
    SPEAKING = {"token", "exec", "export"}

    def __init__(self, program, profile, **environment):
        self._program = [str(program), "--profile", str(profile)]
        self.environment = {**os.environ, **environment}

    def words(self, *arguments):
        return [*self._program, *arguments]

    def run(self, *arguments, stdin="", **more):
        process = self.start(*arguments, **more)
        return self.end(process, arguments, stdin)

    def start(self, *arguments, **more):
        settings = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
                    "env": self.environment, **more}
        return subprocess.Popen(self.words(*arguments), **settings)

    def end(self, process, arguments, stdin="", seconds=LONGEST):
        out, err = process.communicate(stdin.encode() if stdin else None, timeout=seconds)
        out, err = (out or b"").decode(), (err or b"").decode()
        if holds_secret(err):
            raise Leak(f"standard error of {arguments[0]}")
        if arguments[0] not in self.SPEAKING and holds_secret(out):
            raise Leak(f"standard output of {arguments[0]}")
        return Ran(process.returncode, out, err)

    def json(self, *arguments, **more):
        ran = self.run("--json", *arguments, **more) if arguments[0] not in self.SPEAKING \
            else self.run(*arguments, "--json", **more)
        return ran.status, json.loads(ran.out), ran.err

    def add(self, provider, name, secrets, **fields):
        """`secrets` by field id; they go in on standard input."""
        words = [f"{field}={value}" for field, value in fields.items()]
        for field in secrets:
            words += ["--secret", field]
        ran = self.run("add", provider, name, *words, stdin="".join(f"{value}\n" for value in secrets.values()))
        assert ran.status == DONE, ran.err
        return name

    def account(self, name):
        found = [account for account in self.json("accounts")[1] if account["name"] == name]
        return found[0] if found else None

    def at_terminal(self, *arguments, **more):
        return AtTerminal(self.words(*arguments), {**self.environment, **more})


class AtTerminal:
    """A command whose standard streams are a terminal of its own."""

    def __init__(self, words, environment):
        self._terminal, inner = pty.openpty()
        self._process = subprocess.Popen(words, stdin=inner, stdout=inner, stderr=inner, env=environment,
                                         start_new_session=True)
        os.close(inner)
        self.shown = ""

    def _take(self, seconds):
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return True
        try:
            got = os.read(self._terminal, 65536)
        except OSError:
            got = b""  # how a terminal says that nobody is left at its other end
        self.shown += got.decode(errors="replace").replace("\r\n", "\n")
        return bool(got)

    def wait_for(self, pattern, seconds=DEADLINE):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = re.search(pattern, self.shown)
            if found:
                return found
            if not self._take(0.2):
                break
        shown = "a planted secret" if holds_secret(self.shown) else self.shown
        raise Overdue(f"waited in vain for {pattern}; the terminal shows {shown}")

    def type(self, line, end="\n"):
        os.write(self._terminal, (line + end).encode())

    def interrupt(self):
        """As Ctrl+C does."""
        self._process.send_signal(signal.SIGINT)

    def end(self, seconds=DEADLINE):
        end = time.monotonic() + seconds
        while self._take(0.2) and time.monotonic() < end:
            pass
        os.close(self._terminal)
        return self._process.wait(seconds)
