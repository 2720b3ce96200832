// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QMetaType>
#include <QString>

namespace latchkey {

// What the user can do that belongs to no account.
enum class WindowAct {
    AddAccount,
    RefreshAll,
    Search,
    Export,
    ExportTemplates,
    ImportTemplates,
    OwnRecipes,
    Doctor,
    Activity,
    LockVault, // or unlock it
    Secrets, // where they are kept
    Settings,
    About,
    Quit,
};

// How an act of the menu looks, and the keys that do the same.
struct WindowActLook
{
    WindowAct act = WindowAct::Quit;
    QString icon;
    QString text;
    QKeySequence keys = {};
};

// What there is to lock.
enum class VaultState { None, Locked, Open };

// The menu "More", in groups.
[[nodiscard]] QList<QList<WindowActLook>> moreMenu(VaultState vault);

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::WindowAct)
