// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/postmanfiles.h"

#include "core/recipe/exportnames.h"
#include "core/recipe/request.h"
#include "core/recipe/templatemarks.h"

#include <QJsonArray>
#include <QUuid>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// The same accounts get the same id, so that a second import replaces the first.
QString stableId(const QString &kind, const QList<RecipeInput> &accounts)
{
    static const QUuid latchkey(u"{5d0c1f0a-6a53-4b0e-9a39-1c2f6c8f4e21}"_s);
    QString seed = kind;
    for (const RecipeInput &account : accounts)
        seed += u'\n' + account.accountName;
    return QUuid::createUuidV5(latchkey, seed).toString(QUuid::WithoutBraces);
}

QString postmanReference(const QString &prefix, const QString &variable)
{
    return u"{{"_s + prefix + u'_' + variable + u"}}"_s;
}

QJsonObject collectionItem(const RecipeInput &account, const QString &prefix)
{
    QJsonArray headers;
    for (const ExportVariable &variable : exportVariables(account)) {
        if (!variable.header.isEmpty())
            headers.append(QJsonObject { { u"key"_s, QString::fromLatin1(variable.header) },
                                         { u"value"_s, postmanReference(prefix, variable.name) },
                                         { u"type"_s, u"text"_s } });
    }
    const QString url = postmanReference(prefix, u"url"_s);
    return { { u"name"_s, labelOf(account) },
             { u"request"_s,
               QJsonObject {
                   { u"method"_s, u"GET"_s },
                   { u"auth"_s, QJsonObject { { u"type"_s, u"noauth"_s } } },
                   { u"header"_s, headers },
                   { u"url"_s, QJsonObject { { u"raw"_s, url }, { u"host"_s, QJsonArray { url } } } } } },
             { u"response"_s, QJsonArray() } };
}

} // namespace

Secret postmanEnvironment(const QList<RecipeInput> &accounts)
{
    const QStringList prefixes = variablePrefixes(accounts);
    QJsonArray values;
    for (qsizetype i = 0; i < accounts.size(); ++i) {
        for (const ExportVariable &variable : exportVariables(accounts[i])) {
            const bool isSecret = variable.name == "token"_L1 || variable.name == "authorization"_L1;
            values.append(QJsonObject { { u"key"_s, prefixes[i] + u'_' + variable.name },
                                        { u"value"_s, QString::fromUtf8(variable.value.reveal()) },
                                        { u"type"_s, isSecret ? u"secret"_s : u"default"_s },
                                        { u"enabled"_s, true } });
        }
    }
    const QString name = accounts.size() == 1 ? u"Latchkey: "_s + labelOf(accounts[0]) : u"Latchkey"_s;
    return Secret(jsonText({ { u"id"_s, stableId(u"environment"_s, accounts) },
                             { u"name"_s, name },
                             { u"values"_s, values },
                             { u"_postman_variable_scope"_s, u"environment"_s },
                             { u"_postman_exported_using"_s, u"Latchkey"_s } }));
}

Secret postmanCollection(const QList<RecipeInput> &accounts)
{
    const QStringList prefixes = variablePrefixes(accounts);
    QJsonArray items;
    for (qsizetype i = 0; i < accounts.size(); ++i)
        items.append(collectionItem(accounts[i], prefixes[i]));
    const QString schema = u"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"_s;
    return Secret(jsonText({ { u"info"_s,
                               QJsonObject { { u"_postman_id"_s, stableId(u"collection"_s, accounts) },
                                             { u"name"_s, u"Latchkey"_s },
                                             { u"schema"_s, schema } } },
                             { u"item"_s, items } }));
}

} // namespace latchkey
