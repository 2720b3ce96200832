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

// When the program may end. A token that is on its way when the window closes is waited for: it would be
// lost, and with it perhaps the only way to renew it (R41, F67). After a moment a dialog says so.
// When the token came and could not be stored, the window is back to say that. Request and storing have
// bounds of their own; a keychain that asks its user in vain has the one here.
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

    // The window was closed, or somebody else asked the program to end.
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
