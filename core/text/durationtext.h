// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace latchkey {

// "42 s", "4 min 05 s", "5 h 59 min", "6 d 04 h": at most two units. For 0 or less: "0 s".
[[nodiscard]] QString durationText(std::chrono::seconds duration);
// "just now", "12 min ago", "3 h ago", "2 d ago": the time since, one unit.
[[nodiscard]] QString agoText(std::chrono::seconds since);

} // namespace latchkey
