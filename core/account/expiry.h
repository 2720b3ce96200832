// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QDateTime>

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

} // namespace latchkey
