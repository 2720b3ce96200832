// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteprofile.h"

#include "core/io/profile/accountschema.h"
#include "core/io/profile/profilebackup.h"
#include "core/io/profile/sqliteconnection.h"

#include <QFileInfo>

namespace latchkey {

using namespace Qt::StringLiterals;

SqliteProfile::SqliteProfile(QString folder) : m_folder(std::move(folder)) {}

SqliteProfile::~SqliteProfile() = default;

Result<SqliteConnection *, AccountStoreError> SqliteProfile::connection()
{
    // A profile that was moved away while it was in use is not begun anew.
    if (m_connection && m_connection->isUseless() && QFileInfo::exists(accountDatabasePath(m_folder)))
        m_connection.reset();
    if (!m_connection) {
        auto opened = openAccountDatabase(m_folder);
        if (!opened)
            return failure(opened.error());
        m_wasRestored = m_wasRestored || opened->wasRestored;
        m_connection = std::move(opened->connection);
        ++m_openings;
    }
    return m_connection.get();
}

bool SqliteProfile::replaceUnreadable()
{
    const QString path = accountDatabasePath(m_folder);
    m_connection.reset();
    const AccountStoreError why { AccountStoreError::Kind::Corrupt, path };
    const auto restored = restoreFromBackup(m_folder, path, why);
    m_wasRestored = m_wasRestored || restored;
    return restored.has_value();
}

void SqliteProfile::backUpIfDue()
{
    if (const auto database = connection())
        latchkey::backUpIfDue(**database, m_folder, accountDatabasePath(m_folder));
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
    auto query = (*database)->run(u"PRAGMA data_version"_s);
    if (!query)
        return failure(query.error());
    if (query->next())
        return DataVersion { m_openings, query->value(0).toInt() };
    return (*database)->finish(*query).transform([this] { return DataVersion { m_openings, 0 }; });
}

} // namespace latchkey
