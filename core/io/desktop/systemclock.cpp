// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/desktop/systemclock.h"

#include <ctime>

namespace latchkey {

using namespace std::chrono;

namespace {

#if defined(CLOCK_BOOTTIME)
constexpr clockid_t suspendProofClock = CLOCK_BOOTTIME;
#elif defined(Q_OS_MACOS)
constexpr clockid_t suspendProofClock = CLOCK_MONOTONIC; // on macOS this one counts sleep
#endif

milliseconds timeSinceBoot()
{
#if defined(CLOCK_BOOTTIME) || defined(Q_OS_MACOS)
    timespec now {};
    if (clock_gettime(suspendProofClock, &now) == 0)
        return duration_cast<milliseconds>(seconds(now.tv_sec) + nanoseconds(now.tv_nsec));
#endif
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch());
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
