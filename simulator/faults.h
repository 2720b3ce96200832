// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

#include "simulator/message.h"
#include "simulator/simulatorstate.h"

namespace latchkey::simulator {

// What is wrong with a fault's text; empty: README.md lists it, or it is empty.
[[nodiscard]] QString faultProblem(const QString &fault);

// The parts of a token request that faults and the log use.
struct TokenCall
{
    QString vendor;
    QString client;
    QString grant;
};

struct TokenAnswers
{
    // Refuses with this error code in the vendor's form.
    std::function<Answer(const QString &code, const QString &description)> refuse;
    // Answers without a fault. `silent`: leave the refresh token out of the answer.
    std::function<Answer(bool silent)> serve;
};

// Answers the call, with the fault that is configured for it, if there is one.
[[nodiscard]] Answer answerTokenCall(SimulatorState &state, const TokenCall &call,
                                     const TokenAnswers &answers);

} // namespace latchkey::simulator
