// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/clocklag.h"

#include <algorithm>

namespace latchkey {

using namespace std::chrono;

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
