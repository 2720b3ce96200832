// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/watchedlock.h"

#include <QMessageBox>
#include <QPointer>
#include <QTimer>

#include <chrono>

namespace latchkey {

class TokenService;

// Decides when the program may end. If a token is on its way when the window closes, the program waits for
// it: without it there may be no way to renew the account (R41, F67). After a moment a dialog says so. If the
// token could not be stored, the window comes back to say that. Requests and storing have bounds of their
// own; the bound here is for a keychain that gets no answer from its user.
class ShutdownGuard final : public QObject
{
    Q_OBJECT

public:
    struct Waits
    {
        std::chrono::milliseconds untilSaid { std::chrono::seconds(2) };
        std::chrono::milliseconds longest { std::chrono::minutes(2) };
    };

    ShutdownGuard(const WatchedLock &lock, TokenService &tokens, QWidget &window, Waits waits);
    ShutdownGuard(const WatchedLock &lock, TokenService &tokens, QWidget &window)
        : ShutdownGuard(lock, tokens, window, Waits())
    {
    }
    ~ShutdownGuard() override;

    // The window was closed, or a signal asks the program to end.
    void begin();

Q_SIGNALS:
    void over();

private:
    void endIfIdle();
    void sayWhatIsWaitedFor();
    void giveUp();

    const WatchedLock &m_lock;
    TokenService &m_tokens;
    QWidget &m_window;
    QTimer m_untilSaid;
    QTimer m_longest;
    QPointer<QMessageBox> m_notice;
};

} // namespace latchkey
