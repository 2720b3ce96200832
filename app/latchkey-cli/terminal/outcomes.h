// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/doctorfinding.h"
#include "core/flow/account/templateservice.h"

#include <QString>

namespace latchkey {

// What a command found out, for scripts: the words never change. Where a command finds several things it ends
// with the highest status.
struct Outcome
{
    int status;
    QString word;
    friend bool operator==(const Outcome &, const Outcome &) = default;
};
[[nodiscard]] Outcome outcomeOf(TokenTrial::Meaning meaning);
[[nodiscard]] Outcome outcomeOf(DoctorFinding::Outcome outcome);
[[nodiscard]] Outcome outcomeOf(TemplateEntry::Verdict verdict);
[[nodiscard]] QString wordOf(DoctorFinding::Check check);

} // namespace latchkey
