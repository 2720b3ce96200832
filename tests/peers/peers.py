# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests with real peers have in common: accounts that are hard to quote, the vendors, and what was made."""

import base64
import http.server
import json
import random
import re
import string
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "e2e"))
from vendors import Vendors  # noqa: E402 (it is found through the line above)

EVERY = "".join(chr(c) for c in range(0x20, 0x7F))
HARD = r"""'''"$HOME${HOME}$(id)`id`%PATH%^%a!!!x\\\"\' {{token}} #;&|<>()[]{}*?~=@:,'''"""
NAMES = ["""Prüfung "it's" $HOME %PATH% !! `id` \\ / : 日本 {{x}}""", "'''prod'''", "prod", "PROD", "CON", "../../etc/passwd",
         "folder", "[a]"]
QUERY = "?q=it's \"$HOME\" `id` %25PATH%25 !!&x[]=1&b={a}&c=(d)*;e=1"
SPECIAL = "'\"$`\\!%^&|<>(){}[]#;~*?=@:, /-" + "\u2018\u2019\u201a\u201b\u201c\u201d\u2028\u00e4\u0301日🔑"
# What one engine or another fills in or runs. "prod" is another account of the same file.
TEMPLATES = ["{{prod_token}}", "{{ prod_token }}", "{{_.prod_token}}", "{{process.env.HOME}}", "{{$guid}}", "{{?ask}}", "{{{x}}}",
             "{{", "\\{{x}}", "{% endraw %}{{ 7 * 7 }}", "{% raw %}", "{%- if 1 -%}x", "{%", "{# gone #}", "{#-", "{ {x} }",
             "{ % # x }", "}}x%}#}", "{}", "{x}", "<%= 1 %>", "#{1+1}", ":id", "%7B%7Bprod_token%7D%7D", "${HOME}", "${X:-y}",
             "$HOME", "$_", "$(id)", "'$(id)", "a$b", "$", "$$", "$5", "`id`", "'`id`", "'$"]


def readable(accounts_, marks):
    """The accounts that a reader with these marks takes for nothing but text."""
    return [account for account in accounts_ if not re.search(marks, account["token"] + " " + account["scheme"])]


def accounts(url):
    """One an API of the vendors, and what else a token can look like there."""
    priava = {"provider": "priava", "scheme": "Bearer", "url": f"{url}/api/rest/ping{QUERY}",
              "headers": {"TenantRegion": "APAC"}}
    rev = {"provider": "rev", "scheme": "VBrick", "url": f"{url}/api/v2/user/session"}
    odd_rev = dict(rev, scheme="V'B\"r$i%c%k!\\", provider="rev-oauth2")
    configapi = {"provider": "configapi", "scheme": "Bearer", "url": f"{url}/configapi/v2/data{QUERY}"}
    tokens = [(priava, EVERY.strip()), (rev, HARD), (odd_rev, "two  blanks\\"), (configapi, "eyJhbGciOi.J9-_~+/=="),
              (priava, "'"), (configapi, "\\\\'"), (rev, "\"%PATH%\""), (configapi, "$x'")]
    return [dict(kind, name=name, token="CANARY-" + token)
            for name, (kind, token) in zip(NAMES, tokens, strict=True)]


def configuration(accounts_):
    """What makes the simulator take these tokens, each with its own client."""
    clients = []
    for number, account in enumerate(accounts_):
        client = {"vendor": account["provider"], "id": f"peer-{number}", "secret": "CANARY-secret",
                  "redirect_uris": ["http://127.0.0.1:53917/callback"],
                  "sessions": [{"access_token": account["token"]}]}
        if account["provider"] == "priava":
            client["region"] = account["headers"]["TenantRegion"]
        if account["provider"].startswith("rev"):
            client["header_scheme"] = account["scheme"]
        clients.append(client)
    return {"reset": True, "clients": clients}


def random_texts(count, seed=20):
    """Any printable text, mostly of what some target takes for more than a character. Always the same ones."""
    source = random.Random(seed)
    letters = SPECIAL * 2 + string.ascii_letters + string.digits
    return ["".join(source.choice(letters) for _ in range(source.randint(1, 24))) for _ in range(count)]


def made(program, accounts_, templates=None):
    """The texts the product makes of these accounts."""
    cases = json.dumps({"accounts": accounts_, "templates": templates or {}})
    done = subprocess.run([program], input=cases.encode(), stdout=subprocess.PIPE, check=True, timeout=60)
    answer = json.loads(done.stdout)

    def texts(group):
        return {name: base64.b64decode(text) for name, text in group.items()}
    return ([{kind: texts(group) for kind, group in account.items()} for account in answer["accounts"]],
            {name: texts(files) for name, files in answer["exports"].items()})


def hostile(url):
    """F111: for each template an account that has it in every value, and one whose token the others would take."""
    texts = ["prod"] + TEMPLATES
    return [{"provider": "priava", "scheme": "Bearer", "name": text, "token": "CANARY-" + text,
             "url": f"{url}/{number}/:id?a={{{{prod_token}}}}&$top=1&b[]=$HOME", "headers": {"TenantRegion": text}}
            for number, text in enumerate(texts)]


class Echo:
    """A server that keeps what it hears."""

    def __init__(self):
        heard = self.heard = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                heard.append((self.path, self.headers["Authorization"], self.headers["TenantRegion"]))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class PeerTest(unittest.TestCase):
    """The vendors run, their API takes the accounts' tokens, and everything is made. No failure shows a secret."""

    longMessage = False
    peerfiles = simulator = npm = None  # set by run()
    templates = {}

    @classmethod
    def setUpClass(cls):
        cls.vendors = Vendors(cls.simulator)
        cls.addClassCleanup(cls.vendors.stop)
        cls.accounts = accounts(cls.vendors.url)
        cls.vendors.configure(configuration(cls.accounts))
        cls.made, cls.exports = made(cls.peerfiles, cls.accounts, cls.templates)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.vendors.configure({"clear_log": True})

    def check_hostile(self, marks, send):
        """F111: what a client would read as a template is refused, and no other account; what it sends is each value."""
        echo = Echo()
        self.addCleanup(echo.stop)
        taken = readable(hostile(echo.url), marks)
        _, exports = made(self.peerfiles, hostile(echo.url))
        exports["postman-collection"] = made(self.peerfiles, taken)[1]["postman-collection"]
        self.assertEqual(send(exports), [200] * len(taken))
        expected = [(f"/{account['url'].split('/')[3]}/:id?a=%7B%7Bprod_token%7D%7D&$top=1&b[]=$HOME",
                     "Bearer " + account["token"], account["headers"]["TenantRegion"]) for account in taken]
        self.assertTrue([one[1:] for one in echo.heard] == [one[1:] for one in expected],
                        "a value changed, was read as a template, or was refused without need")
        self.assertEqual([one[0] for one in echo.heard], [one[0] for one in expected])

    def write(self, files, under="."):
        for name, content in files.items():
            path = self.folder / under / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return self.folder / under

    def run_quietly(self, command, **options):
        """What it prints may hold a token, so nobody sees it."""
        return subprocess.run([str(part) for part in command], capture_output=True, timeout=60, check=False,
                              cwd=self.folder, **options)

    def run_node(self, *command, **options):
        return self.run_quietly([self.npm / "node", *command], **options)

    def statuses(self):
        """How the API answered since the last call."""
        seen = [request["status"] for request in self.vendors.log()["requests"]]
        self.vendors.configure({"clear_log": True})
        return seen


def run():
    """test_x.py PEERFILES SIMULATOR NPM-FOLDER [unittest's options]"""
    PeerTest.peerfiles, PeerTest.simulator = sys.argv[1:3]
    PeerTest.npm = Path(sys.argv[3])
    unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
