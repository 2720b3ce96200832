// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/fieldtext.h"

#include <QCoreApplication>

namespace latchkey {

QString fieldText(const FieldProblem &problem)
{
    const QString sentence = QCoreApplication::translate("Provider", problem.sentence);
    return problem.subject.isEmpty() ? sentence : sentence.arg(problem.subject);
}

} // namespace latchkey
