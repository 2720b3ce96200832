// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"

#include <QString>

#include <chrono>
#include <optional>

namespace latchkey {

// The result of one of the doctor's checks. Holds no secret, so that a report can be attached to a ticket.
struct DoctorFinding
{
    enum class Check { RedirectUri, Port, Browser, Keychain, Proxy, Tls, ServerClock, Profile };
    enum class Outcome { Passed, Warned, Failed, Skipped };

    Check check = Check::Profile;
    Outcome outcome = Outcome::Passed;
    QString subject; // what was checked: an address, a port, a program, a backend
    QString accountName; // empty: not about one account
    QString detail; // a measured fact: "4096 bytes", "12 s behind"
    std::optional<Problem> problem; // with Failed, and with Warned where there is one

    friend bool operator==(const DoctorFinding &, const DoctorFinding &) = default;
};

// The result of the harmless request with an account's token (`latchkey-cli test`, the window's Test).
struct TokenTrial
{
    enum class Meaning {
        Accepted, // 2xx
        TokenRefused, // 401
        NotAllowed, // 403: the token is good, the account may not do this
        AddressUnknown, // 404, 405, 410: the test address is wrong
        Elsewhere, // 3xx: not followed
        Throttled, // 429
        ServerFailed, // 5xx, 408 and other passing states
        Unclear, // any other status
    };
    int status = 0;
    Meaning meaning = Meaning::Unclear;
    QString address; // that was asked, without its query
    QString user; // the token's user, if the vendor's answer names one; sanitised
    std::chrono::milliseconds took { 0 };

    friend bool operator==(const TokenTrial &, const TokenTrial &) = default;
};

} // namespace latchkey
