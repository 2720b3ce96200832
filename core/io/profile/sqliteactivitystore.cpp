// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteactivitystore.h"

#include "core/io/profile/sqliteconnection.h"

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostEntries = 10000;

} // namespace

StoreResult SqliteActivityStore::record(const ActivityEntry &entry)
{
    return m_profile.change([&entry](const SqliteConnection &database) {
        return database
            .execute(
                u"INSERT INTO activity (at, account, account_name, form, program) VALUES (?, ?, ?, ?, ?)"_s,
                { entry.at.toMSecsSinceEpoch(), notNull(entry.accountId.value), notNull(entry.accountName),
                  notNull(entry.form), notNull(entry.program) })
            .and_then([&] {
                return database.execute(
                    u"DELETE FROM activity WHERE id IN "
                    "(SELECT id FROM activity ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?)"_s,
                    { mostEntries });
            });
    });
}

Result<QList<ActivityEntry>, AccountStoreError>
SqliteActivityStore::entries(const std::optional<AccountId> &account, int limit)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    const QString choice = account ? u"WHERE account=?"_s : QString();
    QVariantList values;
    if (account)
        values.append(account->value);
    values.append(qMax(limit, 0));
    QList<ActivityEntry> entries;
    const auto take = [&entries](const QSqlQuery &row) {
        entries.append({ QDateTime::fromMSecsSinceEpoch(row.value(0).toLongLong(), Qt::UTC),
                         { row.value(1).toString() },
                         row.value(2).toString(),
                         row.value(3).toString(),
                         row.value(4).toString() });
    };
    return (*database)
        ->forEach(u"SELECT at, account, account_name, form, program FROM activity %1 "
                  "ORDER BY at DESC, id DESC LIMIT ?"_s.arg(choice),
                  values, take)
        .transform([&entries] { return entries; });
}

StoreResult SqliteActivityStore::clear(const std::optional<AccountId> &account)
{
    return m_profile.change([&account](const SqliteConnection &database) {
        return account ? database.execute(u"DELETE FROM activity WHERE account=?"_s, { account->value })
                       : database.execute(u"DELETE FROM activity"_s);
    });
}

bool SqliteActivityStore::wasChangedElsewhere()
{
    const auto version = m_profile.dataVersion();
    return version && std::exchange(m_dataVersion, *version) != *version;
}

} // namespace latchkey
