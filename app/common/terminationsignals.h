// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>

class QSocketNotifier;

namespace latchkey {

// Turns SIGTERM, SIGINT and SIGHUP into a call from the event loop, unless whoever started the process had
// it ignore them (nohup). One at a time; elsewhere than on Unix it does nothing.
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
