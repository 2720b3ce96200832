# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes an empty vault with other libraries than the program's, from the description of the format alone."""

import json
import os
import unicodedata
import uuid

from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as seal
from open_vault import BEFORE_WRAP_NONCE, HEADER

# The least that a file may ask for.
PASSES, KIBIBYTES = 1, 64 * 1024
STEP, TAG = 1024, 16


def empty_vault(passphrase: str) -> bytes:
    salt, wrap_nonce, nonce, data_key = os.urandom(16), os.urandom(24), os.urandom(24), os.urandom(32)
    secret = unicodedata.normalize("NFC", passphrase).encode()
    kek = hash_secret_raw(secret, salt, time_cost=PASSES, memory_cost=KIBIBYTES, parallelism=1, hash_len=32,
                          type=Type.ID)
    content = {"id": str(uuid.uuid4()), "generation": 1, "created": "2026-03-01T12:00:00Z", "items": {}}
    payload = json.dumps(content).encode().ljust(STEP)

    def header(wrapped_key):
        return HEADER.pack(b"LatchVlt", 1, HEADER.size, 1, PASSES, KIBIBYTES, salt, wrap_nonce, wrapped_key, nonce,
                           len(payload) + TAG)
    whole = header(seal(data_key, header(bytes(48))[:BEFORE_WRAP_NONCE], wrap_nonce, kek))
    return whole + seal(payload, whole, nonce, data_key)
