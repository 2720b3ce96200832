// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/watchedlock.h"

#include <QPointer>

namespace latchkey {

class WatchedLock::Hold final : public LockHold
{
public:
    Hold(WatchedLock *watch, std::shared_ptr<LockHold> hold) : m_watch(watch), m_hold(std::move(hold))
    {
        ++watch->m_held;
    }
    ~Hold() override
    {
        m_hold.reset();
        if (m_watch && --m_watch->m_held == 0)
            Q_EMIT m_watch->becameIdle();
    }
    Q_DISABLE_COPY_MOVE(Hold)

    [[nodiscard]] bool hadToWait() const override { return m_hold->hadToWait(); }
    [[nodiscard]] QByteArray note() const override { return m_hold->note(); }
    void setNote(const QByteArray &note) override { m_hold->setNote(note); }

private:
    QPointer<WatchedLock> m_watch;
    std::shared_ptr<LockHold> m_hold;
};

// Counts only locks that are held: a caller that still waits has sent nothing.
void WatchedLock::acquire(const QString &key, Reply<LockResult> reply)
{
    QObject *owner = reply.owner();
    if (!owner)
        return;
    const QPointer<WatchedLock> self(this);
    m_lock.acquire(key, { owner, [self, reply = std::move(reply)](const LockResult &lock) {
                             if (lock && self)
                                 reply(std::make_shared<Hold>(self, *lock));
                             else
                                 reply(lock);
                         } });
}

} // namespace latchkey
