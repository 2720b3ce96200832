// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace latchkey {

// What happens to the user's session. Where the desktop tells nothing, nothing is said.
class SessionEvents : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    // The user is gone: tokens are hidden, and the encrypted vault locks (F91).
    void screenLocked();
    // The machine is about to sleep, within a second or so.
    void aboutToSleep();
    // It is awake again, and time has passed; the network may not be back yet (F81, R42).
    void woke();
};

} // namespace latchkey
