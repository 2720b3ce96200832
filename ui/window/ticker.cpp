// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/ticker.h"

#include <utility>

namespace latchkey {

using namespace std::chrono;

namespace {

constexpr seconds leastJump = 1min;

} // namespace

Ticker::Ticker(Clock clock, QObject *parent) : QObject(parent), m_clock(std::move(clock))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Ticker::tick);
}

void Ticker::setRunning(bool running)
{
    if (running == m_isRunning)
        return;
    m_isRunning = running;
    if (running)
        tick();
    else
        m_timer.stop();
}

void Ticker::tick()
{
    const QDateTime now = m_clock();
    if (m_isRunning) // a tick by hand leaves a stopped ticker stopped
        arm(now);
    lookForJump();
    Q_EMIT ticked(now);
}

void Ticker::arm(const QDateTime &now)
{
    // A little after the full second, so that rounding never shows the same second twice.
    m_timer.start(1005 - now.time().msec());
}

void Ticker::lookForJump()
{
    if (!m_wallClockJump)
        return;
    const seconds jump = m_wallClockJump();
    if (abs(jump - m_lastJump) < leastJump)
        return;
    Q_EMIT clockJumped((jump - std::exchange(m_lastJump, jump)).count());
}

} // namespace latchkey
