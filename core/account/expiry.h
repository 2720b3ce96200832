// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"

#include <QDateTime>
#include <QList>

#include <chrono>
#include <optional>

namespace latchkey {

// The state of an account. When several apply, the first in this order counts.
enum class AccountState { NeedsSignIn, Expired, Error, Expiring, Valid, UnknownLifetime };

inline constexpr std::chrono::minutes defaultExpiringThreshold { 10 };

// A token is expiring in the last tenth of its life, but never earlier than `threshold` before its end.
[[nodiscard]] AccountState accountState(const Account &account, const QDateTime &now,
                                        std::chrono::seconds threshold = defaultExpiringThreshold);
// Time until the token expires; negative afterwards. Absent: unknown, or no token.
[[nodiscard]] std::optional<std::chrono::seconds> remaining(const TokenFacts &facts, const QDateTime &now);
// How much of the lifetime is left, from 1.0 when issued to 0.0 when expired; 0.0 when unknown.
[[nodiscard]] double remainingFraction(const TokenFacts &facts, const QDateTime &now);
// The whole life of the token; absent when unknown.
[[nodiscard]] std::optional<std::chrono::seconds> lifetime(const TokenFacts &facts);

// How long the provider asked us to wait from now on (R40, F27), in seconds, rounded up; 0: not at all, or
// the time is over. A moment further away than the longest allowed wait is ignored: it was written before the
// clock was set back.
[[nodiscard]] std::chrono::seconds pauseLeft(const Problem &problem, const QDateTime &now);

// By how much `now` lies before something that already happened: the clock was set back between two runs, or
// was fast in an earlier one (F80). 0 for less than two minutes, since clocks differ.
[[nodiscard]] std::chrono::seconds clockLag(const QList<Account> &accounts, const QDateTime &now);

} // namespace latchkey
