// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QByteArray>
#include <QDateTime>
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

} // namespace latchkey
