// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/accountrows.h"

#include "core/io/profile/accountrow.h"
#include "core/io/profile/sqliteconnection.h"

#include <QCryptographicHash>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype sumSize = 16; // of the 64 digits: chance hits it once in 2^64

// Of the values as the database gives them, so that whatever it makes of a text as it is stored is the same
// here and when the row is read again.
QString sumOf(const QSqlQuery &query)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (int i = 0; i < accountColumnCount; ++i) {
        const QVariant value = query.value(i);
        const QByteArray text = value.toString().toUtf8();
        hash.addData(value.isNull() ? QByteArray("-") : QByteArray::number(text.size()) + ':');
        hash.addData(text);
    }
    return QString::fromLatin1(hash.result().toHex().first(sumSize));
}

// With the row's sum, and how many there are, in one statement, since others may write between two. What an
// account of an older version lacks is empty; before version 3 no row had a sum.
QString accountQuery(int version)
{
    return u"SELECT %1, %2 FROM account ORDER BY created_at, id"_s.arg(
        version < 2 ? u"*, '' AS missing_secrets"_s : accountColumns(),
        version < 3 ? u"NULL, 0"_s
                    : u"(SELECT sum FROM account_sum WHERE account_sum.id = account.id), "
                      "(SELECT count(*) FROM account_sum)"_s);
}

Result<void, AccountStoreError> writeSum(const SqliteConnection &connection, const QSqlQuery &account)
{
    return connection
        .run(u"INSERT INTO account_sum (id, sum) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET "
             "sum=excluded.sum"_s,
             { account.value(0), sumOf(account) })
        .transform([](const QSqlQuery &) {});
}

bool hasSumsAlone(const SqliteConnection &connection)
{
    auto query =
        connection.run(u"SELECT EXISTS (SELECT 1 FROM account_sum) AND NOT EXISTS (SELECT 1 FROM account)"_s);
    return query && query->next() && query->value(0).toBool();
}

AccountStoreError damage()
{
    return { AccountStoreError::Kind::Corrupt, u"an account cannot be read"_s };
}

} // namespace

Result<QList<Account>, AccountStoreError> readAccountRows(const SqliteConnection &connection, int version)
{
    auto query = connection.run(accountQuery(version));
    if (!query)
        return failure(query.error());
    QList<Account> accounts;
    int sums = 0;
    while (query->next()) {
        auto account = accountFromRow(*query);
        if (!account || (version > 2 && query->value(accountColumnCount).toString() != sumOf(*query)))
            return failure(damage());
        sums = query->value(accountColumnCount + 1).toInt();
        accounts.append(*std::move(account));
    }
    if (auto ended = connection.finish(*query); !ended)
        return failure(ended.error());
    // A sum without its account: an id is not what was written.
    if (version > 2 && (accounts.isEmpty() ? hasSumsAlone(connection) : sums != accounts.size()))
        return failure(damage());
    return accounts;
}

Result<void, AccountStoreError> writeAccountRow(const SqliteConnection &connection, const Account &account)
{
    const auto written = connection.run(
        u"INSERT INTO account (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
        "SET name=excluded.name, name_key=excluded.name_key, provider=excluded.provider, "
        "fields=excluded.fields, created_at=excluded.created_at, token=excluded.token, "
        "needs_sign_in=excluded.needs_sign_in, last_refresh_at=excluded.last_refresh_at, "
        "problem=excluded.problem, copy_choice=excluded.copy_choice, "
        "kept_in_memory=excluded.kept_in_memory, missing_secrets=excluded.missing_secrets"_s.arg(
            accountColumns()),
        toRow(account));
    if (!written)
        return failure(written.error());
    auto stored =
        connection.run(u"SELECT %1 FROM account WHERE id=?"_s.arg(accountColumns()), { account.id.value });
    if (!stored)
        return failure(stored.error());
    return stored->next() ? writeSum(connection, *stored) : connection.finish(*stored);
}

Result<void, AccountStoreError> addMissingChecksums(const SqliteConnection &connection)
{
    auto query = connection.run(
        u"SELECT %1 FROM account WHERE id NOT IN (SELECT id FROM account_sum)"_s.arg(accountColumns()));
    if (!query)
        return failure(query.error());
    while (query->next()) {
        if (auto written = writeSum(connection, *query); !written)
            return written;
    }
    return connection.finish(*query);
}

} // namespace latchkey
