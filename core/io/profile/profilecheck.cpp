// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilecheck.h"

#include "core/io/profile/accountrow.h"
#include "core/io/profile/accountrows.h"
#include "core/io/profile/schemamigration.h"
#include "core/io/profile/sqliteconnection.h"

#include <QFileInfo>

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

// SQLite takes what a cut left of the last page for a page, and reads zeros where the rest was.
Result<void, AccountStoreError> checkLength(const SqliteConnection &connection)
{
    const auto pages = numberFrom(connection, u"PRAGMA page_count"_s);
    if (!pages)
        return failure(pages.error());
    const auto pageSize = numberFrom(connection, u"PRAGMA page_size"_s);
    if (!pageSize)
        return failure(pageSize.error());
    if (QFileInfo(connection.path()).size() < qint64(*pages) * *pageSize)
        return failure(AccountStoreError { AccountStoreFault::Corrupt, u"the last page is cut"_s });
    return {};
}

// They fail where a table, a column or what a trigger needs is not there, and otherwise do nothing.
QStringList probes(int version)
{
    QStringList statements { u"SELECT %1 FROM account LIMIT 0"_s.arg(version > 1 ? accountColumns() : u"*"_s),
                             u"SELECT id FROM removal LIMIT 0"_s,
                             u"SELECT key, value FROM setting LIMIT 0"_s };
    if (version > 1)
        statements += { u"SELECT at, account, account_name, form, program FROM activity LIMIT 0"_s,
                        u"SELECT id, label, text FROM recipe LIMIT 0"_s };
    if (version > 2)
        statements += { u"SELECT id, sum FROM account_sum LIMIT 0"_s, u"EXPLAIN DELETE FROM account"_s };
    return statements;
}

// An account that is there but not in the index of ids is taken for a removed one by who writes, and the
// check of the whole file reads no index. That of the activity would cost more than it is worth.
Result<void, AccountStoreError> checkIndexes(const SqliteConnection &connection, int version)
{
    QStringList tables { u"account"_s, u"removal"_s, u"setting"_s };
    if (version > 1)
        tables += u"recipe"_s;
    if (version > 2)
        tables += u"account_sum"_s;
    for (const QString &table : std::as_const(tables)) {
        auto query = connection.run(u"PRAGMA integrity_check(%1)"_s.arg(table));
        if (!query)
            return failure(query.error());
        const QString finding = query->next() ? query->value(0).toString() : QString();
        if (auto ended = connection.finish(*query); !ended)
            return ended;
        if (finding != "ok"_L1)
            return failure(AccountStoreError { AccountStoreFault::Corrupt, finding });
    }
    return {};
}

} // namespace

Result<int, AccountStoreError> checkOrigin(const SqliteConnection &connection)
{
    const auto owner = numberFrom(connection, u"PRAGMA application_id"_s);
    if (!owner)
        return failure(owner.error());
    const auto version = numberFrom(connection, u"PRAGMA user_version"_s);
    if (!version)
        return failure(version.error());
    if (*owner != accountApplicationId || *version < 1)
        return failure(AccountStoreError { AccountStoreFault::Corrupt, u"not a Latchkey profile"_s });
    if (*version > accountSchemaVersion)
        return failure(AccountStoreError { AccountStoreFault::Newer, QString::number(*version) });
    return *version;
}

Result<void, AccountStoreError> checkStructure(const SqliteConnection &connection, int version)
{
    auto query = connection.run(u"PRAGMA quick_check(1)"_s);
    if (!query)
        return failure(query.error());
    const QString finding = query->next() ? query->value(0).toString() : QString();
    if (auto whole = checkLength(connection); !whole) // while the query above keeps writers out
        return whole;
    if (auto ended = connection.finish(*query); !ended)
        return ended;
    if (finding != "ok"_L1)
        return failure(AccountStoreError { AccountStoreFault::Corrupt, finding });
    for (const QString &statement : probes(version)) {
        if (const auto isThere = connection.run(statement); !isThere)
            return failure(isThere.error());
    }
    return checkIndexes(connection, version);
}

Result<int, AccountStoreError> countReadableAccounts(const SqliteConnection &connection)
{
    const auto version = checkOrigin(connection);
    if (!version)
        return failure(version.error());
    if (const auto whole = checkStructure(connection, *version); !whole)
        return failure(whole.error());
    return readAccountRows(connection, *version).transform([](const QList<Account> &accounts) {
        return static_cast<int>(accounts.size());
    });
}

} // namespace latchkey
