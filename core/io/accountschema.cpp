// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/accountschema.h"

#include "core/io/databasefile.h"
#include "core/io/privatefolder.h"
#include "core/io/schemamigration.h"
#include "core/io/sqliteconnection.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

namespace latchkey {

using namespace Qt::StringLiterals;
using Kind = AccountStoreError::Kind;

namespace {

// "Ltch": says which program the file belongs to, to file(1) too.
constexpr int applicationId = 0x4c746368;

QStringList firstVersionStatements()
{
    return {
        // Moments are milliseconds since 1970 in UTC; fields, token and problem are JSON objects.
        u"CREATE TABLE account ("
        "id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, provider TEXT NOT "
        "NULL,"
        "fields TEXT NOT NULL, created_at INTEGER, token TEXT, needs_sign_in INTEGER NOT NULL,"
        "last_refresh_at INTEGER, problem TEXT, copy_choice TEXT NOT NULL, kept_in_memory INTEGER NOT NULL)"_s,
        u"CREATE TABLE removal (id TEXT PRIMARY KEY NOT NULL)"_s,
        u"CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)"_s,
        u"PRAGMA application_id=%1"_s.arg(applicationId),
        u"PRAGMA user_version=1"_s,
    };
}

Result<void, AccountStoreError> fillEmptyDatabase(const QString &path)
{
    const auto connection = SqliteConnection::open(path);
    if (!connection)
        return failure(connection.error());
    return (*connection)->inTransaction([&connection]() -> Result<void, AccountStoreError> {
        for (const QString &statement : firstVersionStatements() + secondVersionStatements()) {
            if (const auto done = (*connection)->run(statement); !done)
                return failure(done.error());
        }
        return {};
    });
}

// Made under another name and then renamed, so that profile.sqlite is complete from its first moment: an
// empty profile.sqlite is therefore a damaged one, never a new one (F72).
Result<void, AccountStoreError> createDatabase(const QString &folder, const QString &path)
{
    const auto lock = FolderLock::take(folder);
    if (!lock)
        return failure(lock.error());
    if (QFileInfo::exists(path) || QFileInfo(path).isSymLink())
        return {};

    const QString unfinished = path + ".new"_L1;
    QFile::remove(unfinished);
    QFile::remove(unfinished + "-journal"_L1);
    if (auto made = makeEmptyDatabaseFile(unfinished); !made)
        return made;
    auto filled = fillEmptyDatabase(unfinished);
    if (filled)
        filled = (*lock)->finish(unfinished, path);
    if (!filled)
        QFile::remove(unfinished);
    return filled;
}

// The version of the schema, if it is one that we know.
Result<int, AccountStoreError> checkOrigin(const SqliteConnection &connection, const QString &path)
{
    const auto owner = numberFrom(connection, u"PRAGMA application_id"_s);
    if (!owner)
        return failure(owner.error());
    const auto version = numberFrom(connection, u"PRAGMA user_version"_s);
    if (!version)
        return failure(version.error());
    if (*owner != applicationId || *version < 1)
        return failure(AccountStoreError { Kind::Corrupt, u"%1: not a Latchkey profile"_s.arg(path) });
    if (*version > accountSchemaVersion)
        return failure(AccountStoreError { Kind::Newer, QString::number(*version) });
    return *version;
}

} // namespace

Result<std::unique_ptr<SqliteConnection>, AccountStoreError> openAccountDatabase(const QString &folder)
{
    if (const auto usable = ensurePrivateFolder(folder); !usable)
        return failure(AccountStoreError { Kind::Failed, textOf(usable.error()) });
    const QString path = folder + "/profile.sqlite"_L1;
    const bool isThere = QFileInfo::exists(path) || QFileInfo(path).isSymLink();
    if (!isThere) {
        if (auto created = createDatabase(folder, path); !created)
            return failure(created.error());
    }
    if (auto fit = checkDatabaseFile(path); !fit)
        return failure(fit.error());
    auto connection = SqliteConnection::open(path);
    if (!connection)
        return connection;
    const auto version = checkOrigin(**connection, path);
    if (!version)
        return failure(version.error());
    if (*version < accountSchemaVersion) {
        if (auto migrated = migrateSchema(**connection, folder, path); !migrated)
            return failure(migrated.error());
    }
    return connection;
}

} // namespace latchkey
