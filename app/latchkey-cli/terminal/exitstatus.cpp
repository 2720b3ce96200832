// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/exitstatus.h"

#include "core/account/problemtable.h"

namespace latchkey {

namespace {

int statusOf(ProblemRow::Category category)
{
    switch (category) {
    case ProblemRow::Category::Failed: return ExitStatus::Failed;
    case ProblemRow::Category::Usage: return ExitStatus::Usage;
    case ProblemRow::Category::NoSuchAccount: return ExitStatus::NoSuchAccount;
    case ProblemRow::Category::SignInNeeded: return ExitStatus::SignInNeeded;
    case ProblemRow::Category::Refused: return ExitStatus::Refused;
    case ProblemRow::Category::Network: return ExitStatus::Network;
    case ProblemRow::Category::SecretStore: return ExitStatus::SecretStore;
    case ProblemRow::Category::Cancelled: return ExitStatus::Cancelled;
    }
    Q_UNREACHABLE();
}

} // namespace

int exitStatusFor(const Problem &problem, bool needsSignIn)
{
    const int status = statusOf(rowOf(problem.kind).category);
    return needsSignIn && status == ExitStatus::Refused ? ExitStatus::SignInNeeded : status;
}

} // namespace latchkey
