// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountjson.h"

#include <QCborMap>
#include <QCborValue>
#include <QJsonArray>

#include <optional>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// The item's text begins with "latchkey1."
constexpr auto storedTextMark = "latchkey";
constexpr quint64 storedTextVersion = 1;

QCborValue bytesOf(const Secret &secret)
{
    return secret.reveal().toByteArray();
}

Secret secret(const QCborValue &value)
{
    return Secret(value.toByteArray());
}

// The text after the mark and a known version.
Result<QByteArray, StoredTextFault> encodedIn(const QByteArray &text)
{
    const qsizetype dot = text.indexOf('.');
    bool isNumber = false;
    const quint64 version =
        text.first(qMax(dot, 0)).mid(QByteArrayView(storedTextMark).size()).toULongLong(&isNumber);
    if (!text.startsWith(storedTextMark) || !isNumber || version < 1)
        return failure(StoredTextFault::NotUnderstood);
    if (version > storedTextVersion)
        return failure(StoredTextFault::NewerVersion);
    return text.mid(dot + 1);
}

// Decodes the whole text, or nothing.
std::optional<QCborMap> mapIn(const QByteArray &encoded)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(encoded,
                                       QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
                                           | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return {};
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(decoded.decoded, &error);
    if (error.error != QCborError::NoError || error.offset != decoded.decoded.size() || !value.isMap())
        return {};
    return value.toMap();
}

QCborMap toCbor(const TokenSet &token)
{
    QCborMap map { { u"facts"_s, QCborMap::fromJsonObject(toJson(token.facts)) },
                   { u"access_token"_s, bytesOf(token.accessToken) } };
    if (token.refreshToken)
        map.insert(u"refresh_token"_s, bytesOf(*token.refreshToken));
    return map;
}

TokenSet tokenFromCbor(const QCborMap &map)
{
    TokenSet token { secret(map.value(u"access_token"_s)),
                     {},
                     tokenFactsFromJson(map.value(u"facts"_s).toMap().toJsonObject()) };
    if (map.contains(u"refresh_token"_s))
        token.refreshToken = secret(map.value(u"refresh_token"_s));
    return token;
}

QJsonValue moment(const QDateTime &at)
{
    return at.isValid() ? QJsonValue(at.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QDateTime moment(const QJsonValue &value)
{
    QDateTime at = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
    return at.isValid() ? at.toUTC() : QDateTime();
}

} // namespace

QJsonObject toJson(const TokenFacts &facts)
{
    QJsonArray notes;
    for (const TokenNote note : facts.notes)
        notes.append(static_cast<int>(note));
    QJsonObject json {
        { u"issued_at"_s, moment(facts.issuedAt) },
        { u"header_scheme"_s, facts.headerScheme },
        { u"scopes"_s, QJsonArray::fromStringList(facts.scopes) },
        { u"user"_s, facts.user },
        { u"notes"_s, notes },
    };
    if (facts.expiresAt)
        json.insert(u"expires_at"_s, moment(*facts.expiresAt));
    return json;
}

TokenFacts tokenFactsFromJson(const QJsonObject &json)
{
    TokenFacts facts;
    facts.issuedAt = moment(json.value(u"issued_at"_s));
    if (const QDateTime at = moment(json.value(u"expires_at"_s)); at.isValid())
        facts.expiresAt = at;
    facts.headerScheme = json.value(u"header_scheme"_s).toString();
    for (const auto &scope : json.value(u"scopes"_s).toArray())
        facts.scopes.append(scope.toString());
    facts.user = json.value(u"user"_s).toString();
    for (const auto &value : json.value(u"notes"_s).toArray()) {
        // A note that only a newer version knows is skipped.
        const int note = value.toInt();
        if (note >= static_cast<int>(TokenNote::LifetimeWasRounded)
            && note <= static_cast<int>(TokenNote::OtherUser))
            facts.notes.append(static_cast<TokenNote>(note));
    }
    return facts;
}

QJsonObject toJson(const Problem &problem)
{
    QJsonObject json { { u"kind"_s, nameOf(problem.kind) },
                       { u"detail"_s, problem.detail },
                       { u"description"_s, problem.description },
                       { u"at"_s, moment(problem.at) },
                       { u"retry_at"_s, moment(problem.retryAt) } };
    if (problem.cause)
        json.insert(u"cause"_s, nameOf(*problem.cause));
    return json;
}

Problem problemFromJson(const QJsonObject &json)
{
    const QString cause = json.value(u"cause"_s).toString();
    return { problemKind(json.value(u"kind"_s).toString()),
             json.value(u"detail"_s).toString(),
             json.value(u"description"_s).toString(),
             moment(json.value(u"at"_s)),
             moment(json.value(u"retry_at"_s)),
             cause.isEmpty() ? std::nullopt : std::optional(problemKind(cause)) };
}

Secret toStoredText(const AccountSecrets &secrets)
{
    QCborMap fields;
    for (const auto &[id, value] : secrets.fields)
        fields.insert(id, bytesOf(value));
    QCborMap item { { u"generation"_s, QString::number(secrets.generation) },
                    { u"bound_to"_s, secrets.boundTo },
                    { u"fields"_s, fields } };
    if (!secrets.authorizationCode.isEmpty())
        item.insert(u"authorization_code"_s, bytesOf(secrets.authorizationCode));
    if (secrets.token)
        item.insert(u"token"_s, toCbor(*secrets.token));
    return Secret(storedTextMark + QByteArray::number(storedTextVersion) + '.'
                  + item.toCborValue().toCbor().toBase64(QByteArray::Base64UrlEncoding
                                                         | QByteArray::OmitTrailingEquals));
}

Result<AccountSecrets, StoredTextFault> fromStoredText(const Secret &stored)
{
    const auto encoded = encodedIn(stored.reveal().toByteArray());
    if (!encoded)
        return failure(encoded.error());
    const auto item = mapIn(*encoded);
    if (!item)
        return failure(StoredTextFault::NotUnderstood);

    AccountSecrets secrets;
    secrets.generation = item->value(u"generation"_s).toString().toULongLong();
    secrets.boundTo = item->value(u"bound_to"_s).toString();
    const QCborMap fields = item->value(u"fields"_s).toMap();
    for (const auto &[id, value] : fields)
        secrets.fields.insert_or_assign(id.toString(), secret(value));
    secrets.authorizationCode = secret(item->value(u"authorization_code"_s));
    if (item->contains(u"token"_s)) {
        secrets.token = tokenFromCbor(item->value(u"token"_s).toMap());
        if (secrets.token->accessToken.isEmpty())
            return failure(StoredTextFault::NotUnderstood);
    }
    return secrets;
}

} // namespace latchkey
