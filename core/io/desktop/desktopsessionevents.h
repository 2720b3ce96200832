// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/sessionevents.h"

#include <memory>

class QDBusMessage;
class QDBusUnixFileDescriptor;

namespace latchkey {

// Hears of sleep and of a locked screen: from logind on the system bus, and from the screen saver on the
// session bus. It only listens. What is absent, or does not answer, is silent, and nothing waits for it: a
// bus is joined only once it has answered.
class DesktopSessionEvents final : public SessionEvents
{
    Q_OBJECT
    Q_MOC_INCLUDE(<QDBusMessage>)

public:
    explicit DesktopSessionEvents(QObject *parent = nullptr);
    ~DesktopSessionEvents() override;

private:
    void greet(const QByteArray &address, void (DesktopSessionEvents::*join)());
    void joinSystemBus();
    void joinSessionBus();
    void delaySleep();
    Q_SLOT void onPrepareForSleep(bool begins);
    Q_SLOT void onSessionLock(const QDBusMessage &signal);
    Q_SLOT void onScreenSaver(bool isActive);

    std::unique_ptr<QDBusUnixFileDescriptor>
        m_delay; // while it is open, logind waits for us before it sleeps
};

} // namespace latchkey
