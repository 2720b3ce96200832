// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acts/copytext.h"

#include "core/flow/handout/handoutservice.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

QString copyText(const RecipeChoice &recipe)
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
        { "curl-cmd"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy curl command for Windows") },
        { "powershell"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy PowerShell command") },
        { "httpie"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy HTTPie command") },
        { "wget"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy wget command") },
        { "dotenv"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy .env lines") },
        { "json"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy JSON") },
        { "postman-environment"_L1, QT_TRANSLATE_NOOP("CopyText", "Copy Postman environment") },
    };
    for (const Text &text : texts) {
        if (!recipe.isOwn && recipe.id == text.recipe)
            return QCoreApplication::translate("CopyText", text.text);
    }
    return QCoreApplication::translate("CopyText", "Copy: %1").arg(recipe.label);
}

} // namespace latchkey
