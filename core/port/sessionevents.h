// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace latchkey {

// Events of the desktop session. Silent if the desktop does not report them.
class SessionEvents : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    // Hide tokens and lock the encrypted vault (F91).
    void screenLocked();
    // The machine is about to sleep, within a second or so.
    void aboutToSleep();
    // The machine is awake again and time has passed; the network may not be back yet (F81, R42).
    void woke();
};

} // namespace latchkey
