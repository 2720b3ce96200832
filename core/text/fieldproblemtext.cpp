// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/fieldproblemtext.h"

#include <QCoreApplication>

namespace latchkey {

QString fieldProblemText(const FieldProblem &problem)
{
    QString text = QCoreApplication::translate("Provider", problem.sentence);
    for (const QString &where : problem.where)
        text = text.arg(where);
    return text;
}

} // namespace latchkey
