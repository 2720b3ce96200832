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

// How an account stands. When several fit, the first in this order is the one.
enum class AccountState { NeedsSignIn, Expired, Error, Expiring, Valid, UnknownLifetime };

inline constexpr std::chrono::minutes defaultExpiringThreshold { 10 };

// A token counts as expiring in the last tenth of its life, but not before `threshold` from its end.
[[nodiscard]] AccountState accountState(const Account &account, const QDateTime &now,
                                        std::chrono::seconds threshold = defaultExpiringThreshold);
// Until the token expires, negative once it has. Absent: unknown, or no token.
[[nodiscard]] std::optional<std::chrono::seconds> remaining(const TokenFacts &facts, const QDateTime &now);
// How much of the lifetime is left, from 1.0 when issued to 0.0 when expired; 0.0 when unknown.
[[nodiscard]] double remainingFraction(const TokenFacts &facts, const QDateTime &now);
// The whole life of the token; absent when unknown.
[[nodiscard]] std::optional<std::chrono::seconds> lifetime(const TokenFacts &facts);

// How long the provider that answered so still wants to be left alone (R40, F27), in whole seconds,
// none of them too short; 0: not at all, or not any more. A moment beyond the longest such wait was written
// by a clock that has been set back since, and does not count.
[[nodiscard]] std::chrono::seconds pauseLeft(const Problem &problem, const QDateTime &now);

// By how much `now` is before what has happened already: the clock was set back between two runs, or was
// ahead in the one before (F80). 0: by less than two minutes, as clocks differ.
[[nodiscard]] std::chrono::seconds clockLag(const QList<Account> &accounts, const QDateTime &now);

} // namespace latchkey
