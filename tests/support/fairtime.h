// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QFile>

namespace latchkey {

// Time as the thread that asks had it. What it waited for a processor is the machine's business, not that of
// what is measured, and does not count.
class FairTime
{
public:
    void start()
    {
        m_timer.start();
        m_waited = waitedForProcessor();
    }
    [[nodiscard]] bool isRunning() const { return m_timer.isValid(); }
    [[nodiscard]] qint64 nsecsElapsed() const
    {
        return m_timer.nsecsElapsed() - (waitedForProcessor() - m_waited);
    }
    [[nodiscard]] qint64 elapsed() const { return nsecsElapsed() / 1'000'000; } // in ms

private:
    // In ns, as the kernel counts it; 0 where it does not.
    [[nodiscard]] static qint64 waitedForProcessor()
    {
        QFile schedstat(QStringLiteral("/proc/thread-self/schedstat"));
        return schedstat.open(QIODevice::ReadOnly) ? schedstat.readAll().split(' ').value(1).toLongLong() : 0;
    }

    QElapsedTimer m_timer;
    qint64 m_waited = 0;
};

} // namespace latchkey
