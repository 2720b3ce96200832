// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/clientfiles.h"

#include "core/recipe/exportnames.h"
#include "core/recipe/quoting.h"
#include "core/recipe/recipeinput.h"

#include <QJsonArray>
#include <QUuid>

namespace latchkey {

using namespace Qt::StringLiterals;

QByteArray dotenvLines(const RecipeInput &input, const QByteArray &prefix)
{
    QByteArray lines;
    if (const QByteArray name = onOneLine(input.accountName.toUtf8()); !name.isEmpty())
        lines += "# " + name + '\n';
    for (const ExportVariable &variable : exportVariables(input)) {
        QByteArray value = variable.value.reveal().toByteArray();
        if (variable.name == "url"_L1) // as in ?$top=1
            value.replace('$', "%24");
        lines += prefix + '_' + variable.name.toUpper().toLatin1() + '=' + dotenvQuoted(value) + '\n';
    }
    lines.chop(1);
    return lines;
}

Secret dotenvText(const RecipeInput &input)
{
    return Secret(dotenvLines(input, "LATCHKEY"));
}

Secret jsonObjectText(const RecipeInput &input)
{
    QJsonObject headers;
    for (const auto &[name, value] : allHeaders(input))
        headers.insert(QString::fromUtf8(name), QString::fromUtf8(value));
    const QByteArray expiresAt = expiry(input);
    const QByteArray value = headerValue(input);
    return Secret(jsonText({
        { u"token"_s, QString::fromUtf8(input.token.reveal()) },
        { u"header_value"_s, QString::fromUtf8(value) },
        { u"scheme"_s, QString::fromUtf8(value.left(value.indexOf(' '))) },
        { u"url"_s, QString::fromLatin1(address(input)) },
        { u"expires_at"_s, expiresAt.isEmpty() ? QJsonValue() : QJsonValue(QString::fromLatin1(expiresAt)) },
        { u"account"_s, input.accountName },
        { u"provider"_s, input.providerId },
        { u"headers"_s, headers },
    }));
}

namespace {

// The same accounts get the same id, so that a repeated import replaces the first.
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

namespace {

// A value ends at the end of its line and has no escapes. Three apostrophes begin a text of several lines:
// anywhere in a request, at the end of the line in an environment, which the added blank prevents.
QByteArray nameInRequest(const QString &name)
{
    return onOneLine(name.toUtf8()).replace("'''", "\u2019\u2019\u2019");
}

QByteArray valueInEnvironment(QByteArrayView value)
{
    const QByteArray line = value.toByteArray().replace('\r', ' ').replace('\n', ' ');
    return line.endsWith("'''") ? line + ' ' : line;
}

QByteArray requestFile(const RecipeInput &account, const QByteArray &prefix, qsizetype number)
{
    QByteArray headers;
    for (const ExportVariable &variable : exportVariables(account)) {
        if (!variable.header.isEmpty())
            headers += "  " + variable.header + ": {{" + prefix + '_' + variable.name.toLatin1() + "}}\n";
    }
    return "meta {\n  name: " + nameInRequest(labelOf(account))
        + "\n  type: http\n  seq: " + QByteArray::number(number) + "\n}\n\nget {\n  url: {{" + prefix
        + "_url}}\n  body: none\n  auth: none\n}\n\nheaders {\n" + headers + "}\n";
}

QByteArray environmentFile(const QList<RecipeInput> &accounts, const QStringList &prefixes)
{
    QByteArray file = "vars {\n";
    for (qsizetype i = 0; i < accounts.size(); ++i) {
        for (const ExportVariable &variable : exportVariables(accounts[i]))
            file += "  " + prefixes[i].toLatin1() + '_' + variable.name.toLatin1() + ": "
                + valueInEnvironment(variable.value.reveal()) + '\n';
    }
    return file + "}\n";
}

} // namespace

QList<ExportedFile> brunoFiles(const QList<RecipeInput> &accounts)
{
    const QJsonObject collection { { u"version"_s, u"1"_s },
                                   { u"name"_s, u"Latchkey"_s },
                                   { u"type"_s, u"collection"_s } };
    const QStringList prefixes = variablePrefixes(accounts);
    const QStringList names = fileNames(accounts);
    QList<ExportedFile> files {
        { .path = u"bruno.json"_s, .content = Secret(jsonText(collection) + '\n') },
        { .path = u".gitignore"_s, .content = Secret("environments/Latchkey.bru\n") },
        { .path = u"environments/Latchkey.bru"_s, .content = Secret(environmentFile(accounts, prefixes)) },
    };
    for (qsizetype i = 0; i < accounts.size(); ++i)
        files.append({ .path = names[i] + u".bru"_s,
                       .content = Secret(requestFile(accounts[i], prefixes[i].toLatin1(), i + 1)) });
    return files;
}

namespace {

constexpr auto workspaceId = "wrk_latchkey"_L1;

QString insomniaReference(const QString &prefix, const QString &variable)
{
    return u"{{ _."_s + prefix + u'_' + variable + u" }}"_s;
}

QJsonObject resource(const QString &type, const QString &id, const QString &parent, const QString &name)
{
    return { { u"_type"_s, type },
             { u"_id"_s, id },
             { u"parentId"_s, parent.isEmpty() ? QJsonValue() : QJsonValue(parent) },
             { u"name"_s, name } };
}

QJsonObject requestResource(const RecipeInput &account, const QString &prefix)
{
    QJsonArray headers;
    for (const ExportVariable &variable : exportVariables(account)) {
        if (!variable.header.isEmpty())
            headers.append(QJsonObject { { u"name"_s, QString::fromLatin1(variable.header) },
                                         { u"value"_s, insomniaReference(prefix, variable.name) } });
    }
    QJsonObject request = resource(u"request"_s, u"req_latchkey_"_s + prefix, workspaceId, labelOf(account));
    request.insert(u"method"_s, u"GET"_s);
    request.insert(u"url"_s, insomniaReference(prefix, u"url"_s));
    request.insert(u"headers"_s, headers);
    request.insert(u"parameters"_s, QJsonArray());
    request.insert(u"body"_s, QJsonObject());
    request.insert(u"authentication"_s, QJsonObject());
    request.insert(u"settingEncodeUrl"_s, false); // it is encoded already
    return request;
}

} // namespace

Secret insomniaExport(const QList<RecipeInput> &accounts)
{
    const QStringList prefixes = variablePrefixes(accounts);
    QJsonObject data;
    QJsonArray requests;
    for (qsizetype i = 0; i < accounts.size(); ++i) {
        for (const ExportVariable &variable : exportVariables(accounts[i]))
            data.insert(prefixes[i] + u'_' + variable.name, QString::fromUtf8(variable.value.reveal()));
        requests.append(requestResource(accounts[i], prefixes[i]));
    }
    QJsonObject workspace = resource(u"workspace"_s, workspaceId, {}, u"Latchkey"_s);
    workspace.insert(u"scope"_s, u"collection"_s);
    QJsonObject environment =
        resource(u"environment"_s, u"env_latchkey"_s, workspaceId, u"Base Environment"_s);
    environment.insert(u"data"_s, data);

    QJsonArray resources { workspace, environment };
    for (const auto &request : requests)
        resources.append(request);
    return Secret(jsonText({ { u"_type"_s, u"export"_s },
                             { u"__export_format"_s, 4 },
                             { u"__export_source"_s, u"latchkey"_s },
                             { u"resources"_s, resources } }));
}

} // namespace latchkey
