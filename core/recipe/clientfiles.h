// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/recipe/recipeinput.h"

#include <QList>
#include <QString>

namespace latchkey {

struct ExportedFile
{
    QString path; // relative, with '/'; empty: the export is this one file
    Secret content;
};

// Texts for programs rather than for pasting.
[[nodiscard]] Secret dotenvText(const RecipeInput &input);
[[nodiscard]] Secret jsonObjectText(const RecipeInput &input);

// The lines of a .env file: PREFIX_TOKEN, PREFIX_AUTHORIZATION, PREFIX_URL, PREFIX_EXPIRES_AT, then the
// vendor's headers, below a comment with the account's name.
[[nodiscard]] QByteArray dotenvLines(const RecipeInput &input, const QByteArray &prefix);

// Use them together: the collection refers to the variables in the environment of the same accounts.
[[nodiscard]] Secret postmanEnvironment(const QList<RecipeInput> &accounts);
// Collection v2.1: a request for each account. Holds no token and no address.
[[nodiscard]] Secret postmanCollection(const QList<RecipeInput> &accounts);

// A Bruno collection: bruno.json, a request for each account, and the environment "Latchkey". A .gitignore
// excludes the environment, since it holds the tokens.
[[nodiscard]] QList<ExportedFile> brunoFiles(const QList<RecipeInput> &accounts);

// An export of format 4: a workspace with its environment, and a request for each account.
[[nodiscard]] Secret insomniaExport(const QList<RecipeInput> &accounts);

} // namespace latchkey
