// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountname.h"

#include <QList>

#include <algorithm>

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
    const auto points = name.toUcs4();
    const bool isUnprintable = std::any_of(points.begin(), points.end(), [](char32_t point) {
        switch (QChar::category(point)) {
        case QChar::Other_Control:
        case QChar::Other_Format:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph: return true;
        default: return false;
        }
    });
    if (isUnprintable || !name.isValidUtf16()) // half a character turns into another one on its way
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
