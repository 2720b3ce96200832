// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problemtable.h"
#include "core/provider/provider.h"

#include <QString>

namespace latchkey {

// What happened, why, and what to do next: three plain sentences in the user's language, without any
// secret and without markup.
struct ProblemText
{
    QString what;
    QString why; // may be empty
    QString next;
    NextStep step = NextStep::None; // what a button should offer

    [[nodiscard]] QString whole() const; // the three, joined by blanks
};

// `provider` may be null when the problem belongs to no account.
[[nodiscard]] ProblemText problemText(const Problem &problem, const Provider *provider);

// What is to be done about a problem for which the provider named a time to wait, counted down:
// "Try again in 42 s.", and "Try again." once that is over. Empty where none was named.
[[nodiscard]] QString retryText(const Problem &problem, const QDateTime &now);

} // namespace latchkey
