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
// visible. It never waits for a token's end: timers with long intervals do not fire (SECURITY fact 11).
class Ticker final : public QObject
{
    Q_OBJECT

public:
    // Time since the machine was started, suspension included, which no one can set.
    using Uptime = std::function<std::chrono::milliseconds()>;

    explicit Ticker(Clock clock, QObject *parent = nullptr);
    Ticker(Clock clock, Uptime uptime, QObject *parent = nullptr);

    void setRunning(bool running); // ticks at once when it starts
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    void tick();

Q_SIGNALS:
    void ticked(const QDateTime &now);
    // The clock was set by a minute or more since the last tick; `seconds` is negative for backwards.
    void clockJumped(qint64 seconds);

private:
    void arm(const QDateTime &now);
    void lookForJump(const QDateTime &now);

    Clock m_clock;
    Uptime m_uptime;
    QTimer m_timer;
    bool m_isRunning = false;
    QDateTime m_lastTick;
    std::chrono::milliseconds m_lastUptime {};
};

} // namespace latchkey
