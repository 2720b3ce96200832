// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/recipe.h"

#include "core/recipe/clientfiles.h"
#include "core/recipe/exportnames.h"
#include "core/recipe/quoting.h"
#include "core/recipe/recipeinput.h"

#include <QRegularExpression>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Quoted = QByteArray (*)(QByteArrayView);

// curl reads brackets and braces in an address as patterns. QUrl encodes braces; brackets may only stay in
// the host of an IPv6 address.
QByteArray curlAddress(const RecipeInput &input)
{
    QByteArray encoded = address(input);
    const qsizetype hostEnd = encoded.indexOf('/', encoded.indexOf("://") + 3);
    if (hostEnd < 0)
        return encoded;
    return encoded.left(hostEnd) + encoded.mid(hostEnd).replace('[', "%5B").replace(']', "%5D");
}

QByteArray curl(const RecipeInput &input, Quoted quoted)
{
    QByteArray command = "curl";
    for (const auto &[name, value] : allHeaders(input))
        command += " -H " + quoted(name + ": " + value);
    return command + ' ' + quoted(curlAddress(input));
}

// An HTTPie item: the name ends at the first separator. HTTPie removes a backslash before a separator
// character, and it cannot be escaped: such a value, which is rare for tokens, is passed as a file.
QByteArray httpieHeader(const QByteArray &name, QByteArray value)
{
    static const QRegularExpression lostBackslash(u"(?<!\\\\)(?:\\\\\\\\)*\\\\[:;=@]"_s);
    if (lostBackslash.match(QString::fromUtf8(value)).hasMatch())
        return shellQuoted(name + ":@") + "<(printf %s " + shellQuoted(value) + ')';
    if (value.startsWith('=') || value.startsWith('@'))
        value.prepend('\\'); // := and :@ are separators too
    return shellQuoted(name + ':' + value);
}

// PowerShell 7 parses the header and refuses characters that few tokens contain, such as a comma.
bool isPlainCredentials(const QByteArray &value)
{
    static const QRegularExpression credentials(u"\\A[A-Za-z0-9-]+ [A-Za-z0-9._~+/=-]+\\z"_s);
    return credentials.match(QString::fromUtf8(value)).hasMatch();
}

// Requests for a terminal, on one line without a line end, so that pasting alone runs nothing. None of them
// sends the token to another host after a redirect.

Secret curlCommand(const RecipeInput &input)
{
    return Secret(curl(input, shellQuoted));
}

Secret curlCmdCommand(const RecipeInput &input)
{
    return Secret(curl(input, cmdQuoted));
}

Secret powershellCommand(const RecipeInput &input)
{
    QByteArray headers;
    for (const auto &[name, value] : allHeaders(input)) {
        headers += headers.isEmpty() ? "@{ " : "; ";
        headers += powershellQuoted(name) + " = " + powershellQuoted(value);
    }
    const QByteArray command =
        "Invoke-RestMethod -Uri " + powershellQuoted(address(input)) + " -Headers " + headers + " }";
    if (isPlainCredentials(headerValue(input)))
        return Secret(command);
    // Windows PowerShell 5 does not know the switch.
    return Secret("$unchecked = @{}; if ($PSVersionTable.PSVersion.Major -ge 6) "
                  "{ $unchecked['SkipHeaderValidation'] = $true }; "
                  + command + " @unchecked");
}

Secret httpieCommand(const RecipeInput &input)
{
    // A password in ~/.netrc would replace the header, and standard input would become a body.
    QByteArray command = "http --ignore-stdin --ignore-netrc GET " + shellQuoted(address(input));
    for (const auto &[name, value] : allHeaders(input))
        command += ' ' + httpieHeader(name, value);
    return Secret(command);
}

Secret wgetCommand(const RecipeInput &input)
{
    // wget would send the headers to another host after a redirect.
    QByteArray command = "wget -q -O - --max-redirect=0";
    for (const auto &[name, value] : allHeaders(input))
        command += " --header=" + shellQuoted(name + ": " + value);
    return Secret(command + ' ' + shellQuoted(address(input)));
}

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
          .text = [](const RecipeInput &input) { return Secret(input.token); } },
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
