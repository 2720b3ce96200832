// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/profile/sqliteconnection.h"
#include "core/port/accountstore.h"

#include <QString>

#include <memory>

namespace latchkey {

struct OpenedProfile
{
    std::unique_ptr<SqliteConnection> connection;
    int version = 0; // of the schema, before it was brought up to date
    bool wasRestored = false; // it was damaged or gone, and a backup is in its place
};

// Opens the profile's database in `folder`, which must be private; makes an empty one if there is none and
// never was, and brings an older one up to date.
// Whatever stands in its place and is no regular file of ours is left as it is, and so is a newer Latchkey's.
// A damaged one gives way to the last good backup, and without one is left as it is (F70 to F74).
[[nodiscard]] Result<OpenedProfile, AccountStoreError> openAccountDatabase(const QString &folder);

[[nodiscard]] QString accountDatabasePath(const QString &folder);

} // namespace latchkey
