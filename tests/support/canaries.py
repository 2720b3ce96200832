# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mark of every secret that is planted in a test, in each of the clothes a secret may wear when it gets out."""

import base64

MARK = "CANARY-"


def _in_base64(mark):
    """At each of the three places it can begin, without what its neighbours decide. In the URL's alphabet it is the
    same."""
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + mark.encode())
        # The first characters hold what stood before as well, the last ones what comes after.
        yield whole[(0, 2, 3)[shift]:(9, 10, 12)[shift]]


def _escaped(mark, before):
    """Each character by its number; or the dash alone, as where only what is no letter is escaped."""
    yield "".join(before + f"{ord(character):02x}" for character in mark).encode()
    yield (mark[:-1] + before + f"{ord(mark[-1]):02x}").lower().encode()


# By name: what is found as it is written, and what is found in either case.
EXACT = {
    "plain text": [MARK.encode()],
    "UTF-16": [MARK.encode("utf-16-le"), MARK.encode("utf-16-be")],
    "UTF-32": [MARK.encode("utf-32-le"), MARK.encode("utf-32-be")],
    "Base64": list(_in_base64(MARK)),
}
FOLDED = {
    "percent-encoding": [*_escaped(MARK, "%"), *_escaped(MARK, "%25")],
    "hexadecimal": [separator.join(f"{byte:02x}" for byte in MARK.encode()).encode() for separator in ("", " ", ":")],
    "an escaped string": [*_escaped(MARK, "\\u00"), *_escaped(MARK, "\\x")],
}


def kinds_in(content):
    """In which clothes a planted secret stands in the bytes: names, never what stands there."""
    if isinstance(content, str):
        content = content.encode(errors="surrogateescape")
    folded = content.lower()
    return [kind for kinds, searched in ((EXACT, content), (FOLDED, folded))
            for kind, forms in kinds.items() if any(form in searched for form in forms)]


def holds_secret(content):
    return bool(kinds_in(content))
