// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/profile/profilebackup.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace latchkey {

class SqliteConnection;

// "profile.sqlite" in the profile's folder, and this process's one connection to it: the stores of accounts,
// activity and recipes share it. The file is opened at the first call; as long as it cannot be, every call
// says why. Several processes may use one profile at once. A file that turns out to be damaged, or that
// another process put aside, is opened again at the next call, by which its last good backup may take its
// place.
//
// It has a rollback journal, not a write-ahead log: at rest there is one file to copy, and a profile on a
// read-only disk can still be read. Writes are rare and small, so what a log would save does not matter.
//
// Opening makes an empty profile if there is none and never was. The folder must be private. Whatever stands
// in the file's place and is no regular file of ours is left as it is, and so is a newer Latchkey's profile.
// A damaged one gives way to the last good backup, and without one is left as it is (F70 to F73).
class SqliteProfile final
{
public:
    explicit SqliteProfile(QString folder);
    ~SqliteProfile();
    Q_DISABLE_COPY_MOVE(SqliteProfile)

    [[nodiscard]] Result<SqliteConnection *, AccountStoreError> connection();
    // One transaction on it.
    [[nodiscard]] Result<void, AccountStoreError>
    change(const std::function<Result<void, AccountStoreError>(const SqliteConnection &)> &changes);
    // The same, for a change after which no backup may hold the state before it: the backups are removed
    // first, and a new one is made. A damaged profile that was kept aside stays.
    [[nodiscard]] Result<void, AccountStoreError> changeWithoutBackups(
        const std::function<Result<void, AccountStoreError>(const SqliteConnection &)> &changes);
    [[nodiscard]] const QString &folder() const { return m_folder; }
    // The accounts cannot be read although the file's structure is whole: whether a backup took its place, so
    // that reading them again is worth it. Ends the connection.
    [[nodiscard]] bool replaceUnreadable();
    // A copy to fall back on, where one is due; some milliseconds then, next to nothing otherwise.
    void backUpIfDue();
    // A backup is in use, and what it replaced is still there to be looked at.
    [[nodiscard]] std::optional<ProfileRestoration> restoration();
    // Another one after every commit of another connection and when the file was opened again, the same after
    // a commit of ours.
    struct DataVersion
    {
        int opening = 0;
        int version = 0;
        friend bool operator==(const DataVersion &, const DataVersion &) = default;
    };
    [[nodiscard]] Result<DataVersion, AccountStoreError> dataVersion();

private:
    QString m_folder;
    std::unique_ptr<SqliteConnection> m_connection;
    int m_openings = 0;
    bool m_wasRestored = false; // by this process
};

} // namespace latchkey
