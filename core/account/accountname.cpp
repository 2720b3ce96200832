// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountname.h"

#include "core/base/characters.h"

namespace latchkey {

QString normalizedAccountName(const QString &typed)
{
    return typed.trimmed().normalized(QString::NormalizationForm_C);
}

std::optional<AccountNameFault> accountNameFault(const QString &name)
{
    if (name.isEmpty())
        return AccountNameFault::Empty;
    if (name.size() > accountNameLimit)
        return AccountNameFault::TooLong;
    if (name.startsWith(u'-'))
        return AccountNameFault::LeadingDash;
    if (firstInvisible(name) || !name.isValidUtf16()) // half a character turns into another one on its way
        return AccountNameFault::ControlCharacter;
    return {};
}

QString accountNameKey(const QString &name)
{
    // Qt folds one character to one. Upper case in between lets a sharp s meet its two letters.
    return normalizedAccountName(name).toCaseFolded().toUpper().toCaseFolded().normalized(
        QString::NormalizationForm_C);
}

} // namespace latchkey
