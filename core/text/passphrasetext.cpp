// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/passphrasetext.h"

#include <QCoreApplication>

namespace latchkey {

QString passphraseText(PassphraseFault fault)
{
    switch (fault) {
    case PassphraseFault::TooShort:
        return QCoreApplication::translate("Passphrase",
                                           "The passphrase is too short: use at least %1 characters.")
            .arg(passphraseMinimum);
    case PassphraseFault::TooLong:
        return QCoreApplication::translate("Passphrase", "The passphrase is too long: use at most %1 bytes.")
            .arg(passphraseMaximum);
    case PassphraseFault::NotUtf8:
        return QCoreApplication::translate("Passphrase",
                                           "The passphrase is not text in UTF-8: enter it again.");
    case PassphraseFault::ControlCharacter:
        return QCoreApplication::translate(
            "Passphrase",
            "The passphrase holds a line end or another control character: use one line of text.");
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
