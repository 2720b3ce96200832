// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/doctorfinding.h"
#include "core/account/problem.h"
#include "core/flow/account/templateservice.h"

#include <QString>

namespace latchkey {

// What the process ends with; the meanings stand in exitSpecs().
// Named as an enumeration's values, which they are, but for being numbers without a cast.
// NOLINTBEGIN(readability-identifier-naming)
namespace ExitStatus {
inline constexpr int Done = 0;
inline constexpr int Failed = 1;
inline constexpr int Usage = 2;
inline constexpr int NoSuchAccount = 3;
inline constexpr int SignInNeeded = 4;
inline constexpr int Refused = 5;
inline constexpr int Network = 6;
inline constexpr int SecretStore = 7;
inline constexpr int Cancelled = 8;
} // namespace ExitStatus
// NOLINTEND(readability-identifier-naming)

// `needsSignIn`: no retry will help, whatever the problem says of itself (a Rev 401 on extending).
[[nodiscard]] int exitStatusFor(const Problem &problem, bool needsSignIn);

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
