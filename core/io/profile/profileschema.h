// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/profile/sqliteconnection.h"

namespace latchkey {

// "Ltch": says which program the file belongs to, to file(1) too.
inline constexpr int profileApplicationId = 0x4c746368;
inline constexpr int profileSchemaVersion = 1;

// Makes the tables of an empty database, in one transaction.
[[nodiscard]] StoreResult createSchema(const SqliteConnection &connection);

// Whether the open database is a whole profile of the version above. Corrupt where it belongs to another
// program, where its pages do not fit together (sqlite.org/pragma.html#pragma_quick_check), where a table
// differs from createSchema()'s, or where an index by which rows are looked up lacks one. Newer with the
// version's number where that is another. Reads the whole file once: 0.2 ms for ten accounts, 4 ms for 1,000
// with 10,000 entries in the record of activity.
[[nodiscard]] StoreResult checkProfile(const SqliteConnection &connection);

// All of that, and that every account can be read: how many there are.
[[nodiscard]] Result<int, AccountStoreError> countReadableAccounts(const SqliteConnection &connection);

} // namespace latchkey
