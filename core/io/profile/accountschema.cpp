// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/accountschema.h"

#include "core/io/file/privatefolder.h"
#include "core/io/profile/databasefile.h"
#include "core/io/profile/profilebackup.h"
#include "core/io/profile/profilecheck.h"
#include "core/io/profile/profilerecovery.h"
#include "core/io/profile/schemamigration.h"
#include "core/io/profile/sqliteconnection.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

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
        u"PRAGMA application_id=%1"_s.arg(accountApplicationId),
        u"PRAGMA user_version=1"_s,
    };
}

Result<void, AccountStoreError> fillEmptyDatabase(const QString &path)
{
    const auto connection = SqliteConnection::open(path);
    if (!connection)
        return failure(connection.error());
    return (*connection)->inTransaction([&connection]() -> Result<void, AccountStoreError> {
        for (const QString &statement :
             firstVersionStatements() + secondVersionStatements() + thirdVersionStatements()) {
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
    removeDatabaseFile(unfinished);
    if (auto made = makeEmptyDatabaseFile(unfinished); !made)
        return made;
    auto filled = fillEmptyDatabase(unfinished);
    if (filled)
        filled = (*lock)->finish(unfinished, path);
    if (!filled)
        removeDatabaseFile(unfinished);
    return filled;
}

// What a process left that was killed, and no other is working on now (F78).
void sweepUnfinished(const QString &folder, const QString &path)
{
    QStringList left = backupsOf(path);
    left.append(path);
    for (QString &name : left)
        name += ".new"_L1;
    left.removeIf([](const QString &name) {
        return !QFileInfo::exists(name) && !QFileInfo::exists(name + "-journal"_L1);
    });
    if (left.isEmpty() || !isWritableFile(folder))
        return;
    if (const auto lock = FolderLock::tryTake(folder)) {
        for (const QString &name : std::as_const(left))
            removeDatabaseFile(name);
    }
}

Result<int, AccountStoreError> check(const SqliteConnection &connection)
{
    const auto version = checkOrigin(connection);
    if (!version)
        return version;
    return checkStructure(connection, *version).transform([&version] { return *version; });
}

// The file as it is, with the version of its schema.
Result<OpenedProfile, AccountStoreError> openChecked(const QString &path)
{
    if (auto fit = checkDatabaseFile(path); !fit)
        return failure(fit.error());
    auto connection = SqliteConnection::open(path);
    if (!connection)
        return failure(connection.error());
    const auto version = check(**connection);
    if (version)
        return OpenedProfile { std::move(*connection), *version };
    AccountStoreError error = version.error();
    if (error.kind == AccountStoreFault::Corrupt && !error.detail.startsWith(path))
        error.detail = u"%1: %2"_s.arg(path, error.detail);
    return failure(error);
}

} // namespace

Result<OpenedProfile, AccountStoreError> openAccountDatabase(const QString &folder)
{
    if (const auto usable = ensurePrivateFolder(folder); !usable)
        return failure(AccountStoreError { AccountStoreFault::Failed, textOf(usable.error()) });
    const QString path = accountDatabasePath(folder);
    const bool isThere = QFileInfo::exists(path) || QFileInfo(path).isSymLink();
    std::optional<AccountStoreError> damage;
    if (!isThere && hadProfile(folder, path)) {
        damage = AccountStoreError { AccountStoreFault::Corrupt, u"%1: missing"_s.arg(path) };
    } else if (!isThere) {
        if (auto created = createDatabase(folder, path); !created)
            return failure(created.error());
    }
    sweepUnfinished(folder, path);
    auto opened = damage ? failure(*damage) : openChecked(path);
    if (!opened && opened.error().kind == AccountStoreFault::Corrupt) {
        if (auto restored = restoreFromBackup(folder, path, opened.error()); !restored)
            return failure(restored.error());
        opened = openChecked(path);
        if (opened)
            opened->wasRestored = true;
    }
    if (opened && opened->version < accountSchemaVersion) {
        if (auto migrated = migrateSchema(*opened->connection, folder, path); !migrated)
            return failure(migrated.error());
    }
    return opened;
}

QString accountDatabasePath(const QString &folder)
{
    return folder + "/profile.sqlite"_L1;
}

} // namespace latchkey
