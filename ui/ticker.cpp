// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ticker.h"

#include <ctime>

namespace latchkey {

using namespace std::chrono;

namespace {

constexpr seconds leastJump = 1min;

milliseconds systemUptime()
{
#ifdef CLOCK_BOOTTIME
    // The steady clock stands still while the machine sleeps; waking up would look like a jump.
    timespec now {};
    if (clock_gettime(CLOCK_BOOTTIME, &now) == 0)
        return seconds(now.tv_sec) + duration_cast<milliseconds>(nanoseconds(now.tv_nsec));
#endif
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch());
}

} // namespace

Ticker::Ticker(Clock clock, QObject *parent) : Ticker(std::move(clock), &systemUptime, parent) {}

Ticker::Ticker(Clock clock, Uptime uptime, QObject *parent)
    : QObject(parent), m_clock(std::move(clock)), m_uptime(std::move(uptime))
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
    lookForJump(now);
    Q_EMIT ticked(now);
}

void Ticker::arm(const QDateTime &now)
{
    // A little after the full second, so that rounding never shows the same second twice.
    m_timer.start(1005 - now.time().msec());
}

void Ticker::lookForJump(const QDateTime &now)
{
    const milliseconds uptime = m_uptime();
    if (m_lastTick.isValid()) {
        const milliseconds passed { m_lastTick.msecsTo(now) };
        const milliseconds jump = passed - (uptime - m_lastUptime);
        if (abs(jump) >= leastJump)
            Q_EMIT clockJumped(duration_cast<seconds>(jump).count());
    }
    m_lastTick = now;
    m_lastUptime = uptime;
}

} // namespace latchkey
