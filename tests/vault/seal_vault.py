# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes an empty vault in a profile with other libraries than the program's, from the description of the format
alone."""

import os
import sqlite3
import uuid
from contextlib import closing

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as seal
from open_vault import FORMAT, bound_to_key, derive

# The least that a vault may ask for.
PASSES, KIBIBYTES = 1, 64 * 1024


def begin_vault(path, passphrase: str) -> None:
    """The profile has kept no secret yet."""
    vault_id, salt, nonce, data_key = str(uuid.uuid4()), os.urandom(16), os.urandom(24), os.urandom(32)
    passphrase_key = derive(passphrase, salt, PASSES, KIBIBYTES)
    wrapped_key = seal(data_key, bound_to_key(vault_id, PASSES, KIBIBYTES, salt), nonce, passphrase_key)
    with closing(sqlite3.connect(path)) as profile, profile:
        profile.execute("INSERT INTO vault (one, id, format, passes, kibibytes, salt, nonce, wrapped_key) "
                        "VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
                        [vault_id, FORMAT, PASSES, KIBIBYTES, salt, nonce, wrapped_key])
