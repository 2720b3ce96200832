// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

enum class NextStep { None, TryAgain, SignIn, TryAgainOrSignIn, EditAccount, ChooseMemory };

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

} // namespace latchkey
