// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace latchkey {

// "today 15:02:10", "tomorrow 09:00:00", "3 Mar 2026 15:02:10": a moment by the user's own clock.
[[nodiscard]] QString momentText(const QDateTime &moment, const QDateTime &now);
// "2 h 41 min", once expired "12 min ago", without a known lifetime "–".
[[nodiscard]] QString countdownText(const TokenFacts &facts, const QDateTime &now);
// "6 h", "59 min 59 s": a whole life, without units that count nothing.
[[nodiscard]] QString lifetimeText(std::chrono::seconds lifetime);

} // namespace latchkey
