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
// flips within a text, a host's name for one, would go unnoticed (SECURITY F72). A program of an older
// version that still has the profile open writes rows without; the schema takes the checksum away as it does,
// and such a row is believed.

// All accounts, the oldest first, from a database of that version. Corrupt: a row makes no sense, or is not
// what was written.
[[nodiscard]] Result<QList<Account>, AccountStoreError> readAccountRows(const SqliteConnection &connection,
                                                                        int version);

// Belongs into a transaction.
[[nodiscard]] Result<void, AccountStoreError> writeAccountRow(const SqliteConnection &connection,
                                                              const Account &account);

// Belongs into the transaction that brings the table of checksums.
[[nodiscard]] Result<void, AccountStoreError> addMissingChecksums(const SqliteConnection &connection);

} // namespace latchkey
