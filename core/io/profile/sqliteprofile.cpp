// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteprofile.h"

#include "core/io/file/filelock.h"
#include "core/io/file/privatefolder.h"
#include "core/io/profile/databasefile.h"
#include "core/io/profile/profileschema.h"

#include <QFileInfo>

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;
using OpenedConnection = Result<std::unique_ptr<SqliteConnection>, AccountStoreError>;

namespace {

bool isSomethingAt(const QString &path)
{
    return QFileInfo::exists(path) || QFileInfo(path).isSymLink();
}

// The file is complete when it gets its name, so an empty profile.sqlite is damaged, never new (F72).
StoreResult createProfile(const QString &folder)
{
    const auto lock = FolderLock::take(folder);
    if (!lock)
        return failure(storeError(lock.error()));
    if (isSomethingAt(profilePath(folder))) // another process was first
        return {};
    return writeDatabaseFile(profilePath(folder), [](const QString &unfinished) -> StoreResult {
        const auto connection = SqliteConnection::open(unfinished);
        return connection ? createSchema(**connection) : failure(connection.error());
    });
}

// The file as it is.
OpenedConnection openChecked(const QString &path)
{
    if (auto fit = checkDatabaseFile(path); !fit)
        return failure(fit.error());
    auto connection = SqliteConnection::open(path);
    if (!connection)
        return connection;
    if (const auto whole = checkProfile(**connection); !whole) {
        AccountStoreError error = whole.error();
        if (error.kind == AccountStoreFault::Corrupt && !error.detail.startsWith(path))
            error.detail = u"%1: %2"_s.arg(path, error.detail);
        return failure(error);
    }
    return connection;
}

// The profile's file, made if there never was one.
OpenedConnection openOrCreate(const QString &folder)
{
    if (const auto usable = ensurePrivateFolder(folder); !usable)
        return failure(AccountStoreError { AccountStoreFault::Failed, textOf(usable.error()) });
    const QString path = profilePath(folder);
    if (!isSomethingAt(path)) {
        if (hadProfile(folder))
            return failure(AccountStoreError { AccountStoreFault::Corrupt, u"%1: missing"_s.arg(path) });
        if (auto created = createProfile(folder); !created)
            return failure(created.error());
    }
    removeUnfinishedDatabases(folder);
    return openChecked(path);
}

} // namespace

SqliteProfile::SqliteProfile(QString folder) : m_folder(std::move(folder)) {}

SqliteProfile::~SqliteProfile() = default;

Result<SqliteConnection *, AccountStoreError> SqliteProfile::connection()
{
    // If somebody moved the profile away while it was in use, do not create another one.
    if (m_connection && m_connection->isUseless() && QFileInfo::exists(profilePath(m_folder)))
        m_connection.reset();
    if (m_connection)
        return m_connection.get();
    auto opened = openOrCreate(m_folder);
    if (!opened && opened.error().kind == AccountStoreFault::Corrupt) {
        if (auto restored = restoreFromBackup(m_folder, opened.error()); !restored)
            return failure(restored.error());
        opened = openChecked(profilePath(m_folder));
        m_wasRestored = m_wasRestored || opened;
    }
    if (!opened)
        return failure(opened.error());
    m_connection = *std::move(opened);
    ++m_openings;
    return m_connection.get();
}

StoreResult SqliteProfile::change(const std::function<StoreResult(const SqliteConnection &)> &changes)
{
    const auto database = connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&] { return changes(**database); });
}

StoreResult
SqliteProfile::changeWithoutBackups(const std::function<StoreResult(const SqliteConnection &)> &changes)
{
    removeUnfinishedDatabases(m_folder);
    StoreResult changed;
    {
        const auto lock = FolderLock::take(m_folder); // another process may be making a backup
        if (!lock)
            return failure(storeError(lock.error()));
        removeBackups(m_folder);
        changed = change(changes);
    }
    backUpIfDue();
    return changed;
}

bool SqliteProfile::replaceUnreadable()
{
    m_connection.reset();
    const auto restored = restoreFromBackup(m_folder, { AccountStoreFault::Corrupt, profilePath(m_folder) });
    m_wasRestored = m_wasRestored || restored;
    return restored.has_value();
}

void SqliteProfile::backUpIfDue()
{
    if (const auto database = connection())
        latchkey::backUpIfDue(**database, m_folder);
}

std::optional<ProfileRestoration> SqliteProfile::restoration()
{
    const auto database = connection();
    return database ? restorationOf(**database, m_folder, m_wasRestored) : std::nullopt;
}

// See sqlite.org/pragma.html#pragma_data_version: two connections' versions are not to be compared.
Result<SqliteProfile::DataVersion, AccountStoreError> SqliteProfile::dataVersion()
{
    const auto database = connection();
    if (!database)
        return failure(database.error());
    return (*database)->valueOf(u"PRAGMA data_version"_s).transform([this](const QVariant &version) {
        return DataVersion { m_openings, version.toInt() };
    });
}

} // namespace latchkey
