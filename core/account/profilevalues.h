// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace latchkey {

// The settings of a profile. None of them is a secret.
struct Preferences
{
    enum class Appearance { System, Light, Dark };
    enum class Proxy { System, None, Manual };

    std::chrono::seconds clipboardLife { 30 }; // 5 s to 10 min; 0: the clipboard is never cleared
    std::chrono::minutes expiringThreshold { 10 }; // 1 to 120
    QString browserCommand; // empty: the system's browser
    Proxy proxy = Proxy::System;
    QString proxyHost; // for Manual; without user and password
    int proxyPort = 8080; // 1 to 65535
    QString caFile; // a PEM file of certificates trusted besides the system's; empty: none
    Appearance appearance = Appearance::System;
    QString language; // "de"; empty: the system's
    bool recordActivity = true; // record each handout of a token
    // The vault locks after so long without use, 1 to 1440; 0: never.
    std::chrono::minutes vaultIdleTime { 15 };
    bool locksVaultWithScreen = true; // and when the machine goes to sleep

    friend bool operator==(const Preferences &, const Preferences &) = default;
};

// A recipe the user wrote: text with {{places}} that core/recipe fills in. Holds no secret.
struct OwnRecipe
{
    QString id; // [a-z0-9-], 1 to 40 characters, none of the built-in ids; what `--as` takes
    QString label; // what the menu shows, 1 to 60 characters
    QString text; // at most 8 KiB

    friend bool operator==(const OwnRecipe &, const OwnRecipe &) = default;
};

// Records that a token was handed out: when, for which account, in which form, to which program. Never the
// token.
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
