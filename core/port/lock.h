// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/reply.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace latchkey {

// The lock is held while this object lives.
class LockHold
{
public:
    virtual ~LockHold() = default;

    // Whether another holder had the lock at first.
    [[nodiscard]] virtual bool hadToWait() const { return false; }
    // Survives a holder that crashes, so that the next one learns what it was doing. Empty: none.
    [[nodiscard]] virtual QByteArray note() const { return {}; }
    virtual void setNote(const QByteArray &) {}
};

struct LockError
{
    enum class Kind { TimedOut, Failed };
    Kind kind = Kind::Failed;
    QString detail;
    friend bool operator==(const LockError &, const LockError &) = default;
};

using LockResult = Result<std::shared_ptr<LockHold>, LockError>;

// One holder per key among all processes of the user (R38). Waiters get it in any order; a crash releases it.
class Lock
{
public:
    virtual ~Lock() = default;
    // Waits without blocking the caller, at most 60 s.
    virtual void acquire(const QString &key, Reply<LockResult> reply) = 0;
};

} // namespace latchkey
