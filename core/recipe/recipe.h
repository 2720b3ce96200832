// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

#include <utility>

namespace latchkey {

// What a recipe is made from.
struct RecipeInput
{
    Secret token;
    QString headerScheme; // "Bearer", "VBrick"
    QUrl url; // the account's test_url, else the provider's base URL
    QList<std::pair<QByteArray, QByteArray>> extraHeaders; // TenantRegion for Priava
};

// One way to hand a token out ("copy as").
struct Recipe
{
    QString id; // "header-value"; kept with the account, used by the command line
    const char *label = ""; // untranslated, context "Recipe": "Header value"
    const char *description = ""; // untranslated: "Bearer …, for Postman's header field"
    Secret (*text)(const RecipeInput &input) = nullptr;
};

// In the menu's order: header-value, token, header, curl.
[[nodiscard]] const QList<Recipe> &recipes();
// The recipe with this id, else the default one (header-value).
[[nodiscard]] const Recipe &recipeOrDefault(const QString &id);

// Quotes for bash, dash and zsh: 'it'\''s'.
[[nodiscard]] QByteArray shellQuoted(QByteArrayView text);

} // namespace latchkey
