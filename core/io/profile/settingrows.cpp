// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/settingrows.h"

#include "core/io/profile/sqliteconnection.h"

namespace latchkey {

using namespace Qt::StringLiterals;

Result<QString, AccountStoreError> readSetting(const SqliteConnection &connection, const QString &key)
{
    auto query = connection.run(u"SELECT value FROM setting WHERE key=?"_s, { key });
    if (!query)
        return failure(query.error());
    QString value = query->next() ? query->value(0).toString() : QString();
    return connection.finish(*query).transform([&value] { return value; });
}

Result<void, AccountStoreError> writeSetting(const SqliteConnection &connection, const QString &key,
                                             const QString &value)
{
    return connection
        .run(u"INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
             "value=excluded.value"_s,
             { key, notNull(value) })
        .transform([](const QSqlQuery &) {});
}

} // namespace latchkey
