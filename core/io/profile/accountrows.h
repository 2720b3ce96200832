// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/io/profile/sqliteconnection.h"

#include <QList>

#include <optional>

namespace latchkey {

// The rows of the table account. Each ends with a checksum of its other columns: SQLite has none, so a bit
// that flips within a text, a host's name for one, would go unnoticed (F72).

// All columns but the checksum, in the order of the two functions below.
[[nodiscard]] QString accountColumns();
inline constexpr int accountColumnCount = 13;

[[nodiscard]] QVariantList toRow(const Account &account);
// The row the query stands on. Absent: the row makes no sense.
[[nodiscard]] std::optional<Account> accountFromRow(const QSqlQuery &query);

// All accounts, the oldest first. Corrupt: a row makes no sense, or is not what was written.
[[nodiscard]] Result<QList<Account>, AccountStoreError> readAccountRows(const SqliteConnection &connection);

// Belongs into a transaction.
[[nodiscard]] StoreResult writeAccountRow(const SqliteConnection &connection, const Account &account);
// Gives the row of that id its checksum, whatever is in it. Belongs into a transaction.
[[nodiscard]] StoreResult writeChecksum(const SqliteConnection &connection, const QString &id);

} // namespace latchkey
