// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilebackup.h"

#include "core/io/desktop/systemclock.h"
#include "core/io/profile/databasefile.h"
#include "core/io/profile/profilecheck.h"
#include "core/io/profile/sqliteconnection.h"

#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <cstdio>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto changesKey = "backup.changes"_L1; // counted up with every change
constexpr auto keptCountKey = "backup.kept"_L1; // the count that the backup has
constexpr std::chrono::seconds longestAge = 24h;

QString backupOf(const QString &path)
{
    return path + ".backup"_L1;
}

QString olderBackupOf(const QString &path)
{
    return path + ".backup.older"_L1;
}

// A file of the future is as old as one of the past: the clock was set.
bool isOld(const QFileInfo &file)
{
    return qAbs(file.lastModified().secsTo(SystemClock()())) >= longestAge.count();
}

struct Counts
{
    QString changes = u"0"_s;
    QString kept;
};

Result<Counts, AccountStoreError> readCounts(const SqliteConnection &connection)
{
    auto query =
        connection.run(u"SELECT key, value FROM setting WHERE key IN (?, ?)"_s, { changesKey, keptCountKey });
    if (!query)
        return failure(query.error());
    Counts counts;
    while (query->next())
        (query->value(0).toString() == changesKey ? counts.changes : counts.kept) =
            query->value(1).toString();
    return connection.finish(*query).transform([&counts] { return counts; });
}

bool isDue(const Counts &counts, const QString &path)
{
    const QFileInfo backup(backupOf(path));
    return counts.kept != counts.changes || !backup.exists() || isOld(backup);
}

Result<void, AccountStoreError> make(const SqliteConnection &connection, const FolderLock &lock,
                                     const QString &path)
{
    const QString unfinished = backupOf(path) + ".new"_L1;
    removeDatabaseFile(unfinished);
    if (auto made = makeEmptyDatabaseFile(unfinished); !made)
        return made;
    // The copy is one read transaction: what others write meanwhile is not in it.
    if (const auto copied = connection.run(u"VACUUM INTO ?"_s, { unfinished }); !copied) {
        removeDatabaseFile(unfinished);
        return failure(copied.error());
    }
    // The older one stays until it is a day older, so that a bad hour does not fill both places.
    const QFileInfo older(olderBackupOf(path));
    if (!older.exists() || isOld(older)) {
        // Not by QFile, which would copy what cannot be renamed.
        static_cast<void>(std::rename(QFile::encodeName(backupOf(path)).constData(),
                                      QFile::encodeName(older.filePath()).constData()));
    }
    auto finished = lock.finish(unfinished, backupOf(path));
    if (!finished)
        removeDatabaseFile(unfinished);
    return finished;
}

Result<void, AccountStoreError> remember(const SqliteConnection &connection, const QString &count)
{
    return connection.inTransaction([&] {
        return connection
            .run(u"INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
                 "value=excluded.value"_s,
                 { keptCountKey, count })
            .transform([](const QSqlQuery &) {});
    });
}

} // namespace

QStringList backupsOf(const QString &path)
{
    return { backupOf(path), olderBackupOf(path), path + ".v2"_L1, path + ".v1"_L1 };
}

Result<void, AccountStoreError> noteChangeForBackup(const SqliteConnection &connection)
{
    return connection
        .run(u"INSERT INTO setting (key, value) VALUES (?, '1') ON CONFLICT (key) DO UPDATE SET "
             "value=CAST(CAST(value AS INTEGER) + 1 AS TEXT)"_s,
             { changesKey })
        .transform([](const QSqlQuery &) {});
}

void backUpIfDue(const SqliteConnection &connection, const QString &folder, const QString &path)
{
    if (!isWritableFile(path) || !isWritableFile(folder))
        return;
    const auto counts = readCounts(connection);
    if (!counts || !isDue(*counts, path))
        return;
    const auto lock = FolderLock::tryTake(folder);
    if (!lock)
        return;
    // Only what is whole replaces what was whole; an empty profile replaces nothing.
    const auto accounts = countReadableAccounts(connection);
    if (!accounts || *accounts == 0)
        return;
    if (const auto made = make(connection, *lock, path))
        static_cast<void>(remember(connection, counts->changes));
}

} // namespace latchkey
