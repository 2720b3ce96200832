// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe.h"

#include "core/recipe/filerecipes.h"
#include "core/recipe/postmanfiles.h"
#include "core/recipe/request.h"
#include "core/recipe/shellrecipes.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QList<Recipe> parts()
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
    };
}

QList<Recipe> commands()
{
    return {
        { .id = u"curl"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "curl command"),
          .description = QT_TRANSLATE_NOOP("Recipe", "A request with every header it needs, for a terminal"),
          .text = curlCommand,
          .sendsToAddress = true },
        { .id = u"curl-cmd"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "curl command for Windows"),
          .description = QT_TRANSLATE_NOOP("Recipe", "The same request, for the prompt of cmd.exe"),
          .text = curlCmdCommand,
          .sendsToAddress = true },
        { .id = u"powershell"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "PowerShell command"),
          .description = QT_TRANSLATE_NOOP("Recipe", "Invoke-RestMethod with every header it needs"),
          .text = powershellCommand,
          .sendsToAddress = true },
        { .id = u"httpie"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "HTTPie command"),
          .description = QT_TRANSLATE_NOOP("Recipe", "A request with http, for a terminal"),
          .text = httpieCommand,
          .sendsToAddress = true },
        { .id = u"wget"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "wget command"),
          .description = QT_TRANSLATE_NOOP("Recipe", "A request with wget, for a terminal"),
          .text = wgetCommand,
          .sendsToAddress = true },
    };
}

QList<Recipe> files()
{
    return {
        { .id = u"dotenv"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", ".env lines"),
          .description = QT_TRANSLATE_NOOP(
              "Recipe", "LATCHKEY_TOKEN, LATCHKEY_AUTHORIZATION, the address and the expiry"),
          .text = dotenvText,
          .sendsToAddress = true,
          .templateMarks = templatemarks::dollar },
        { .id = u"json"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "JSON"),
          .description = QT_TRANSLATE_NOOP("Recipe", "Token, headers, address and expiry, for a script"),
          .text = jsonObjectText,
          .sendsToAddress = true },
        { .id = u"postman-environment"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "Postman environment"),
          .description = QT_TRANSLATE_NOOP("Recipe", "For Postman's Import, the token as a secret variable"),
          .text = [](const RecipeInput &input) { return postmanEnvironment({ input }); },
          .sendsToAddress = true,
          .templateMarks = templatemarks::doubleBraces },
    };
}

} // namespace

const QList<Recipe> &recipes()
{
    static const QList<Recipe> list = parts() + commands() + files();
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

} // namespace latchkey
