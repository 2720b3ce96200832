// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QUrl>

namespace latchkey {

struct DemoAccount
{
    Account account;
    AccountSecrets secrets;
    std::optional<int> lifetime; // of the next tokens, in seconds; absent: unknown
};

// The accounts of the demo, one in every state. `base` is the simulator's address.
[[nodiscard]] QList<DemoAccount> demoAccounts(const QUrl &base, const QDateTime &now);
// The simulator's configuration that knows the same clients and tokens.
[[nodiscard]] QJsonObject demoConfiguration(const QList<DemoAccount> &accounts, const QDateTime &now);

} // namespace latchkey
