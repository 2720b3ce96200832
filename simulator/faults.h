// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

#include "simulator/message.h"
#include "simulator/office.h"

namespace latchkey::simulator {

// What a fault's text is wrong about; empty: it is one of those README.md lists, or empty itself.
[[nodiscard]] QString faultProblem(const QString &fault);

// A request to a token endpoint, as far as faults and the log are concerned with it.
struct TokenCall
{
    QString vendor;
    QString client;
    QString grant;
};

struct TokenDesk
{
    // The vendor's own way of refusing with this error code.
    std::function<Answer(const QString &code, const QString &description)> refuse;
    // What the vendor does when nothing is wrong. `silent`: leaves the refresh token out of the answer.
    std::function<Answer(bool silent)> serve;
};

// Answers the call, with the fault that is configured for it, if there is one.
[[nodiscard]] Answer answerTokenCall(Office &office, const TokenCall &call, const TokenDesk &desk);

} // namespace latchkey::simulator
