// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/account.h"

#include "core/base/characters.h"
#include "core/base/inputtext.h"

#include <QUuid>

namespace latchkey {

AccountId AccountId::create()
{
    return { QUuid::createUuid().toString(QUuid::WithoutBraces) };
}

QString normalizedAccountName(const QString &typed)
{
    QString name = withoutMark(typed).trimmed().normalized(QString::NormalizationForm_C);
    for (QChar &unit : name) {
        if (unit.category() == QChar::Separator_Space)
            unit = u' ';
    }
    return name;
}

std::optional<AccountNameFault> accountNameFault(const QString &name)
{
    if (name.isEmpty())
        return AccountNameFault::Empty;
    if (name.size() > accountNameLimit)
        return AccountNameFault::TooLong;
    if (name.startsWith(u'-'))
        return AccountNameFault::LeadingDash;
    if (firstInvisible(name))
        return AccountNameFault::ControlCharacter;
    return {};
}

QString accountNameKey(const QString &name)
{
    // Qt folds each character to one character. Upper case in between makes "ß" equal to "ss".
    return normalizedAccountName(name).toCaseFolded().toUpper().toCaseFolded().normalized(
        QString::NormalizationForm_C);
}

} // namespace latchkey
