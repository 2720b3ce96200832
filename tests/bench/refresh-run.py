#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of refresh.sh that runs beside a keychain: refresh-run.py BUILD COUNT ROUNDS DELAY.

A round is, in turn: all accounts are expired again, and every one's secrets written to the keychain once more (timed:
the writes alone); the requests by `curl --parallel`; `latchkey-cli refresh --all`. Ours less the writes, over curl, is
the round's ratio; the median over the rounds counts.

How the writes are counted apart: GNOME's keyring encrypts and rewrites its whole file with each of them, 50 ms and
more each at 1,000 items, a minute that differs by seconds from run to run. No difference of two such times says
anything about requests that take a second. So the rounds are run on the service's own collection in memory
("session"): the same service, the same calls, no file. What the file adds is measured at the end, once."""

import json
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

BUILD, COUNT, ROUNDS, DELAY = Path(sys.argv[1]), *map(int, sys.argv[2:5])
CLI = BUILD / "app/latchkey-cli/latchkey-cli"
HOME = Path(os.environ["HOME"])


def took(command, **more):
    began = time.monotonic_ns()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, **more)
    milliseconds = (time.monotonic_ns() - began) / 1e6
    if done.returncode != 0:
        sys.exit(f"refresh-run.py: {command[0]} failed ({done.returncode})")
    return milliseconds


class Vendor:
    """The simulator, answering every token request after DELAY ms."""

    def __enter__(self):
        self.process = subprocess.Popen([BUILD / "simulator/latchkey-simulator", "--until-eof"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.url = json.loads(self.process.stdout.readline())["url"]
        if DELAY > 0:
            self.configure({"faults": [{"fault": f"slow:{DELAY}", "times": 0}]})
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def configure(self, document):
        urllib.request.urlopen(urllib.request.Request(
            self.url + "/simulator/configure", json.dumps(document).encode(), {"Content-Type": "application/json"}))

    def requests(self):
        """How many token requests came since this was last asked."""
        with urllib.request.urlopen(self.url + "/simulator/log") as answer:
            counted = json.load(answer)["counts"].get("POST /configapi/v2/oauth/token", 0)
        self.configure({"clear_log": True})
        return counted


def use_collection(name):
    done = subprocess.run(
        ["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
         "--method", "org.freedesktop.Secret.Service.SetAlias", "default", f"/org/freedesktop/secrets/collection/{name}"],
        stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit("refresh-run.py: the keyring has no such collection")


def curl_configuration(url):
    scope = url.removeprefix("http://")
    form = f"grant_type=client_credentials&client_id=demo-configapi&client_secret=demo-configapi-secret&scope={scope}"
    one = f'url = "{url}/configapi/v2/oauth/token"\noutput = "/dev/null"\nsilent\nfail\ndata = "{form}"\n'
    path = HOME / "requests"
    path.write_text("next\n".join([one] * COUNT))
    return path


def written(vendor, profile):
    """Expires every account and writes its secrets; the milliseconds of the writes alone."""
    profile.mkdir(mode=0o700, exist_ok=True)
    fill = [BUILD / "tests/bench/bench-fillkeychain", profile, str(COUNT), vendor.url]
    return float(subprocess.run(fill, check=True, capture_output=True, text=True).stdout)


def round_of(vendor, profile, requests):
    writes = written(vendor, profile)
    vendor.requests()
    curl = took(["curl", "--parallel", "--parallel-immediate", "--config", requests], stderr=subprocess.DEVNULL)
    by_curl = vendor.requests()
    ours = took([CLI, "--profile", profile, "refresh", "--all"], stdout=subprocess.DEVNULL,
                stderr=(HOME / "said").open("w"))
    by_us = vendor.requests()
    if (by_curl, by_us) != (COUNT, COUNT):
        sys.exit(f"refresh-run.py: {by_curl} requests by curl and {by_us} by us, {COUNT} expected")
    return curl, ours, writes


def main():
    with Vendor() as vendor:
        requests = curl_configuration(vendor.url)
        use_collection("session")
        written(vendor, HOME / "bench")
        rounds = [round_of(vendor, HOME / "bench", requests) for _ in range(ROUNDS)]
        curl, ours, writes = (statistics.median(column) for column in zip(*rounds))
        ratio = statistics.median((o - w) / c for c, o, w in rounds)
        print(f"{COUNT} accounts, answers after {DELAY} ms, median of {ROUNDS} rounds")
        print(f"{'requests by curl --parallel':50} {curl:8.0f} ms")
        print(f"{'latchkey-cli refresh --all':50} {ours:8.0f} ms")
        print(f"{'of that as many keychain writes take alone':50} {writes:8.0f} ms")
        print(f"{'the rest':50} {ours - writes:8.0f} ms {ratio:7.2f}x")
        use_collection("login")
        written(vendor, HOME / "file")
        _, ours, writes = round_of(vendor, HOME / "file", requests)
        print(f"{'refresh --all, keychain in its file, one run':50} {ours:8.0f} ms")
        print(f"{'of that as many keychain writes take alone':50} {writes:8.0f} ms")


if __name__ == "__main__":
    main()
