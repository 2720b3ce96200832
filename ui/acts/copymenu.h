// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "ui/acts/uiservices.h"

#include <functional>

class QMenu;

namespace latchkey {

// What the lines of a copy menu do.
struct CopyMenuActs
{
    std::function<void(const QString &recipeId)> copy;
    std::function<void()> editOwn;
};

// Adds every form a token can be copied in: the usual ones and the one used last, then the user's own, the
// rest in a menu below.
void fillCopyMenu(QMenu &menu, const UiServices &services, const Account &account, const CopyMenuActs &acts);

} // namespace latchkey
