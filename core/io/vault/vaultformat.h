// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/io/vault/vaultbytes.h"
#include "core/port/secretstore.h"

#include <QByteArray>
#include <QString>

namespace latchkey {

// How a vault is sealed (docs/vault-format.md): a random data key seals each account's secret, and the
// passphrase's key wraps the data key. Both with XChaCha20-Poly1305 (IETF) and a random nonce.

inline constexpr int vaultFormat = 1;
inline constexpr qsizetype vaultPaddingStep = 1024; // so that a row's size does not tell that of a token
inline constexpr qsizetype vaultCiphertextLimit = secretSizeLimit + 16; // with the tag

// How much work a guess at the passphrase costs. As the profile says it, so it may be anything.
struct VaultWork
{
    qint64 passes = 3;
    qint64 kibibytes = qint64(256) * 1024;
    friend bool operator==(const VaultWork &, const VaultWork &) = default;
};

inline constexpr VaultWork usualVaultWork { 3, 262'144 };
inline constexpr VaultWork smallVaultWork { 3, 65'536 }; // where memory is short

// The one row of a vault: what a passphrase opens. A new passphrase changes all of it but the id.
struct VaultRow
{
    QString id; // a UUID, made with the data key
    qint64 format = vaultFormat;
    VaultWork work;
    QByteArray salt;
    QByteArray nonce;
    QByteArray wrappedKey;
    friend bool operator==(const VaultRow &, const VaultRow &) = default;
};

// The row of an account's secret. What is not sealed is authenticated with it.
struct SealedSecret
{
    QString account;
    QString boundTo; // provider and addresses, as the secret itself says; empty: it says nothing
    QByteArray nonce;
    QByteArray ciphertext;
    friend bool operator==(const SealedSecret &, const SealedSecret &) = default;
};

[[nodiscard]] VaultBytes newVaultKey();

// Everything that can be checked without the passphrase, before any work is done for it. VaultNewer,
// VaultDamaged.
[[nodiscard]] Result<void, SecretStoreError> checkVaultRow(const VaultRow &row);
[[nodiscard]] Result<VaultBytes, SecretStoreError> derivePassphraseKey(const Secret &passphrase,
                                                                       const VaultRow &row);
// VaultPassphraseWrong: or the row was changed.
[[nodiscard]] Result<VaultBytes, SecretStoreError> unwrapVaultKey(const VaultRow &row,
                                                                  const VaultBytes &passphraseKey);
// Both steps, behind the check.
[[nodiscard]] Result<VaultBytes, SecretStoreError> openVaultRow(const VaultRow &row,
                                                                const Secret &passphrase);
// A new salt and nonce each time. Where memory is short, with less work.
[[nodiscard]] Result<VaultRow, SecretStoreError>
makeVaultRow(const QString &id, const VaultBytes &dataKey, const Secret &passphrase, const VaultWork &work);

// A new nonce each time.
[[nodiscard]] Result<SealedSecret, SecretStoreError> sealSecret(const QString &account, const Secret &secret,
                                                                const VaultBytes &dataKey);
// VaultDamaged: the row, or a part of it, is not what was sealed.
[[nodiscard]] Result<Secret, SecretStoreError> unsealSecret(const SealedSecret &sealed,
                                                            const VaultBytes &dataKey);

} // namespace latchkey
