// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/expiry.h"

#include <algorithm>

namespace latchkey {

using namespace std::chrono;
using namespace std::chrono_literals;

std::optional<seconds> remaining(const TokenFacts &facts, const QDateTime &now)
{
    if (!facts.expiresAt)
        return {};
    // Rounded down on both sides of zero: a token is never shown as living longer than it does.
    return floor<seconds>(milliseconds(now.msecsTo(*facts.expiresAt)));
}

std::optional<seconds> lifetime(const TokenFacts &facts)
{
    if (!facts.expiresAt)
        return {};
    return seconds(std::max<qint64>(0, facts.issuedAt.secsTo(*facts.expiresAt)));
}

double remainingFraction(const TokenFacts &facts, const QDateTime &now)
{
    const auto left = remaining(facts, now);
    const auto whole = lifetime(facts);
    if (!left || !whole || *whole <= 0s)
        return 0.0;
    return std::clamp(static_cast<double>(left->count()) / static_cast<double>(whole->count()), 0.0, 1.0);
}

AccountState accountState(const Account &account, const QDateTime &now, seconds threshold)
{
    if (account.needsSignIn || (!account.token && !account.lastProblem))
        return AccountState::NeedsSignIn;
    if (!account.token)
        return AccountState::Error;
    const auto left = remaining(*account.token, now);
    if (left && *left <= 0s)
        return AccountState::Expired;
    if (account.lastProblem)
        return AccountState::Error;
    if (!left)
        return AccountState::UnknownLifetime;
    const auto lastTenth = lifetime(*account.token).value_or(0s) / 10;
    return *left <= std::min(lastTenth, threshold) ? AccountState::Expiring : AccountState::Valid;
}

namespace {
constexpr seconds longestPause = 1h;
}

seconds pauseLeft(const Problem &problem, const QDateTime &now)
{
    if (!problem.retryAt.isValid() || problem.retryAt <= now)
        return 0s;
    const auto left = ceil<seconds>(milliseconds(now.msecsTo(problem.retryAt)));
    return left > longestPause ? 0s : left;
}

namespace {

constexpr seconds tolerance = 2min;

} // namespace

seconds clockLag(const QList<Account> &accounts, const QDateTime &now)
{
    seconds lag {};
    for (const Account &account : accounts) {
        for (const QDateTime &past : { account.lastRefreshAt, account.createdAt,
                                       account.token ? account.token->issuedAt : QDateTime() }) {
            if (past.isValid())
                lag = std::max(lag, seconds(now.secsTo(past)));
        }
    }
    return lag > tolerance ? lag : 0s;
}

} // namespace latchkey
