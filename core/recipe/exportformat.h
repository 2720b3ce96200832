// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/clientfiles.h"
#include "core/recipe/recipeinput.h"

#include <QList>

namespace latchkey {

// Files for API clients: postman-environment, postman-collection, bruno, insomnia, dotenv.
struct ExportFormat
{
    QString id;
    const char *label = ""; // untranslated, context "Recipe": "Postman environment"
    const char *description = ""; // untranslated; also says whether the files hold tokens
    QString suggestedName; // "latchkey.postman_environment.json"; of a folder: "latchkey-bruno"
    bool isFolder = false;
    bool holdsTokens = true;
    bool sendsToAddress = true;
    QLatin1StringView templateMarks = {}; // refuse an account whose values contain one
    QList<ExportedFile> (*files)(const QList<RecipeInput> &accounts) = nullptr;
};
[[nodiscard]] const QList<ExportFormat> &exportFormats();
[[nodiscard]] const ExportFormat *findExportFormat(const QString &id); // null: unknown

} // namespace latchkey
