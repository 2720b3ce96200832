// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/desktop/systemclock.h"

#include <ctime>

namespace latchkey {

using namespace std::chrono;

namespace {

// Goes on while the machine sleeps.
milliseconds timeSinceBoot()
{
    timespec now {};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return duration_cast<milliseconds>(seconds(now.tv_sec) + nanoseconds(now.tv_nsec));
}

} // namespace

SystemClock::Sources SystemClock::systemSources()
{
    return { .wall = &QDateTime::currentDateTimeUtc, .sinceBoot = &timeSinceBoot };
}

SystemClock::SystemClock(Sources sources) : m_sources(std::move(sources))
{
    reanchor();
}

QDateTime SystemClock::operator()() const
{
    const milliseconds passed = m_sources.sinceBoot() - m_anchorSinceBoot;
    return m_anchor.addMSecs(passed.count());
}

seconds SystemClock::wallClockJump() const
{
    return round<seconds>(milliseconds((*this)().msecsTo(m_sources.wall())));
}

void SystemClock::reanchor()
{
    m_anchor = m_sources.wall().toUTC();
    m_anchorSinceBoot = m_sources.sinceBoot();
}

} // namespace latchkey
