// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/file/filelock.h"
#include "core/port/reply.h"

#include <QDeadlineTimer>
#include <QLocalServer>
#include <QObject>

#include <memory>
#include <optional>

class QLocalSocket;

namespace latchkey {

// One window a profile. A lock says who is first, so a crash leaves nothing behind; a later one asks
// the first, over a socket that only this user can reach (R58), to show its window.
class SingleWindow final : public QObject
{
    Q_OBJECT

public:
    enum class Claim {
        First, // the profile's window is ours, as long as this object lives
        AskedTheOther, // it shows its window now
    };
    struct Failure
    {
        enum class Kind {
            NoAnswer, // another window has the profile, and does not answer
            NoPlace, // there is nowhere to meet, so no window can know which is first
        };
        Kind kind = Kind::NoAnswer;
        QString detail;
    };
    using Outcome = Result<Claim, Failure>;

    explicit SingleWindow(const QString &profileFolder, QObject *parent = nullptr);

    // `token` is what lets the other window come to the front (XDG_ACTIVATION_TOKEN, or DESKTOP_STARTUP_ID).
    // Answers later, within two seconds or so.
    void claim(const QByteArray &token, Reply<Outcome> reply);

Q_SIGNALS:
    // Another start asked for the window. The token may be empty.
    void raiseRequested(const QByteArray &token);

private:
    void tryLock();
    void beFirst(std::shared_ptr<LockHold> hold);
    void askTheOther();
    void tryAgain();
    void end(const Outcome &outcome);
    void welcome();
    void answer(QLocalSocket *visitor);

    QString m_profileFolder;
    QString m_name;
    FileLock m_lock;
    QString m_socketPath;
    QByteArray m_token;
    QDeadlineTimer m_deadline;
    std::optional<Reply<Outcome>> m_reply;
    std::shared_ptr<LockHold> m_hold;
    QLocalServer m_server;
    int m_visitors = 0;
};

} // namespace latchkey
