// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QTimer>

#include <chrono>
#include <functional>

namespace latchkey {

// Says when the user did nothing for so long. By the clock, so that the time counts during which the computer
// slept.
class IdleTimer final
{
public:
    IdleTimer(Clock clock, const std::function<void()> &whenOver);

    void setLimit(std::chrono::milliseconds limit); // 0: never
    void restart();
    void stop();
    // The timer may not have noticed yet.
    [[nodiscard]] bool isOver() const;

private:
    void arm();
    [[nodiscard]] std::chrono::milliseconds left() const;

    Clock m_clock;
    std::chrono::milliseconds m_limit { 0 };
    QDateTime m_begin; // null: it does not run
    QTimer m_timer;
};

} // namespace latchkey
