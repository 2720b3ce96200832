# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for planted secrets where none may be. Tells where one was found, never which."""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "support"))

from canaries import holds_secret  # noqa: E402


def leaking_files(folder, skipped=(), holds=holds_secret):
    """Files below the folder that hold a planted secret, in their content or their name."""
    leaking = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if str(Path(parent, name)) not in skipped]
        for name in names:
            file = Path(parent, name)
            try:
                if holds(name):
                    leaking.append(f"{parent}/(a name)")
                elif file.is_file() and holds(file.read_bytes()):
                    leaking.append(str(file))
            except OSError:
                continue  # gone since, or a socket
    return leaking
