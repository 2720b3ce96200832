// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/profile/sqliteconnection.h"
#include "core/port/privatefiles.h"

#include <QString>

#include <functional>

namespace latchkey {

// The profile's file in its folder.
[[nodiscard]] QString profilePath(const QString &folder);

[[nodiscard]] AccountStoreError storeError(const PrivateFileError &error);

// By name, never by opening it: closing any descriptor of the file would drop the locks that SQLite
// holds on it through another connection of this process (sqlite.org/howtocorrupt.html, section 2.2).
// Takes rights away that others have. Corrupt: it is empty.
[[nodiscard]] StoreResult checkDatabaseFile(const QString &path);

// Makes a database under the name PATH.new, an empty file at first, has it filled, and puts it in the place
// of `path` at once: what is called `path` is always whole. The folder's FolderLock has to be held.
[[nodiscard]] StoreResult
writeDatabaseFile(const QString &path, const std::function<StoreResult(const QString &unfinished)> &fill);

// What a process that was killed in that function left in the folder, and no other is working on now (F78).
void removeUnfinishedDatabases(const QString &folder);

} // namespace latchkey
