// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/statetext.h"

#include <QCoreApplication>

namespace latchkey {

QString stateText(AccountState state)
{
    switch (state) {
    case AccountState::NeedsSignIn: return QCoreApplication::translate("State", "Needs sign-in");
    case AccountState::Expired: return QCoreApplication::translate("State", "Expired");
    case AccountState::Error: return QCoreApplication::translate("State", "Error");
    case AccountState::Expiring: return QCoreApplication::translate("State", "Expiring");
    case AccountState::Valid: return QCoreApplication::translate("State", "Valid");
    case AccountState::UnknownLifetime: return QCoreApplication::translate("State", "Lifetime unknown");
    }
    Q_UNREACHABLE();
}

} // namespace latchkey
