// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "core/recipe/recipe.h"

#include <QList>

#include <optional>

namespace latchkey {

// The user's own recipes: text with places in double braces, {{token}} or {{token|json}}. The filter after
// the bar quotes the value for its context.

struct RecipePlace
{
    QString name; // "token", "header_value", "header", "scheme", "url", "host", "name", "user", "scopes",
                  // "expires_at" (ISO 8601, UTC), "expires_in" (seconds), "provider", "extra_headers"
    const char *description = ""; // untranslated, context "Recipe"
};
[[nodiscard]] const QList<RecipePlace> &recipePlaces();
[[nodiscard]] QStringList recipeFilters(); // "shell", "powershell", "cmd", "json", "url", "base64", ...

struct RecipeFault
{
    enum class Kind {
        BadId,
        IdTaken,
        BadLabel,
        Empty,
        TooLong,
        UnknownPlace,
        UnknownFilter,
        TooManyFilters,
        NotClosed,
        NoToken,
        UnusualCharacter,
        UnusualInLabel,
    };
    Kind kind = Kind::Empty;
    QString what; // the unknown place or filter; the place with too many filters; "U+200B"
    qsizetype at = 0; // of an unusual character, from 1
    friend bool operator==(const RecipeFault &, const RecipeFault &) = default;
};
// What is wrong with the recipe; nothing if it can be saved.
[[nodiscard]] std::optional<RecipeFault> faultOf(const OwnRecipe &recipe);
[[nodiscard]] QString textOf(const RecipeFault &fault); // one sentence, translated
// For a recipe without fault. Unknown values (no expiry) become empty. `now` is only needed for expires_in.
[[nodiscard]] Secret filledIn(const OwnRecipe &recipe, const RecipeInput &input, const QDateTime &now);
// Whether {{url}} or {{host}} says where the token goes.
[[nodiscard]] bool namesAddress(const OwnRecipe &recipe);

} // namespace latchkey
