// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>

class QSocketNotifier;

namespace latchkey {

// Turns SIGTERM, SIGINT and SIGHUP into a call from the event loop. A signal that the process was started to
// ignore (nohup) stays ignored. One object at a time.
class TerminationSignals final
{
public:
    explicit TerminationSignals(std::function<void()> asked);
    TerminationSignals(const TerminationSignals &) = delete;
    TerminationSignals &operator=(const TerminationSignals &) = delete;
    ~TerminationSignals();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace latchkey
