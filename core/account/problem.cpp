// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/problem.h"

#include <QMetaEnum>

namespace latchkey {

Problem makeProblem(Problem::Kind kind, const QDateTime &at, const QString &detail,
                    const QString &description)
{
    return { kind, detail, description, at, {} };
}

QString nameOf(Problem::Kind kind)
{
    return QString::fromLatin1(QMetaEnum::fromType<Problem::Kind>().valueToKey(static_cast<int>(kind)));
}

Problem::Kind problemKind(const QString &name)
{
    bool known = false;
    const int value = QMetaEnum::fromType<Problem::Kind>().keyToValue(name.toLatin1().constData(), &known);
    return known ? static_cast<Problem::Kind>(value) : Problem::Kind::AnswerNotUnderstood;
}

} // namespace latchkey
