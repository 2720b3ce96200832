// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>
#include <functional>

namespace latchkey {

// The time in UTC, taken from the wall clock once and then advanced by a clock that cannot be set and that
// runs on during suspend (R35, F80). A wall clock that jumps moves no countdown; it is only noticed.
// Give it to others by reference: `Clock clock = std::ref(systemClock)`.
class SystemClock
{
public:
    struct Sources
    {
        std::function<QDateTime()> wall; // UTC
        std::function<std::chrono::milliseconds()> sinceBoot; // never goes back, counts suspend
    };

    SystemClock() : SystemClock(systemSources()) {}
    explicit SystemClock(Sources sources);

    [[nodiscard]] QDateTime operator()() const;
    // How far the wall clock has been moved since the anchor: positive when it was put forward.
    [[nodiscard]] std::chrono::seconds wallClockJump() const;
    // Takes the wall clock for true again, as when the user says that it was corrected.
    void reanchor();

private:
    [[nodiscard]] static Sources systemSources();

    Sources m_sources;
    QDateTime m_anchor;
    std::chrono::milliseconds m_anchorSinceBoot {};
};

} // namespace latchkey
