#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for planted secrets can fail: whatever is planted, wherever, is found (R48)."""

import base64
import subprocess
import sys
import unittest
import urllib.parse
from pathlib import Path

SEARCH = Path(__file__).with_name("leaksearch.py")
SECRET = b"CANARY-planted-1"

# What a secret may look like when it gets out, made by other means than the search makes it.
CLOTHES = {
    "plain text": SECRET,
    "UTF-16, little end first": SECRET.decode().encode("utf-16-le"),
    "UTF-16, big end first": SECRET.decode().encode("utf-16-be"),
    "UTF-32": SECRET.decode().encode("utf-32"),
    "Base64": base64.b64encode(SECRET),
    "Base64 behind one byte": base64.b64encode(b"x" + SECRET),
    "Base64 behind two bytes": base64.b64encode(b"id" + SECRET),
    "Base64 of a Basic header": base64.b64encode(b"client:" + SECRET),
    "base64url": base64.urlsafe_b64encode(b"\xff\xfe" + SECRET).rstrip(b"="),
    "percent-encoded": "".join(f"%{byte:02X}" for byte in SECRET).encode(),
    "percent-encoded in small letters": "".join(f"%{byte:02x}" for byte in SECRET).encode(),
    "percent-encoded dash": SECRET.replace(b"-", b"%2D"),
    "percent-encoded twice": urllib.parse.quote(SECRET.replace(b"-", b"%2D")).encode(),
    "hexadecimal": SECRET.hex().encode(),
    "hexadecimal in capitals": SECRET.hex().upper().encode(),
    "hexadecimal with colons": SECRET.hex(":").encode(),
    "hexadecimal with blanks": SECRET.hex(" ").encode(),
    "JSON by numbers": "".join(f"\\u{byte:04X}" for byte in SECRET).encode(),
    "as Qt escapes it": "".join(f"\\x{byte:02x}" for byte in SECRET).encode(),
}
# Where: the body of a program that is given the bytes as `planted`.
PLACES = {
    "standard output": "sys.stdout.buffer.write(planted)",
    "standard error": "sys.stderr.buffer.write(planted)",
    "a file in the home": "(home / '.hidden').mkdir(); (home / '.hidden' / 'file').write_bytes(b'before' + planted)",
    "a file that nobody may read": "(home / 'file').write_bytes(planted); (home / 'file').chmod(0)",
    "a folder that nobody may enter": "(home / 'a').mkdir(); (home / 'a' / 'file').write_bytes(planted); "
                                      "(home / 'a').chmod(0)",
    "a file of many gigabytes, behind a hole": "with open(home / 'file', 'wb') as file:\n"
                                               "    file.seek(1 << 36)\n    file.write(planted)",
    "a large file, where it is cut": "(home / 'file').write_bytes(bytes((1 << 24) - 5) + planted)",
    "a temporary file": "pathlib.Path(os.environ['TMPDIR'], 'file').write_bytes(planted)",
    "a file of the session": "pathlib.Path(os.environ['XDG_RUNTIME_DIR'], 'file').write_bytes(planted)",
}
NAMES = {
    "a file's name": "(home / planted.decode()).touch()",
    "a folder's name": "(home / planted.decode()).mkdir()",
    "a link's target": "(home / 'link').symlink_to(planted.decode())",
}


def searched(act, planted=b""):
    # The secret goes in by hand, so that the command line does not hold it.
    program = ("import os, pathlib, sys\nplanted = sys.stdin.buffer.read()\n"
               "home = pathlib.Path(os.environ['HOME'])\n" + act)
    return subprocess.run([sys.executable, SEARCH, sys.executable, "-c", program], input=planted, capture_output=True,
                          timeout=60, check=False)


class LeakSearch(unittest.TestCase):
    def assert_found(self, act, planted):
        done = searched(act, planted)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"LEAK: a planted secret in ", done.stdout)

    def test_finds_every_kind_R48(self):
        for kind, planted in CLOTHES.items():
            with self.subTest(kind):
                self.assert_found(PLACES["a file in the home"], planted)

    def test_finds_it_in_every_place_R48(self):
        for place, act in PLACES.items():
            with self.subTest(place):
                self.assert_found(act, SECRET)

    def test_finds_names_R48(self):
        for place, act in NAMES.items():
            with self.subTest(place):
                self.assert_found(act, SECRET)

    def test_says_where_and_not_what_R48(self):
        done = searched(PLACES["a file in the home"], SECRET)
        self.assertEqual(done.stdout.strip(), b"LEAK: a planted secret in home/.hidden/file, as plain text")

    def test_lets_a_clean_test_pass(self):
        self.assertEqual(searched("print('nothing here'); (home / 'file').write_text('a canary sings')").returncode, 0)

    def test_keeps_the_status_of_a_test_that_fails(self):
        self.assertEqual(searched("sys.exit(3)").returncode, 3)


if __name__ == "__main__":
    unittest.main(verbosity=2)
