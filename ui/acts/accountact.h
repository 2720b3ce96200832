// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>

namespace latchkey {

// What the user can do with an account, from its row, its menu, the side panel or the keyboard.
enum class AccountAct {
    Copy,
    ChooseCopy,
    Refresh,
    SignIn,
    Test,
    Edit,
    Duplicate,
    Export,
    Doctor,
    Activity,
    Remove,
    KeepInMemory,
    Unlock,
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::AccountAct)
