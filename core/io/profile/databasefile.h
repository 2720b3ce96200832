// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/accountstore.h"

#include <QString>

#include <memory>

namespace latchkey {

// Held while a profile's file is made or brought to a newer version: one process does it, the others wait and
// find it done.
class FolderLock final
{
public:
    [[nodiscard]] static Result<std::unique_ptr<FolderLock>, AccountStoreError> take(const QString &folder);
    // Null: somebody has it, or it cannot be had.
    [[nodiscard]] static std::unique_ptr<FolderLock> tryTake(const QString &folder);
    ~FolderLock();
    Q_DISABLE_COPY_MOVE(FolderLock)

    // Puts `unfinished`, which nobody has open, under its name at once: first its content is on the disk,
    // then its name.
    [[nodiscard]] Result<void, AccountStoreError> finish(const QString &unfinished,
                                                         const QString &path) const;

private:
    explicit FolderLock(int folder) : m_folder(folder) {}

    int m_folder;
};

// A new file that only the user may read; an error when there is one.
[[nodiscard]] Result<void, AccountStoreError> makeEmptyDatabaseFile(const QString &path);

// What a killed process left: the file and SQLite's journal of it.
void removeDatabaseFile(const QString &path);

// By name, never by opening it: closing any descriptor of the file would drop the locks that SQLite
// holds on it through another connection of this process (sqlite.org/howtocorrupt.html, section 2.2).
[[nodiscard]] Result<void, AccountStoreError> checkDatabaseFile(const QString &path);
[[nodiscard]] bool isWritableFile(const QString &path);

} // namespace latchkey
