#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the vault in a profile with other libraries than the program's, from the description of the format alone.

open_vault.py PROFILE...: reads the passphrase from the first line of standard input, and prints what each vault holds,
but no secret: of every value the length and the SHA-256. Needs Debian's python3-nacl and python3-argon2.
"""

import hashlib
import sqlite3
import sys
import unicodedata
from contextlib import closing

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as unseal
from nacl.exceptions import CryptoError

FORMAT = 1
STEP, TAG = 1024, 16
LONGEST = 96 * 1024 + TAG


class VaultError(Exception):
    """The profile has no vault that this passphrase opens."""


def require(condition: bool, what: str) -> None:
    if not condition:
        raise VaultError(what)


def bound(*parts) -> bytes:
    """What is authenticated and not sealed."""
    return b"\0".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)


def bound_to_key(vault_id, passes, kibibytes, salt) -> bytes:
    return bound("latchkey vault", vault_id, FORMAT, passes, kibibytes, salt)


def bound_to_secret(account, bound_to) -> bytes:
    return bound("latchkey secret", account, bound_to)


def derive(passphrase: str, salt: bytes, passes: int, kibibytes: int) -> bytes:
    require(ARGON2_VERSION == 0x13, "key derivation")
    secret = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(secret, salt, time_cost=passes, memory_cost=kibibytes, parallelism=1, hash_len=32,
                           type=Type.ID)


def opened(sealed, bound_bytes, nonce, key, otherwise) -> bytes:
    require(len(sealed) >= TAG and len(nonce) == 24, otherwise)
    try:
        return unseal(bytes(sealed), bound_bytes, bytes(nonce), key)
    except CryptoError as fault:
        raise VaultError(otherwise) from fault


def open_vault(path, passphrase: str, derive_key=derive) -> dict:
    """The vault's id, its work, and of each account what is kept and what that is bound to."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as profile:
        rows = profile.execute("SELECT id, format, passes, kibibytes, salt, nonce, wrapped_key FROM vault").fetchall()
        sealed = profile.execute("SELECT account, bound_to, nonce, ciphertext FROM sealed_secret").fetchall()
    require(len(rows) == 1, "no vault")
    vault_id, version, passes, kibibytes, salt, nonce, wrapped_key = rows[0]
    require(version == FORMAT, "format")
    require(1 <= passes <= 10 and 64 * 1024 <= kibibytes <= 1024 * 1024, "work")
    require((len(salt), len(wrapped_key)) == (16, 32 + TAG), "sizes")
    passphrase_key = derive_key(passphrase, salt, passes, kibibytes)
    data_key = opened(wrapped_key, bound_to_key(vault_id, passes, kibibytes, salt), nonce, passphrase_key,
                      "passphrase or vault's row")
    items = {}
    for account, bound_to, own_nonce, ciphertext in sealed:
        require(len(ciphertext) <= LONGEST and (len(ciphertext) - TAG) % STEP == 0, "padding")
        plain = opened(ciphertext, bound_to_secret(account, bound_to), own_nonce, data_key, "damaged")
        items[account] = {"bound_to": bound_to, "value": plain.rstrip(b" ").decode()}
    return {"id": vault_id, "passes": passes, "kibibytes": kibibytes, "items": items}


def main(paths) -> int:
    passphrase = sys.stdin.readline().rstrip("\n")
    for path in paths:
        try:
            content = open_vault(path, passphrase)
        except VaultError as fault:
            print(f"{path}: {fault}", file=sys.stderr)
            return 1
        print(f"vault {content['id']}: {content['passes']} passes, {content['kibibytes']} KiB")
        for account, item in sorted(content["items"].items()):
            value = item["value"].encode()
            print(f"account {account}: {item['bound_to']}: {len(value)} bytes, SHA-256 "
                  f"{hashlib.sha256(value).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
