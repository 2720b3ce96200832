# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for planted secrets where none may be. Tells where one was found, never which."""

import base64
import os
from pathlib import Path

MARK = "CANARY-"


def _disguises(mark):
    """As it is, in UTF-16, and in Base64 at each of the three places it can begin."""
    yield mark.encode()
    yield mark.encode("utf-16-le")
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + mark.encode())
        # The first characters hold what stood before as well, the last ones what comes after.
        yield whole[(0, 2, 3)[shift]:(9, 10, 12)[shift]]


DISGUISES = tuple(_disguises(MARK))


def holds_secret(content):
    if isinstance(content, str):
        content = content.encode()
    return any(disguise in content for disguise in DISGUISES)


def leaking_files(folder, skipped=()):
    """Files below the folder that hold a planted secret, in their content or their name."""
    leaking = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if str(Path(parent, name)) not in skipped]
        for name in names:
            file = Path(parent, name)
            try:
                if MARK in name or (file.is_file() and holds_secret(file.read_bytes())):
                    leaking.append(str(file))
            except OSError:
                continue  # gone since, or a socket
    return leaking
