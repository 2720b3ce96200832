// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/sqliteprofile.h"

#include "core/io/accountschema.h"
#include "core/io/sqliteconnection.h"

namespace latchkey {

using namespace Qt::StringLiterals;

SqliteProfile::SqliteProfile(QString folder) : m_folder(std::move(folder)) {}

SqliteProfile::~SqliteProfile() = default;

Result<SqliteConnection *, AccountStoreError> SqliteProfile::connection()
{
    if (!m_connection) {
        auto opened = openAccountDatabase(m_folder);
        if (!opened)
            return failure(opened.error());
        m_connection = std::move(*opened);
    }
    return m_connection.get();
}

// See sqlite.org/pragma.html#pragma_data_version.
int SqliteProfile::dataVersion()
{
    const auto database = connection();
    if (!database)
        return 0;
    auto query = (*database)->run(u"PRAGMA data_version"_s);
    return query && query->next() ? query->value(0).toInt() : 0;
}

} // namespace latchkey
