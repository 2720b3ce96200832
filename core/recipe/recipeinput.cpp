// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipeinput.h"

#include "core/base/characters.h"

#include <QJsonDocument>

namespace latchkey {

QByteArray headerValue(const RecipeInput &input)
{
    const QByteArray scheme = input.headerScheme.isEmpty() ? "Bearer" : input.headerScheme.toUtf8();
    return scheme + ' ' + input.token.reveal().toByteArray();
}

QByteArray headerLine(const RecipeInput &input)
{
    return "Authorization: " + headerValue(input);
}

QList<std::pair<QByteArray, QByteArray>> allHeaders(const RecipeInput &input)
{
    QList<std::pair<QByteArray, QByteArray>> headers { { "Authorization", headerValue(input) } };
    return headers + input.extraHeaders;
}

QByteArray address(const RecipeInput &input)
{
    return input.url.toEncoded();
}

QByteArray expiry(const RecipeInput &input)
{
    return input.expiresAt ? input.expiresAt->toUTC().toString(Qt::ISODate).toLatin1() : QByteArray();
}

QByteArray jsonText(const QJsonObject &object)
{
    return visibleJson(QJsonDocument(object).toJson()).trimmed();
}

} // namespace latchkey
