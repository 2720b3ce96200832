// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/recipeinput.h"

namespace latchkey {

// What the readers of a form fill in or run wherever it stands in a value. Nothing that is written around it
// makes it plain text there, so a value that holds it is not handed out in that form. Regular expressions.
namespace templatemarks {
inline constexpr QLatin1StringView doubleBraces(R"(\{\{)"); // Postman, Bruno
// Insomnia renders a value up to four times, which no {% raw %} and no string in braces survives.
inline constexpr QLatin1StringView nunjucks(R"(\{[{%#])");
// python-dotenv and dotenv-expand look for these in single quotes too, and the latter runs commands.
inline constexpr QLatin1StringView dollar(R"(\$[A-Za-z_{(])");
} // namespace templatemarks

// Which value of the account holds such a mark: "token", "authorization", "tenant_region"; empty: none, or
// there are no marks. The address never does: braces are encoded in it, and a dollar sign where it counts.
[[nodiscard]] QString valueReadAsTemplate(const RecipeInput &input, QLatin1StringView marks);

// The account's name as a label in a file for an API client, which may read labels as templates too: with a
// blank within each mark that would begin one, or end a comment (an error for Insomnia where none has begun).
[[nodiscard]] QString labelOf(const RecipeInput &input);

} // namespace latchkey
