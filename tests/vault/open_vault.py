#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a vault with other libraries than the program's, from the description of the format alone.

open_vault.py VAULT...: reads the passphrase from the first line of standard input, and prints what each vault holds,
but no secret: of every value the length and the SHA-256. Needs Debian's python3-nacl and python3-argon2.
"""

import hashlib
import json
import struct
import sys
import unicodedata
from pathlib import Path

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as unseal
from nacl.exceptions import CryptoError

HEADER = struct.Struct("<8sHIHII16s24s48s24sI")
BEFORE_WRAP_NONCE = struct.calcsize("<8sHIHII16s")
PAYLOAD_LIMIT = 16 * 1024 * 1024


class VaultError(Exception):
    """The file is not a vault that this passphrase opens."""


def require(condition: bool, what: str) -> None:
    if not condition:
        raise VaultError(what)


def open_vault(file: bytes, passphrase: str) -> dict:
    require(len(file) >= HEADER.size, "shorter than a header")
    (magic, version, length, derivation, passes, kibibytes, salt, wrap_nonce, wrapped_key, nonce,
     payload_length) = HEADER.unpack_from(file)
    require(magic == b"LatchVlt", "magic")
    require(version == 1 and length == HEADER.size, "version")
    require(derivation == 1 and ARGON2_VERSION == 0x13, "key derivation")
    require(1 <= passes <= 10 and 64 * 1024 <= kibibytes <= 1024 * 1024, "work")
    require(payload_length <= PAYLOAD_LIMIT and payload_length == len(file) - HEADER.size, "payload's length")
    secret = unicodedata.normalize("NFC", passphrase).encode()
    kek = hash_secret_raw(secret, salt, time_cost=passes, memory_cost=kibibytes, parallelism=1, hash_len=32,
                          type=Type.ID)
    try:
        data_key = unseal(wrapped_key, file[:BEFORE_WRAP_NONCE], wrap_nonce, kek)
    except CryptoError as fault:
        raise VaultError("passphrase or header") from fault
    try:
        payload = unseal(file[HEADER.size:], file[:HEADER.size], nonce, data_key)
    except CryptoError as fault:
        raise VaultError("damaged") from fault
    require(len(payload) % 1024 == 0, "padding")
    return json.loads(payload)


def main(paths) -> int:
    passphrase = sys.stdin.readline().rstrip("\n")
    for path in paths:
        try:
            content = open_vault(Path(path).read_bytes(), passphrase)
        except VaultError as fault:
            print(f"{path}: {fault}", file=sys.stderr)
            return 1
        print(f"vault {content['id']} generation {content['generation']} created {content['created']}")
        for key, item in sorted(content["items"].items()):
            value = item["value"].encode()
            print(f"{key}: {item['label']}: {len(value)} bytes, SHA-256 {hashlib.sha256(value).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
