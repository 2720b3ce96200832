// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace latchkey {

// The one pulse of the window: once a second, at the second's beginning, while something that counts is
// visible. It never waits for a token's end: timers with long intervals do not fire
// (docs/platform-facts.md, fact 11).
class Ticker final : public QObject
{
    Q_OBJECT

public:
    // How far the wall clock has been set away from the one the countdowns go by.
    using WallClockJump = std::function<std::chrono::seconds()>;

    explicit Ticker(Clock clock, QObject *parent = nullptr);

    void watchWallClock(WallClockJump jump) { m_wallClockJump = std::move(jump); }
    void setRunning(bool running); // ticks at once when it starts
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    void tick();

Q_SIGNALS:
    void ticked(const QDateTime &now);
    // The wall clock was set by a minute or more since the last tick; `seconds` is negative for backwards
    // (F80). The countdowns do not follow it.
    void clockJumped(qint64 seconds);

private:
    void arm(const QDateTime &now);
    void lookForJump();

    Clock m_clock;
    WallClockJump m_wallClockJump;
    QTimer m_timer;
    bool m_isRunning = false;
    std::chrono::seconds m_lastJump {};
};

} // namespace latchkey
