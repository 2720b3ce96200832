// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <utility>

namespace latchkey {

// What a recipe is made from.
struct RecipeInput
{
    Secret token;
    QString headerScheme; // "Bearer", "VBrick"
    QUrl url; // the account's test_url, else the provider's test address, else its base URL
    QList<std::pair<QByteArray, QByteArray>> extraHeaders; // TenantRegion for Priava
    QString accountName = {}; // any printable text the user typed
    QString providerId = {};
    QString user = {}; // whom the token speaks for; may be empty
    QStringList scopes = {};
    std::optional<QDateTime> expiresAt = {}; // UTC; absent: unknown
};

// The request that the recipes write down, taken apart.

[[nodiscard]] QByteArray headerValue(const RecipeInput &input); // "Bearer T"
[[nodiscard]] QByteArray headerLine(const RecipeInput &input); // "Authorization: Bearer T"
// Authorization first, then what the vendor wants besides.
[[nodiscard]] QList<std::pair<QByteArray, QByteArray>> allHeaders(const RecipeInput &input);
[[nodiscard]] QByteArray address(const RecipeInput &input); // fully encoded
[[nodiscard]] QByteArray expiry(const RecipeInput &input); // "2031-05-04T10:00:00Z"; empty: unknown

// As a file: indented, without a line's end at its end.
[[nodiscard]] QByteArray jsonText(const QJsonObject &object);

} // namespace latchkey
