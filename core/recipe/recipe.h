// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/recipe/recipeinput.h"

#include <QList>
#include <QString>

namespace latchkey {

// One way to hand a token out ("copy as").
struct Recipe
{
    QString id; // "header-value"; kept with the account, used by the command line
    const char *label = ""; // untranslated, context "Recipe": "Header value"
    const char *description = ""; // untranslated: "Bearer …, for Postman's header field"
    Secret (*text)(const RecipeInput &input) = nullptr;
    // Running the text sends the token to input.url: ask the user if that is not the vendor's host.
    bool sendsToAddress = false;
    QLatin1StringView templateMarks = {}; // refuse an account whose values contain one
};

// In the menu's order: header-value, token, header, curl, and so on.
[[nodiscard]] const QList<Recipe> &recipes();
[[nodiscard]] const Recipe *findRecipe(const QString &id); // null: none of the built-in ones
// The recipe with this id, else the default one (header-value).
[[nodiscard]] const Recipe &recipeOrDefault(const QString &id);

} // namespace latchkey
