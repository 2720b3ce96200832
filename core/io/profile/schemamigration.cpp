// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/schemamigration.h"

#include "core/io/profile/accountrows.h"
#include "core/io/profile/databasefile.h"
#include "core/io/profile/sqliteconnection.h"

#include <QFile>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

Result<void, AccountStoreError> runAll(const SqliteConnection &connection, const QStringList &statements)
{
    for (const QString &statement : statements) {
        if (const auto done = connection.run(statement); !done)
            return failure(done.error());
    }
    return {};
}

// Written under another name and then renamed: what is called a backup is whole.
Result<void, AccountStoreError> backUp(const SqliteConnection &connection, const FolderLock &lock,
                                       const QString &path, int version)
{
    const QString backup = u"%1.v%2"_s.arg(path).arg(version);
    const QString unfinished = backup + ".new"_L1;
    QFile::remove(unfinished);
    QFile::remove(unfinished + "-journal"_L1);
    auto copied = makeEmptyDatabaseFile(unfinished);
    if (copied) {
        const auto filled = connection.run(u"VACUUM INTO ?"_s, { unfinished });
        copied = filled ? lock.finish(unfinished, backup)
                        : Result<void, AccountStoreError>(failure(filled.error()));
    }
    if (!copied)
        QFile::remove(unfinished);
    return copied;
}

// A profile that nobody can write to is read as if it were of today: what the old version did not know is
// empty. These tables live in memory and are found before those of the file (sqlite.org/lang_naming.html).
Result<void, AccountStoreError> readAsToday(const SqliteConnection &connection)
{
    const auto version = numberFrom(connection, u"PRAGMA user_version"_s);
    if (!version)
        return failure(version.error());
    QStringList statements { u"PRAGMA temp_store=MEMORY"_s };
    if (*version < 2)
        statements += { u"CREATE TEMP VIEW account AS SELECT *, '' AS missing_secrets FROM main.account"_s,
                        u"CREATE TEMP TABLE activity (id, at, account, account_name, form, program)"_s,
                        u"CREATE TEMP TABLE recipe (id PRIMARY KEY, label, text)"_s };
    if (*version < 3)
        statements += u"CREATE TEMP TABLE account_sum (id PRIMARY KEY, sum)"_s;
    return runAll(connection, statements)
        .and_then([&connection] { return addMissingChecksums(connection); })
        .and_then([&connection] { return runAll(connection, { u"PRAGMA query_only=ON"_s }); });
}

Result<void, AccountStoreError> bringUpToDate(const SqliteConnection &connection, int version)
{
    if (version < 2) {
        if (auto done = runAll(connection, secondVersionStatements()); !done)
            return done;
    }
    if (auto done = runAll(connection, thirdVersionStatements()); !done)
        return done;
    return addMissingChecksums(connection);
}

} // namespace

QStringList secondVersionStatements()
{
    return {
        // Ids of fields, with blanks between them.
        u"ALTER TABLE account ADD COLUMN missing_secrets TEXT NOT NULL DEFAULT ''"_s,
        u"CREATE TABLE activity ("
        "id INTEGER PRIMARY KEY, at INTEGER NOT NULL, account TEXT NOT NULL, account_name TEXT NOT NULL,"
        "form TEXT NOT NULL, program TEXT NOT NULL)"_s,
        u"CREATE INDEX activity_by_time ON activity (at)"_s,
        u"CREATE INDEX activity_by_account ON activity (account, at)"_s,
        u"CREATE TABLE recipe (id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL)"_s,
        u"PRAGMA user_version=2"_s,
    };
}

QStringList thirdVersionStatements()
{
    return {
        // Of the row of that account, as core/io/profile/accountrows reckons it.
        u"CREATE TABLE account_sum (id TEXT PRIMARY KEY NOT NULL, sum TEXT NOT NULL)"_s,
        u"CREATE TRIGGER account_removed AFTER DELETE ON account BEGIN "
        "DELETE FROM account_sum WHERE id = old.id; END"_s,
        u"PRAGMA user_version=3"_s,
    };
}

Result<void, AccountStoreError> migrateSchema(const SqliteConnection &connection, const QString &folder,
                                              const QString &path)
{
    if (!isWritableFile(path) || !isWritableFile(folder))
        return readAsToday(connection);
    const auto lock = FolderLock::take(folder);
    if (!lock)
        return failure(lock.error());
    const auto version = numberFrom(connection, u"PRAGMA user_version"_s);
    if (!version)
        return failure(version.error());
    if (*version >= accountSchemaVersion) // another process was first
        return {};
    if (auto kept = backUp(connection, **lock, path, *version); !kept)
        return kept;
    return connection.inTransaction([&] { return bringUpToDate(connection, *version); });
}

Result<int, AccountStoreError> numberFrom(const SqliteConnection &connection, const QString &pragma)
{
    auto query = connection.run(pragma);
    if (!query)
        return failure(query.error());
    if (!query->next()) {
        if (auto ended = connection.finish(*query); !ended)
            return failure(ended.error());
    }
    return query->value(0).toInt();
}

} // namespace latchkey
