// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/accountrows.h"

#include "core/account/account.h"
#include "core/account/accountjson.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

enum Column {
    Id,
    Name,
    NameKey,
    ProviderId,
    Fields,
    CreatedAt,
    Token,
    NeedsSignIn,
    LastRefreshAt,
    LastProblem,
    CopyChoice,
    KeptInMemory,
    MissingSecrets
};
static_assert(MissingSecrets + 1 == accountColumnCount);

QVariant jsonText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<QJsonObject> jsonObject(const QVariant &text)
{
    const auto document = QJsonDocument::fromJson(text.toString().toUtf8());
    if (!document.isObject())
        return {};
    return document.object();
}

QVariant millisecondsOf(const QDateTime &at)
{
    return at.isValid() ? QVariant(at.toMSecsSinceEpoch()) : QVariant();
}

QDateTime moment(const QVariant &number)
{
    return number.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(number.toLongLong(), Qt::UTC);
}

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

AccountStoreError unreadableAccount()
{
    return { AccountStoreError::Kind::Corrupt, u"an account cannot be read"_s };
}

} // namespace

QString accountColumns()
{
    return u"id, name, name_key, provider, fields, created_at, token, needs_sign_in, last_refresh_at, "
           "problem, copy_choice, kept_in_memory, missing_secrets"_s;
}

QVariantList toRow(const Account &account)
{
    QJsonObject fields;
    for (auto field = account.fields.begin(); field != account.fields.end(); ++field)
        fields.insert(field.key(), field.value());
    return {
        account.id.value,
        notNull(account.name),
        notNull(accountNameKey(account.name)),
        notNull(account.providerId),
        jsonText(fields),
        millisecondsOf(account.createdAt),
        account.token ? jsonText(toJson(*account.token)) : QVariant(),
        account.needsSignIn,
        millisecondsOf(account.lastRefreshAt),
        account.lastProblem ? jsonText(toJson(*account.lastProblem)) : QVariant(),
        notNull(account.copyChoice),
        account.keptInMemory,
        notNull(account.missingSecrets.join(u' ')),
    };
}

std::optional<Account> accountFromRow(const QSqlQuery &query)
{
    Account account;
    account.id = { query.value(Id).toString() };
    account.name = query.value(Name).toString();
    account.providerId = query.value(ProviderId).toString();
    const auto fields = jsonObject(query.value(Fields));
    if (!account.id.isValid() || !fields)
        return {};
    for (auto field = fields->begin(); field != fields->end(); ++field)
        account.fields.insert(field.key(), field.value().toString());
    account.createdAt = moment(query.value(CreatedAt));
    if (const QVariant token = query.value(Token); !token.isNull()) {
        const auto facts = jsonObject(token);
        if (!facts)
            return {};
        account.token = tokenFactsFromJson(*facts);
    }
    account.needsSignIn = query.value(NeedsSignIn).toBool();
    account.lastRefreshAt = moment(query.value(LastRefreshAt));
    if (const QVariant problem = query.value(LastProblem); !problem.isNull()) {
        const auto facts = jsonObject(problem);
        if (!facts)
            return {};
        account.lastProblem = problemFromJson(*facts);
    }
    account.copyChoice = query.value(CopyChoice).toString();
    account.keptInMemory = query.value(KeptInMemory).toBool();
    account.missingSecrets = query.value(MissingSecrets).toString().split(u' ', Qt::SkipEmptyParts);
    return account;
}

Result<QList<Account>, AccountStoreError> readAccountRows(const SqliteConnection &connection)
{
    auto query =
        connection.run(u"SELECT %1, sum FROM account ORDER BY created_at, id"_s.arg(accountColumns()));
    if (!query)
        return failure(query.error());
    QList<Account> accounts;
    while (query->next()) {
        auto account = accountFromRow(*query);
        if (!account || query->value(accountColumnCount).toString() != sumOf(*query))
            return failure(unreadableAccount());
        accounts.append(*std::move(account));
    }
    return connection.finish(*query).transform([&accounts] { return accounts; });
}

StoreResult writeAccountRow(const SqliteConnection &connection, const Account &account)
{
    return connection
        .execute(u"INSERT INTO account (%1, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '') "
                 "ON CONFLICT (id) DO UPDATE "
                 "SET name=excluded.name, name_key=excluded.name_key, provider=excluded.provider, "
                 "fields=excluded.fields, created_at=excluded.created_at, token=excluded.token, "
                 "needs_sign_in=excluded.needs_sign_in, last_refresh_at=excluded.last_refresh_at, "
                 "problem=excluded.problem, copy_choice=excluded.copy_choice, "
                 "kept_in_memory=excluded.kept_in_memory, missing_secrets=excluded.missing_secrets"_s.arg(
                     accountColumns()),
                 toRow(account))
        .and_then([&] { return writeChecksum(connection, account.id.value); });
}

StoreResult writeChecksum(const SqliteConnection &connection, const QString &id)
{
    QString sum;
    return connection
        .forEach(u"SELECT %1 FROM account WHERE id=?"_s.arg(accountColumns()), { id },
                 [&sum](const QSqlQuery &row) { sum = sumOf(row); })
        .and_then([&] {
            return connection.execute(u"UPDATE account SET sum=? WHERE id=?"_s, { notNull(sum), id });
        });
}

} // namespace latchkey
