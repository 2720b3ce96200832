// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/recipeinput.h"

namespace latchkey {

// A variable that an account adds to an environment.
struct ExportVariable
{
    QString name; // "token", "authorization", "url", "expires_at", then the vendor's headers: "tenant_region"
    Secret value;
    QByteArray header = {}; // the header with this value: "Authorization", "TenantRegion"
};
[[nodiscard]] QList<ExportVariable> exportVariables(const RecipeInput &input);

// One for each account, in the same order: its name in [a-z0-9_], beginning with a letter. The full variable
// names (NAME_token and so on) are unique.
[[nodiscard]] QStringList variablePrefixes(const QList<RecipeInput> &accounts);

// One for each account, in the same order, without a suffix: its name as every file system accepts it, unique
// even where case does not count.
[[nodiscard]] QStringList fileNames(const QList<RecipeInput> &accounts);

// Marks that a program reading the format fills in or runs anywhere in a value. They cannot be escaped, so a
// value that contains one is not handed out in that format. Regular expressions.
namespace templatemarks {
inline constexpr QLatin1StringView doubleBraces(R"(\{\{)"); // Postman, Bruno
// Insomnia renders a value up to four times, so {% raw %} and strings in braces do not help.
inline constexpr QLatin1StringView nunjucks(R"(\{[{%#])");
// python-dotenv and dotenv-expand look for these in single quotes too, and the latter runs commands.
inline constexpr QLatin1StringView dollar(R"(\$[A-Za-z_{(])");
} // namespace templatemarks

// Which value of the account contains such a mark: "token", "authorization", "tenant_region"; empty: none, or
// the format has no marks. The address never does: its braces are encoded, and a dollar sign where it
// matters.
[[nodiscard]] QString valueReadAsTemplate(const RecipeInput &input, QLatin1StringView marks);

// The account's name as a label in a file for an API client. Clients may read labels as templates, so a blank
// splits each mark that would begin a template, or end a comment (an error in Insomnia).
[[nodiscard]] QString labelOf(const RecipeInput &input);

} // namespace latchkey
