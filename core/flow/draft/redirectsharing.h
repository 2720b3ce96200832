// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/flow/draft/accountdraft.h"
#include "core/provider/provider.h"

#include <QList>

#include <optional>

namespace latchkey {

// Answers for the draft's account could go to an account at another host, since both have the same redirect
// URI (mix-up, RFC 9700, section 4.4). Its `where` is that account's name. Nothing: there is none, or the
// user allowed it. Accounts at one host may share. What was allowed for one of two accounts holds for both
// until one of them gets another host or redirect URI. The draft's fields are completed.
[[nodiscard]] std::optional<FieldProblem> sharingProblem(const QList<Account> &accounts,
                                                         const AccountDraft &draft);
[[nodiscard]] bool isSharing(const FieldProblem &problem);

} // namespace latchkey
