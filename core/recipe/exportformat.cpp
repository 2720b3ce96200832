// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/exportformat.h"

#include "core/recipe/clientfiles.h"
#include "core/recipe/exportnames.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Accounts = QList<RecipeInput>;

QList<ExportedFile> oneFile(const Secret &text)
{
    return { { .path = {}, .content = Secret(text.reveal().toByteArray() + '\n') } };
}

QList<ExportedFile> dotenvFile(const Accounts &accounts)
{
    const QStringList prefixes = variablePrefixes(accounts);
    QByteArrayList blocks;
    for (qsizetype i = 0; i < accounts.size(); ++i)
        blocks.append(dotenvLines(accounts[i], "LATCHKEY_" + prefixes[i].toUpper().toLatin1()));
    return oneFile(Secret(blocks.join("\n\n")));
}

QList<ExportFormat> postmanFormats()
{
    return {
        { .id = u"postman-environment"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "Postman environment"),
          .description =
              QT_TRANSLATE_NOOP("Recipe", "Variables for each account. The file holds the tokens."),
          .suggestedName = u"latchkey.postman_environment.json"_s,
          .templateMarks = templatemarks::doubleBraces,
          .files = [](const Accounts &accounts) { return oneFile(postmanEnvironment(accounts)); } },
        { .id = u"postman-collection"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "Postman collection"),
          .description =
              QT_TRANSLATE_NOOP("Recipe",
                                "A request for each account, to use with the environment of the same "
                                "accounts. The file holds no token."),
          .suggestedName = u"latchkey.postman_collection.json"_s,
          .holdsTokens = false,
          .sendsToAddress = false, // the address is in the environment
          .files = [](const Accounts &accounts) { return oneFile(postmanCollection(accounts)); } },
    };
}

QList<ExportFormat> otherFormats()
{
    return {
        { .id = u"bruno"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "Bruno collection"),
          .description =
              QT_TRANSLATE_NOOP("Recipe",
                                "A folder with a request for each account. Its environment holds the "
                                "tokens."),
          .suggestedName = u"latchkey-bruno"_s,
          .isFolder = true,
          .templateMarks = templatemarks::doubleBraces,
          .files = brunoFiles },
        { .id = u"insomnia"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", "Insomnia export"),
          .description =
              QT_TRANSLATE_NOOP("Recipe", "A request for each account. The file holds the tokens."),
          .suggestedName = u"latchkey.insomnia.json"_s,
          .templateMarks = templatemarks::nunjucks,
          .files = [](const Accounts &accounts) { return oneFile(insomniaExport(accounts)); } },
        { .id = u"dotenv"_s,
          .label = QT_TRANSLATE_NOOP("Recipe", ".env file"),
          .description =
              QT_TRANSLATE_NOOP("Recipe", "Variables named after each account. The file holds the tokens."),
          .suggestedName = u"latchkey.env"_s,
          .templateMarks = templatemarks::dollar,
          .files = dotenvFile },
    };
}

} // namespace

const QList<ExportFormat> &exportFormats()
{
    static const QList<ExportFormat> list = postmanFormats() + otherFormats();
    return list;
}

const ExportFormat *findExportFormat(const QString &id)
{
    const QList<ExportFormat> &list = exportFormats();
    const auto found =
        std::find_if(list.begin(), list.end(), [&id](const ExportFormat &format) { return format.id == id; });
    return found == list.end() ? nullptr : &*found;
}

} // namespace latchkey
