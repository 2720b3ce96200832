// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "ui/acts/accountact.h"

#include <QList>
#include <QString>

namespace latchkey {

struct Provider;

// A button that helps with a problem.
struct NextAct
{
    AccountAct act = AccountAct::Refresh;
    QString text;
};
[[nodiscard]] QList<NextAct> nextActs(const Problem &problem, const Provider *provider);

// Does the user sign in to this vendor through the browser?
[[nodiscard]] bool signsIn(const Provider *provider);

} // namespace latchkey
