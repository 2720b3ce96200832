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

// The values that a recipe uses.
struct RecipeInput
{
    Secret token;
    QString headerScheme; // "Bearer", "VBrick"
    QUrl url; // the account's test_url, else the provider's test address, else its base URL
    QList<std::pair<QByteArray, QByteArray>> extraHeaders; // TenantRegion for Priava
    QString accountName = {}; // any printable text the user typed
    QString providerId = {};
    QString user = {}; // the token's user; may be empty
    QStringList scopes = {};
    std::optional<QDateTime> expiresAt = {}; // UTC; absent: unknown
};

// The parts of the request that recipes write.

[[nodiscard]] QByteArray headerValue(const RecipeInput &input); // "Bearer T"
[[nodiscard]] QByteArray headerLine(const RecipeInput &input); // "Authorization: Bearer T"
// Authorization first, then the vendor's other headers.
[[nodiscard]] QList<std::pair<QByteArray, QByteArray>> allHeaders(const RecipeInput &input);
[[nodiscard]] QByteArray address(const RecipeInput &input); // fully encoded
[[nodiscard]] QByteArray expiry(const RecipeInput &input); // "2031-05-04T10:00:00Z"; empty: unknown

// Indented, without a line end after it.
[[nodiscard]] QByteArray jsonText(const QJsonObject &object);

} // namespace latchkey
