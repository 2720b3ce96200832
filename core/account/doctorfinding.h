// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"

#include <QString>

#include <optional>

namespace latchkey {

// What one check of the doctor found. Holds no secret, so a report of them can be attached to a ticket.
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

} // namespace latchkey
