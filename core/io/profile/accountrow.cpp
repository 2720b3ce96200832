// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/accountrow.h"

#include "core/account/accountjson.h"
#include "core/account/accountname.h"
#include "core/io/profile/sqliteconnection.h"

#include <QJsonDocument>
#include <QSqlQuery>

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

} // namespace

QString accountColumns()
{
    return u"id, name, name_key, provider, fields, created_at, token, needs_sign_in, last_refresh_at, "
           u"problem, "
           "copy_choice, kept_in_memory, missing_secrets"_s;
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

} // namespace latchkey
