// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/filerecipes.h"

#include "core/recipe/exportnames.h"
#include "core/recipe/quoting.h"
#include "core/recipe/request.h"

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

} // namespace latchkey
