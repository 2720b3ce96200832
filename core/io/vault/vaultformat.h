// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/io/vault/vaultbytes.h"
#include "core/io/vault/vaultpayload.h"
#include "core/port/vault.h"

#include <QByteArray>

namespace latchkey {

// The vault's bytes, version 1 (docs/vault-format.md, section 3). All numbers are little-endian; nothing
// about the accounts stands outside of the sealed payload.
//
//   offset  bytes
//        0      8  magic "LatchVlt"
//        8      2  format version, 1
//       10      4  length of the header, 140
//       14      2  key derivation: 1 = Argon2id version 1.3, one lane
//       16      4  passes
//       20      4  memory in KiB
//       24     16  salt
//       40     24  nonce of the wrapped key
//       64     48  data key, sealed by the key from the passphrase; authenticates the 40 bytes before the
//       nonce
//      112     24  nonce of the payload
//      136      4  length of the sealed payload
//      140      n  payload, sealed by the data key; authenticates the whole header
//
// Both are sealed with XChaCha20-Poly1305 (IETF). The payload is JSON filled up with blanks to a multiple of
// 1024 bytes, so that the file's length does not tell that of a token.

// How much work a guess at the passphrase costs.
struct VaultWork
{
    quint32 passes = 3;
    quint32 kibibytes = 256 * 1024;
    friend bool operator==(const VaultWork &, const VaultWork &) = default;
};

inline constexpr VaultWork usualVaultWork { 3, 256 * 1024 };
inline constexpr VaultWork smallVaultWork { 3, 64 * 1024 }; // where memory is short
inline constexpr qsizetype vaultHeaderSize = 140;
inline constexpr qsizetype vaultPayloadLimit = 16'777'216; // sealed
inline constexpr qsizetype vaultFileLimit = vaultHeaderSize + vaultPayloadLimit;

// The part of the header that a passphrase opens. It stays as it is from save to save.
struct VaultSlot
{
    VaultWork work;
    QByteArray salt;
    QByteArray wrapNonce;
    QByteArray wrappedKey;
    friend bool operator==(const VaultSlot &, const VaultSlot &) = default;
};

// Checks everything that can be checked without the passphrase, before any work is done for the file.
[[nodiscard]] Result<VaultSlot, VaultError> readVaultSlot(QByteArrayView file);

[[nodiscard]] Result<VaultBytes, VaultError> deriveVaultKek(const Secret &passphrase, const VaultSlot &slot);
// PassphraseWrong: or the header was changed.
[[nodiscard]] Result<VaultBytes, VaultError> unwrapVaultKey(const VaultSlot &slot, const VaultBytes &kek);
// A new salt each time. NoMemory: try with less work.
[[nodiscard]] Result<VaultSlot, VaultError> makeVaultSlot(const Secret &passphrase, const VaultWork &work,
                                                          const VaultBytes &dataKey);

// A new nonce each time. Full: more than a vault takes.
[[nodiscard]] Result<QByteArray, VaultError> sealVault(const VaultSlot &slot, const VaultBytes &dataKey,
                                                       const VaultContent &content);
[[nodiscard]] Result<VaultContent, VaultError> openVault(QByteArrayView file, const VaultBytes &dataKey);

} // namespace latchkey
