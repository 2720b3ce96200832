# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The recipes in the shells and programs they are written for, against the vendors' API."""

import base64
import http.server
import io
import json
import os
import shutil
import threading
import unittest
import urllib.parse
import urllib.request
import xml.etree.ElementTree

import dotenv
import readers
from peers import EVERY, PeerTest, TEMPLATES, made, random_texts, readable, run

FILTERS = ["shell", "powershell", "cmd", "dotenv", "json", "xml", "url", "base64"]
DOTENV_MARKS = r"\$[A-Za-z_{(]"
CMD_VARIABLES = {"PATH": "C:\\", "HOME": "C:\\home", "A": "!", "PATH_": "x"}


class Commands(PeerTest):
    def check(self, recipe, *runners):
        for account, texts in zip(self.accounts, self.made, strict=True):
            for runner in runners:
                with self.subTest(recipe=recipe, account=account["provider"], runner=runner.__name__):
                    done = runner(texts["recipes"][recipe])
                    self.assertEqual(self.statuses(), [200])
                    self.assertEqual(done.returncode, 0)
                    self.assertIsInstance(json.loads(done.stdout), dict)

    def script(self, shell, text, *options):
        """As pasted: the text and an end of line."""
        file = self.folder / "pasted"
        file.write_bytes(text + b"\n")
        return self.run_quietly([*shell, file, *options], stdin=-3)

    def bash(self, text):
        return self.script(["bash", "--norc"], text)

    def dash(self, text):
        return self.script(["dash"], text)

    def bash_with_history(self, text):
        """Typed at a prompt, where ! has a meaning."""
        return self.run_quietly(["bash", "--norc", "--noprofile", "-i"], input=b"set -o histexpand\n" + text + b"\n",
                                start_new_session=True, env=dict(os.environ, HISTFILE="/dev/null"))

    def cmd(self, text):
        arguments = readers.cmd_arguments(text.decode(), CMD_VARIABLES)
        self.assertTrue(arguments[0] == "curl", "another program would run")
        return self.run_quietly(arguments)

    def test_curl(self):
        self.check("curl", self.bash, self.dash, self.bash_with_history)

    def test_wget(self):
        self.check("wget", self.bash, self.dash)

    def test_httpie(self):
        self.check("httpie", self.bash)

    def test_curl_in_cmd(self):
        self.check("curl-cmd", self.cmd)

    def test_powershell_by_its_documented_rules(self):
        for account, texts in zip(self.accounts, self.made, strict=True):
            url, headers = readers.powershell_request(texts["recipes"]["powershell"].decode())
            with self.subTest(account=account["provider"]):
                with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as answer:
                    self.assertEqual(answer.status, 200)

    @unittest.skipUnless(shutil.which("pwsh"), "PowerShell comes neither with Debian nor from npm; "
                         "its documented rules are checked instead")
    def test_powershell(self):
        def pwsh(text):
            file = self.folder / "pasted.ps1"
            file.write_bytes(b"\xef\xbb\xbf" + text + b" | ConvertTo-Json\n")
            return self.run_quietly(["pwsh", "-NoProfile", "-File", file])
        self.check("powershell", pwsh)

    def test_no_redirect_takes_the_token_along(self):
        target = self.accounts[0]["url"]

        class Redirect(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(302)
                self.send_header("Location", target)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Redirect)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        moved = dict(self.accounts[0], url=f"http://127.0.0.1:{server.server_port}/")
        (texts,), _ = made(self.peerfiles, [moved])
        for recipe in ("curl", "wget", "httpie"):
            with self.subTest(recipe=recipe):
                self.bash(texts["recipes"][recipe])
                self.assertEqual(self.statuses(), [])

    def test_httpie_with_a_password_for_the_host(self):
        netrc = self.folder / "netrc"
        netrc.write_text("machine 127.0.0.1 login other password other\n", encoding="utf-8")
        netrc.chmod(0o600)
        file = self.folder / "pasted"
        file.write_bytes(self.made[0]["recipes"]["httpie"])
        self.run_quietly(["bash", file], env=dict(os.environ, NETRC=str(netrc)), stdin=-3)
        self.assertEqual(self.statuses(), [200])


class Files(PeerTest):
    def sourced(self, text, names):
        file = self.folder / "env"
        file.write_bytes(text)
        prints = "".join(f"printf '%s\\0' \"${name}\"; " for name in names)
        done = self.run_quietly(["bash", "-c", f". ./env; {prints}"])
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout.decode().split("\0")[:-1]

    def read_by_npm(self, text):
        """As dotenv reads it, and as Vite, Next.js and others read on with dotenv-expand."""
        script = ("const parsed = require('dotenv').parse(require('fs').readFileSync(0));"
                  "const expanded = require('dotenv-expand').expand({ parsed: { ...parsed }, processEnv: {} }).parsed;"
                  "process.stdout.write(JSON.stringify({ parsed, expanded }))")
        environment = dict(os.environ, NODE_PATH=str(self.npm / "node_modules"))
        done = self.run_node("-e", script, input=text, env=environment)
        self.assertEqual(done.returncode, 0)
        return json.loads(done.stdout)

    def test_source(self):
        names = ["LATCHKEY_TOKEN", "LATCHKEY_AUTHORIZATION", "LATCHKEY_URL", "LATCHKEY_EXPIRES_AT"]
        for account, texts in zip(self.accounts, self.made, strict=True):
            self.assertEqual("dotenv" in texts["recipes"], bool(readable([account], DOTENV_MARKS)))
            if "dotenv" not in texts["recipes"]:
                continue
            token, authorization, url, expires_at = self.sourced(texts["recipes"]["dotenv"], names)
            self.assertTrue(token == account["token"], "the token changed")
            self.assertTrue(authorization == account["scheme"] + " " + token, "the header changed")
            self.assertTrue(url.startswith(self.vendors.url), "the address changed")
            self.assertEqual(expires_at, "2031-05-04T10:00:00Z")

    def test_all_readers_agree_on_what_all_can_hold(self):
        """F111: what any of them would fill in or run is refused."""
        def agrees(text):
            return not (("'" in text and set(text) & set('"$`\\')) or "\\\\" in text or text.endswith("\\"))
        values = ([text for text in random_texts(300) + TEMPLATES if agrees(text)]
                  + ["eyJ.a-b_c~+/==", "a'b", 'a"b', "a\\nb", "a #b"])
        accounts = [{"name": f"n{i}", "scheme": "Bearer", "token": value, "url": "https://h.example/?$top=1"}
                    for i, value in enumerate(values)]
        (text,) = made(self.peerfiles, accounts)[1]["dotenv"].values()
        tokens = {f"LATCHKEY_{one['name'].upper()}_TOKEN": one["token"] for one in readable(accounts, DOTENV_MARKS)}
        npm, python = self.read_by_npm(text), dotenv.dotenv_values(stream=io.StringIO(text.decode()))
        self.assertEqual([name for name in python if name.endswith("_TOKEN")], list(tokens))
        self.assertEqual(self.sourced(text, tokens), list(tokens.values()))
        self.assertEqual({name: npm["parsed"][name] for name in tokens}, tokens)
        self.assertEqual({name: python[name] for name in tokens}, tokens)
        expanded = {name: token for name, token in tokens.items() if "\\$" not in token}
        self.assertEqual({name: npm["expanded"][name] for name in expanded}, expanded)
        self.assertLess(len(tokens), len(accounts))

    def test_exported_names_are_different(self):
        (text,) = self.exports["dotenv"].values()
        names = [line.split(b"=")[0].decode() for line in text.splitlines() if line.startswith(b"LATCHKEY_")]
        self.assertEqual(len(names), len(set(names)))
        tokens = [name for name in names if name.endswith("_TOKEN")]
        taken = [account["token"] for account in readable(self.accounts, DOTENV_MARKS)]
        self.assertTrue(self.sourced(text, tokens) == taken, "a token changed")

    def test_jq(self):
        for account, texts in zip(self.accounts, self.made, strict=True):
            done = self.run_quietly(["jq", "-j", '.token, "\\n", .header_value, "\\n", .account, "\\n", .headers.Authorization'],
                                    input=texts["recipes"]["json"])
            self.assertTrue(done.stdout.decode().split("\n")
                            == [account["token"], account["scheme"] + " " + account["token"], account["name"],
                                account["scheme"] + " " + account["token"]], "a value changed")


class Filters(PeerTest):
    """Whatever a value holds, its filter's target reads the same value back."""

    def setUp(self):
        super().setUp()
        self.values = random_texts(150) + [EVERY, "\\", "'", '"', "%", "^", "!", "a\\\\\"b\\", "%PATH%%PATH%", "%A:b=c%"]
        # The token is there because a template without one hands out nothing.
        templates = {f"own-{name}": "{{token}}{{name|%s}}" % name for name in FILTERS}
        made_here, _ = made(self.peerfiles, [{"name": value, "token": ""} for value in self.values], templates)
        self.texts = {name: [one["templates"][f"own-{name}"].decode() for one in made_here] for name in FILTERS}

    def printed(self, shell, words):
        file = self.folder / "script"
        file.write_text("".join(f"printf '%s\\0' {word}\n" for word in words), encoding="utf-8")
        return self.run_quietly([shell, file]).stdout.decode().split("\0")[:-1]

    def test_shell(self):
        for shell in ("bash", "dash"):
            self.assertEqual(self.printed(shell, self.texts["shell"]), self.values)

    def test_dotenv(self):
        self.assertEqual(self.printed("bash", self.texts["dotenv"]), self.values)

    def test_powershell(self):
        for text, value in zip(self.texts["powershell"], self.values, strict=True):
            self.assertEqual(readers.powershell_string(text), (value, len(text)))

    def test_cmd(self):
        for text, value in zip(self.texts["cmd"], self.values, strict=True):
            self.assertEqual(readers.cmd_arguments(f"p {text} next", CMD_VARIABLES), ["p", value, "next"])

    def test_the_others(self):
        self.assertEqual([json.loads(text) for text in self.texts["json"]], self.values)
        self.assertEqual([urllib.parse.unquote(text) for text in self.texts["url"]], self.values)
        self.assertEqual([base64.b64decode(text).decode() for text in self.texts["base64"]], self.values)
        parsed = [xml.etree.ElementTree.fromstring(f'<a b="{text}">{text}</a>') for text in self.texts["xml"]]
        self.assertEqual([(element.text, element.get("b")) for element in parsed],
                         [(value, value) for value in self.values])


if __name__ == "__main__":
    run()
