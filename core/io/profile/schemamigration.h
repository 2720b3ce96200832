// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/accountstore.h"

#include <QString>
#include <QStringList>

namespace latchkey {

class SqliteConnection;

// "Ltch": says which program the file belongs to, to file(1) too.
inline constexpr int accountApplicationId = 0x4c746368;
inline constexpr int accountSchemaVersion = 3;

// From a database of version 1 to one of version 2.
[[nodiscard]] QStringList secondVersionStatements();
// From version 2 to 3; addMissingChecksums() belongs to it.
[[nodiscard]] QStringList thirdVersionStatements();

// Brings the open database in `folder` to the version of today: first a copy of it as it is, under
// "profile.sqlite.v1" or whichever it is, then one transaction (F74). Several processes may do it at
// once. What may not be written to can be read all the same.
[[nodiscard]] Result<void, AccountStoreError> migrateSchema(const SqliteConnection &connection,
                                                            const QString &folder, const QString &path);

[[nodiscard]] Result<int, AccountStoreError> numberFrom(const SqliteConnection &connection,
                                                        const QString &pragma);

} // namespace latchkey
