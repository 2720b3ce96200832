# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated vendors as a process of their own, and what a caller of their APIs sees."""

import json
import random
import socket
import subprocess
import urllib.error
import urllib.request


def client(vendor, name, **more):
    """A client of the simulator whose every secret is a planted one, known in advance."""
    def planted(kind):
        return [f"CANARY-{kind}-{name}-{at}" for at in range(1, 10)]
    return {"vendor": vendor, "id": name, "secret": f"CANARY-secret-{name}", "next_codes": planted("code+"),
            "next_access_tokens": planted("access"), "next_refresh_tokens": planted("refresh"), **more}


def free_port():
    """A port for a redirect URI, out of the range that outgoing connections take theirs from."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Vendors:
    def __init__(self, program):
        # It ends with its standard input, so it can't outlive this process.
        self._process = subprocess.Popen([str(program), "--until-eof"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL)
        self.url = json.loads(self._process.stdout.readline())["url"]

    def configure(self, document):
        request = urllib.request.Request(f"{self.url}/simulator/configure", json.dumps(document).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=240) as answer:
            answer.read()

    def release(self):
        """Sends the answers that the fault `hold` keeps back."""
        self.configure({"release": True})

    def log(self):
        with urllib.request.urlopen(f"{self.url}/simulator/log", timeout=240) as answer:
            return json.load(answer)

    def count(self, path):
        """How many requests came to this token endpoint."""
        return self.log()["counts"].get(f"POST {path}", 0)

    def call(self, path, headers):
        """The status the API answers a GET with."""
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=240) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code

    def stop(self):
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(240)
