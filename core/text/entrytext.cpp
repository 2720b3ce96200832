// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/entrytext.h"

#include <QCoreApplication>

namespace latchkey {

QString fieldProblemText(const FieldProblem &problem)
{
    QString text = QCoreApplication::translate("Provider", problem.sentence);
    for (const QString &where : problem.where)
        text = text.arg(where);
    return text;
}

QString passphraseText(const PassphraseFault &fault)
{
    switch (fault.kind) {
    case PassphraseFault::Kind::TooShort:
        return QCoreApplication::translate("Passphrase",
                                           "The passphrase is too short: use at least %1 characters.")
            .arg(passphraseMinimum);
    case PassphraseFault::Kind::TooLong:
        return QCoreApplication::translate("Passphrase", "The passphrase is too long: use at most %1 bytes.")
            .arg(passphraseMaximum);
    case PassphraseFault::Kind::NotUtf8:
        return QCoreApplication::translate("Passphrase",
                                           "The passphrase is not UTF-8 (byte %1): save its file as UTF-8, "
                                           "or enter it again.")
            .arg(fault.where.value(0));
    case PassphraseFault::Kind::UnusualCharacter:
        return QCoreApplication::translate(
                   "Passphrase",
                   "The passphrase holds an invisible character, or a blank of an unusual kind: %1 at "
                   "character %2. Use one line of visible text.")
            .arg(fault.where.value(0), fault.where.value(1));
    }
    Q_UNREACHABLE();
}

QString noRecoveryText()
{
    return QCoreApplication::translate("Passphrase",
                                       "A forgotten passphrase cannot be recovered by anybody. Without it "
                                       "the vault's secrets are lost and have to be entered again.");
}

} // namespace latchkey
