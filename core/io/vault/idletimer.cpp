// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/idletimer.h"

#include <algorithm>

namespace latchkey {

using namespace std::chrono_literals;

namespace {

// A timer cannot be set for longer than some weeks (docs/platform-facts.md, fact 11).
constexpr std::chrono::milliseconds longestTimer = 24h;

} // namespace

IdleTimer::IdleTimer(Clock clock, const std::function<void()> &whenOver) : m_clock(std::move(clock))
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this, whenOver] {
        if (isOver())
            whenOver();
        else
            arm();
    });
}

void IdleTimer::setLimit(std::chrono::milliseconds limit)
{
    m_limit = limit;
    arm();
}

void IdleTimer::restart()
{
    m_begin = m_clock();
    arm();
}

void IdleTimer::stop()
{
    m_begin = {};
    m_timer.stop();
}

bool IdleTimer::isOver() const
{
    return left() <= 0ms;
}

void IdleTimer::arm()
{
    m_timer.stop();
    if (m_begin.isValid() && m_limit > 0ms)
        m_timer.start(std::clamp<std::chrono::milliseconds>(left(), 0ms, longestTimer));
}

std::chrono::milliseconds IdleTimer::left() const
{
    if (!m_begin.isValid() || m_limit <= 0ms)
        return longestTimer;
    return m_limit - std::chrono::milliseconds(m_begin.msecsTo(m_clock()));
}

} // namespace latchkey
