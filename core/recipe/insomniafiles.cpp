// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/insomniafiles.h"

#include "core/recipe/exportnames.h"
#include "core/recipe/request.h"
#include "core/recipe/templatemarks.h"

#include <QJsonArray>

namespace latchkey {

using namespace Qt::StringLiterals;

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
    for (const QJsonValue &request : requests)
        resources.append(request);
    return Secret(jsonText({ { u"_type"_s, u"export"_s },
                             { u"__export_format"_s, 4 },
                             { u"__export_source"_s, u"latchkey"_s },
                             { u"resources"_s, resources } }));
}

} // namespace latchkey
