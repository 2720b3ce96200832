// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "core/port/accountstore.h"

#include <QList>

namespace latchkey {

class SqliteConnection;

// The rows of the table account, each with a checksum in a table beside it: SQLite has none, so a bit that
// flips within a text, a host's name for one, would go unnoticed (F72). A row without one is damage
// too, unless the profile is of a version that had none (F107).

// All accounts, the oldest first, from a database of that version. Corrupt: a row makes no sense, or is not
// what was written.
[[nodiscard]] Result<QList<Account>, AccountStoreError> readAccountRows(const SqliteConnection &connection,
                                                                        int version);

// Belongs into a transaction.
[[nodiscard]] Result<void, AccountStoreError> writeAccountRow(const SqliteConnection &connection,
                                                              const Account &account);

// Belongs to the making of the table of checksums, in the same transaction.
[[nodiscard]] Result<void, AccountStoreError> addMissingChecksums(const SqliteConnection &connection);

} // namespace latchkey
