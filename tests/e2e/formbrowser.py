# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""formbrowser.py FOLDER ADDRESS: the smallest browser that can sign in on the simulated vendor's page, for a
machine without a real one. It understands what vendorbrowser.py understands."""

import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from html import unescape
from pathlib import Path

from waiting import wait_for


def words_of(page):
    body = re.sub(r"(?s)<(style|script|svg)\b.*?</\1>", " ", page)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", body))).strip()


class Redirects(urllib.request.HTTPRedirectHandler):
    """Remembers where the last one led to."""
    last = None

    def redirect_request(self, request, file, code, message, headers, address):
        self.last = address
        return super().redirect_request(request, file, code, message, headers, address)


def fetch(address, form=None):
    data = urllib.parse.urlencode(form).encode() if form else None
    redirects = Redirects()
    try:
        answer = urllib.request.build_opener(redirects).open(address, data, timeout=240)
    except urllib.error.HTTPError as refused:
        answer = refused
    except urllib.error.URLError:
        # An address nobody answers at is where this sign-in is meant to end.
        if not redirects.last:
            raise
        return redirects.last, ""
    with answer:
        return answer.geturl(), answer.read().decode()


def main(folder, address):
    file = folder / "plan.json"
    wait_for("a plan", file.exists)
    plan = json.loads(file.read_text(encoding="utf-8"))
    try:
        fetch(address)
        landed, page = fetch(address, {"user": plan["user"], "password": plan["password"], "decision": plan["answer"]})
        title = re.search(r"(?s)<title>(.*?)</title>", page)
        result = {"address": landed, "title": unescape(title.group(1)) if title else "", "text": words_of(page)}
    except OSError as failed:
        result = {"error": f"{type(failed).__name__}: {failed}"}
    number = len(list(folder.glob("landed-*.json"))) + 1
    whole = folder / f"landed-{number}.json"
    part = whole.with_suffix(".part")
    part.write_text(json.dumps(result), encoding="utf-8")
    part.rename(whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
