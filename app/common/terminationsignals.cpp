// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/terminationsignals.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace latchkey {

namespace {

// A signal may come at any instruction, so its handler only writes a byte; the event loop reads it.
std::array<int, 2> wire { -1, -1 };
constexpr std::array caught { SIGTERM, SIGINT, SIGHUP };
std::array<struct sigaction, caught.size()> formerActions {};

extern "C" void passOn(int)
{
    const char byte = 1;
    static_cast<void>(!write(wire[0], &byte, 1));
}

} // namespace

TerminationSignals::TerminationSignals(std::function<void()> asked)
{
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, wire.data()) != 0)
        return; // the system's own way of ending remains
    m_notifier = std::make_unique<QSocketNotifier>(wire[1], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [asked = std::move(asked)] {
                         char byte = 0;
                         static_cast<void>(!read(wire[1], &byte, 1));
                         asked();
                     });
    struct sigaction action = {};
    action.sa_handler = passOn;
    action.sa_flags = SA_RESTART;
    for (std::size_t i = 0; i < caught.size(); ++i) {
        sigaction(caught[i], nullptr, &formerActions[i]);
        if (formerActions[i].sa_handler != SIG_IGN)
            sigaction(caught[i], &action, nullptr);
    }
}

TerminationSignals::~TerminationSignals()
{
    if (!m_notifier)
        return;
    for (std::size_t i = 0; i < caught.size(); ++i)
        sigaction(caught[i], &formerActions[i], nullptr);
    m_notifier.reset();
    for (int &end : wire) {
        if (end >= 0)
            close(end);
        end = -1;
    }
}

} // namespace latchkey
