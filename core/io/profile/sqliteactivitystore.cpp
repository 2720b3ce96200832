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

Result<void, AccountStoreError> SqliteActivityStore::record(const ActivityEntry &entry)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        const auto added = (*database)->run(
            u"INSERT INTO activity (at, account, account_name, form, program) VALUES (?, ?, ?, ?, ?)"_s,
            { entry.at.toMSecsSinceEpoch(), notNull(entry.accountId.value), notNull(entry.accountName),
              notNull(entry.form), notNull(entry.program) });
        if (!added)
            return failure(added.error());
        const auto trimmed =
            (*database)->run(u"DELETE FROM activity WHERE id IN "
                             "(SELECT id FROM activity ORDER BY at DESC, id DESC LIMIT -1 OFFSET ?)"_s,
                             { mostEntries });
        if (!trimmed)
            return failure(trimmed.error());
        return {};
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
    auto query = (*database)->run(u"SELECT at, account, account_name, form, program FROM activity %1 "
                                  "ORDER BY at DESC, id DESC LIMIT ?"_s.arg(choice),
                                  values);
    if (!query)
        return failure(query.error());
    QList<ActivityEntry> entries;
    while (query->next()) {
        entries.append({ QDateTime::fromMSecsSinceEpoch(query->value(0).toLongLong(), Qt::UTC),
                         { query->value(1).toString() },
                         query->value(2).toString(),
                         query->value(3).toString(),
                         query->value(4).toString() });
    }
    return (*database)->finish(*query).transform([&entries] { return entries; });
}

Result<void, AccountStoreError> SqliteActivityStore::clear(const std::optional<AccountId> &account)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    const auto cleared = account
        ? (*database)->run(u"DELETE FROM activity WHERE account=?"_s, { account->value })
        : (*database)->run(u"DELETE FROM activity"_s);
    if (!cleared)
        return failure(cleared.error());
    return {};
}

bool SqliteActivityStore::wasChangedElsewhere()
{
    const auto version = m_profile.dataVersion();
    return version && std::exchange(m_dataVersion, *version) != *version;
}

} // namespace latchkey
