// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace latchkey {

// How the harmless request with an account's token went (`latchkey-cli test`, the window's Test).
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
    QString user; // whom the vendor says the token speaks for, where its answer tells; sanitised
    std::chrono::milliseconds took { 0 };

    friend bool operator==(const TokenTrial &, const TokenTrial &) = default;
};

} // namespace latchkey
