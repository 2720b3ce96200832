// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/copytext.h"

#include "core/recipe/recipe.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

QString copyText(const QString &recipeId)
{
    // Whole sentences, since not every language can be put together from "Copy" and a noun.
    struct Text
    {
        QLatin1StringView recipe;
        const char *text;
    };
    static constexpr Text texts[] = {
        { "header-value"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy header value") },
        { "token"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy token") },
        { "header"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy header line") },
        { "curl"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy curl command") },
    };
    const Recipe &recipe = recipeOrDefault(recipeId);
    for (const Text &text : texts)
        if (recipe.id == text.recipe)
            return QCoreApplication::translate("CopyText", text.text);
    return QCoreApplication::translate("CopyText", "Copy: %1")
        .arg(QCoreApplication::translate("Recipe", recipe.label));
}

} // namespace latchkey
