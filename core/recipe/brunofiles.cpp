// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/brunofiles.h"

#include "core/recipe/exportnames.h"
#include "core/recipe/quoting.h"
#include "core/recipe/request.h"
#include "core/recipe/templatemarks.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// A value reaches to the end of its line and nothing is escaped in it; only three apostrophes begin a text of
// several lines: in a request anywhere, in an environment at the end of the line, which the blank prevents.
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

} // namespace latchkey
