// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/accountid.h"

#include <QDateTime>
#include <QString>

namespace latchkey {

// That a token was handed out: when, of which account, in which form, to whom. Never a value.
struct ActivityEntry
{
    QDateTime at; // UTC
    AccountId accountId;
    QString accountName; // as it was then: the account may be renamed or gone
    QString form; // id of the recipe or export format
    QString program; // "latchkey", "latchkey-cli from bash", "latchkey-cli exec newman"

    friend bool operator==(const ActivityEntry &, const ActivityEntry &) = default;
};

} // namespace latchkey
