// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int storedTextVersion = 1;

// As it is: QString::fromUtf8() would drop a byte order mark at its beginning.
QString text(const Secret &secret)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder.decode(secret.reveal());
}

Secret secret(const QJsonValue &value)
{
    return Secret(value.toString().toUtf8());
}

// JSON allows \uXXXX for every character, so any text can be written in ASCII.
QByteArray asciiJson(const QJsonObject &object)
{
    QByteArray ascii;
    const QString json = QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    ascii.reserve(json.size());
    for (const QChar unit : json) {
        if (unit.unicode() >= 0x20 && unit.unicode() < 0x7f)
            ascii += static_cast<char>(unit.unicode());
        else
            ascii += "\\u" + QByteArray::number(unit.unicode(), 16).rightJustified(4, '0');
    }
    return ascii;
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
        // A note that only a newer version knows has no words here.
        const int note = value.toInt();
        if (note >= static_cast<int>(TokenNote::LifetimeWasRounded)
            && note <= static_cast<int>(TokenNote::OtherUser))
            facts.notes.append(static_cast<TokenNote>(note));
    }
    return facts;
}

QJsonObject toJson(const Problem &problem)
{
    return { { u"kind"_s, nameOf(problem.kind) },
             { u"detail"_s, problem.detail },
             { u"description"_s, problem.description },
             { u"at"_s, moment(problem.at) },
             { u"retry_at"_s, moment(problem.retryAt) } };
}

Problem problemFromJson(const QJsonObject &json)
{
    return { problemKind(json.value(u"kind"_s).toString()), json.value(u"detail"_s).toString(),
             json.value(u"description"_s).toString(), moment(json.value(u"at"_s)),
             moment(json.value(u"retry_at"_s)) };
}

Secret toStoredText(const AccountSecrets &secrets)
{
    QJsonObject fields;
    for (const auto &[id, value] : secrets.fields)
        fields.insert(id, text(value));
    QJsonObject json { { u"version"_s, storedTextVersion },
                       { u"generation"_s, QString::number(secrets.generation) },
                       { u"fields"_s, fields } };
    if (!secrets.authorizationCode.isEmpty())
        json.insert(u"authorization_code"_s, text(secrets.authorizationCode));
    if (secrets.token) {
        QJsonObject token = toJson(secrets.token->facts);
        token.insert(u"access_token"_s, text(secrets.token->accessToken));
        if (secrets.token->refreshToken)
            token.insert(u"refresh_token"_s, text(*secrets.token->refreshToken));
        json.insert(u"token"_s, token);
    }
    return Secret(asciiJson(json));
}

Result<AccountSecrets, StoredTextFault> fromStoredText(const Secret &stored)
{
    const auto document = QJsonDocument::fromJson(stored.reveal().toByteArray());
    if (!document.isObject())
        return failure(StoredTextFault::NotUnderstood);
    const QJsonObject json = document.object();
    // A double, since a number beyond int would read as none, and so as an older version.
    const double version = json.value(u"version"_s).toDouble();
    if (version > storedTextVersion)
        return failure(StoredTextFault::NewerVersion);
    if (version < 1)
        return failure(StoredTextFault::NotUnderstood);

    AccountSecrets secrets;
    secrets.generation = json.value(u"generation"_s).toString().toULongLong();
    const QJsonObject fields = json.value(u"fields"_s).toObject();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        secrets.fields.emplace(field.key(), secret(field.value()));
    secrets.authorizationCode = secret(json.value(u"authorization_code"_s));
    if (const QJsonObject token = json.value(u"token"_s).toObject(); !token.isEmpty()) {
        TokenSet tokens;
        tokens.accessToken = secret(token.value(u"access_token"_s));
        if (token.contains(u"refresh_token"_s))
            tokens.refreshToken = secret(token.value(u"refresh_token"_s));
        tokens.facts = tokenFactsFromJson(token);
        if (tokens.accessToken.isEmpty())
            return failure(StoredTextFault::NotUnderstood);
        secrets.token = std::move(tokens);
    }
    return secrets;
}

} // namespace latchkey
