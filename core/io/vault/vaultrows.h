// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/vault/vaultformat.h"
#include "core/port/accountstore.h"

#include <QDateTime>

#include <optional>

namespace latchkey {

class SqliteConnection;

// The vault's rows in the profile. Call the functions that write within a transaction.

// What a failure of the profile is to a user of the vault.
[[nodiscard]] SecretStoreError vaultErrorOf(const AccountStoreError &error);

// Empty: there is no vault.
[[nodiscard]] Result<std::optional<VaultRow>, AccountStoreError>
readVaultRow(const SqliteConnection &connection);
// Replaces the row that was there.
[[nodiscard]] Result<void, AccountStoreError> writeVaultRow(const SqliteConnection &connection,
                                                            const VaultRow &row);
// The vault with all its secrets, overwritten with zeros in the file.
[[nodiscard]] Result<void, AccountStoreError> eraseVaultRows(const SqliteConnection &connection);

// Which vault it is, and what it holds for the account, in one statement.
struct FoundSecret
{
    QString vaultId; // empty: there is no vault
    std::optional<SealedSecret> sealed;
};
[[nodiscard]] Result<FoundSecret, AccountStoreError> findSealedSecret(const SqliteConnection &connection,
                                                                      const QString &account);
[[nodiscard]] Result<void, AccountStoreError> writeSealedSecret(const SqliteConnection &connection,
                                                                const SealedSecret &sealed);
// Overwritten with zeros in the file.
[[nodiscard]] Result<void, AccountStoreError> removeSealedSecret(const SqliteConnection &connection,
                                                                 const QString &account);

// As much space as one write takes, for ten minutes. Frees the expired rows of processes that died.
[[nodiscard]] Result<void, AccountStoreError> reserveSpace(const SqliteConnection &connection,
                                                           const QString &id, const QDateTime &now);
[[nodiscard]] Result<void, AccountStoreError> freeSpace(const SqliteConnection &connection,
                                                        const QString &id);

} // namespace latchkey
