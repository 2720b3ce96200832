// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/templatemarks.h"

#include "core/recipe/exportnames.h"

#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

QString valueReadAsTemplate(const RecipeInput &input, QLatin1StringView marks)
{
    if (marks.isEmpty())
        return {};
    const QRegularExpression mark(marks);
    for (const ExportVariable &variable : exportVariables(input)) {
        const QString value = QString::fromUtf8(variable.value.reveal());
        if (variable.name != "url"_L1 && mark.match(value).hasMatch())
            return variable.name;
    }
    return {};
}

QString labelOf(const RecipeInput &input)
{
    static const QRegularExpression mark(u"(\\{(?=[{%#])|#(?=\\}))"_s);
    return QString(input.accountName).replace(mark, u"\\1 "_s);
}

} // namespace latchkey
