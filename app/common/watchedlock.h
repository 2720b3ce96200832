// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/lock.h"

#include <QObject>

namespace latchkey {

// Knows whether an account's lock is held. While it is, a token may be on its way, and ending the program
// would lose it (R41, F67).
class WatchedLock final : public QObject, public Lock
{
    Q_OBJECT

public:
    explicit WatchedLock(Lock &lock) : m_lock(lock) {}

    void acquire(const QString &key, Reply<LockResult> reply) override;
    [[nodiscard]] bool isIdle() const { return m_held == 0; }

Q_SIGNALS:
    void becameIdle();

private:
    class Hold;

    Lock &m_lock;
    int m_held = 0;
};

} // namespace latchkey
