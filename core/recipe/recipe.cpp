// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QByteArray headerValue(const RecipeInput &input)
{
    const QByteArray scheme = input.headerScheme.isEmpty() ? "Bearer" : input.headerScheme.toUtf8();
    return scheme + ' ' + input.token.reveal().toByteArray();
}

QByteArray headerLine(const RecipeInput &input)
{
    return "Authorization: " + headerValue(input);
}

// curl reads brackets and braces in an address as patterns. QUrl encodes the braces itself; brackets
// may stay in the host of an IPv6 address only.
QByteArray curlAddress(const QUrl &url)
{
    QByteArray address = url.toEncoded();
    const qsizetype hostEnd = address.indexOf('/', address.indexOf("://") + 3);
    if (hostEnd < 0)
        return address;
    return address.left(hostEnd) + address.mid(hostEnd).replace('[', "%5B").replace(']', "%5D");
}

QByteArray curlCommand(const RecipeInput &input)
{
    QByteArray command = "curl -H " + shellQuoted(headerLine(input));
    for (const auto &[name, value] : input.extraHeaders)
        command += " -H " + shellQuoted(name + ": " + value);
    return command + ' ' + shellQuoted(curlAddress(input.url));
}

QList<Recipe> all()
{
    return {
        { .id = u"header-value"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "Header value"),
          .description = QT_TRANSLATE_NOOP("Recipe", "Bearer …, for Postman's header field"),
          .text = [](const RecipeInput &input) { return Secret(headerValue(input)); } },
        { .id = u"token"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "Token"),
          .description = QT_TRANSLATE_NOOP("Recipe", "The token alone"),
          .text = [](const RecipeInput &input) { return input.token; } },
        { .id = u"header"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "Header line"),
          .description = QT_TRANSLATE_NOOP("Recipe", "Authorization: Bearer …"),
          .text = [](const RecipeInput &input) { return Secret(headerLine(input)); } },
        { .id = u"curl"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "curl command"),
          .description = QT_TRANSLATE_NOOP("Recipe", "A request with every header it needs, for a terminal"),
          .text = [](const RecipeInput &input) { return Secret(curlCommand(input)); } },
    };
}

} // namespace

const QList<Recipe> &recipes()
{
    static const QList<Recipe> list = all();
    return list;
}

const Recipe *findRecipe(const QString &id)
{
    const QList<Recipe> &list = recipes();
    const auto found =
        std::find_if(list.begin(), list.end(), [&id](const Recipe &recipe) { return recipe.id == id; });
    return found == list.end() ? nullptr : &*found;
}

const Recipe &recipeOrDefault(const QString &id)
{
    const Recipe *recipe = findRecipe(id);
    return recipe ? *recipe : recipes().front();
}

QByteArray shellQuoted(QByteArrayView text)
{
    return '\'' + text.toByteArray().replace('\'', "'\\''") + '\'';
}

} // namespace latchkey
