// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/desktop/singlewindow.h"

#include "core/io/file/privatefolder.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QTimer>

#include <algorithm>
#include <sys/socket.h>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// One line each way: "raise TOKEN", "ok" or "no".
constexpr qsizetype longestLine = 1024;
constexpr int mostVisitors = 8;
constexpr auto longestVisit = 2s;
constexpr auto lockPause = 50ms;

// The profile's folder by whatever name it was given; short, since a socket's path has 107 bytes.
QString socketName(const QString &profileFolder)
{
    const QString canonical = QFileInfo(profileFolder).canonicalFilePath();
    const QByteArray path = (canonical.isEmpty() ? profileFolder : canonical).toUtf8();
    const QByteArray digest = QCryptographicHash::hash(path, QCryptographicHash::Sha256);
    return "window-"_L1 + QString::fromLatin1(digest.first(8).toHex());
}

bool isOfThisUser(const QLocalSocket &socket)
{
    ucred other = {};
    socklen_t size = sizeof(other);
    return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &other, &size)
        == 0
        && other.uid == ::geteuid();
}

// Printable and without blanks, so that it cannot be more than one word of the line (R57).
bool isWord(QByteArrayView token)
{
    return token.size() <= longestLine / 2
        && std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// The token of a whole and well-formed request.
std::optional<QByteArray> tokenOf(const QByteArray &line)
{
    if (!line.endsWith('\n'))
        return {};
    const QByteArray request = line.chopped(1);
    if (request == "raise")
        return QByteArray();
    if (!request.startsWith("raise ") || !isWord(QByteArrayView(request).sliced(6)))
        return {};
    return request.sliced(6);
}

} // namespace

SingleWindow::SingleWindow(const QString &profileFolder, QObject *parent)
    : QObject(parent),
      m_profileFolder(profileFolder),
      m_name(socketName(profileFolder)),
      m_lock(profileFolder, 0ms)
{
    connect(&m_server, &QLocalServer::newConnection, this, &SingleWindow::welcome);
}

void SingleWindow::claim(const QByteArray &token, Reply<Outcome> reply)
{
    m_token = isWord(token) ? token : QByteArray();
    m_reply = std::move(reply);
    m_deadline = QDeadlineTimer(longestVisit);
    const auto folder = openRuntimeFolder(m_profileFolder);
    if (!folder)
        return end(failure(Failure { Failure::Kind::NoPlace, textOf(folder.error()) }));
    m_socketPath = *folder + u'/' + m_name + ".socket"_L1;
    tryLock();
}

void SingleWindow::tryLock()
{
    m_lock.acquire(m_name, { this, [this](const LockResult &lock) {
                                if (lock)
                                    beFirst(*lock);
                                else if (lock.error().kind == LockError::Kind::TimedOut)
                                    askTheOther();
                                else
                                    end(failure(Failure { Failure::Kind::NoPlace, lock.error().detail }));
                            } });
}

// A socket that is there was left by a process that died: the holder of the lock is alone. A window that
// cannot be asked is a window all the same.
void SingleWindow::beFirst(std::shared_ptr<LockHold> hold)
{
    m_hold = std::move(hold);
    QLocalServer::removeServer(m_socketPath);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (m_server.listen(m_socketPath))
        QFile::setPermissions(m_socketPath, QFile::ReadOwner | QFile::WriteOwner);
    end(Claim::First);
}

void SingleWindow::askTheOther()
{
    auto *socket = new QLocalSocket(this);
    const auto giveUp = [this, socket] {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
        tryAgain();
    };
    connect(socket, &QLocalSocket::connected, this, [this, socket, giveUp] {
        if (!isOfThisUser(*socket))
            return giveUp();
        socket->write(m_token.isEmpty() ? "raise\n"_ba : "raise " + m_token + '\n');
    });
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (!socket->canReadLine() || socket->readLine(longestLine) != "ok\n")
            return;
        socket->disconnect(this);
        socket->deleteLater();
        end(Claim::AskedTheOther);
    });
    connect(socket, &QLocalSocket::errorOccurred, this, giveUp);
    QTimer::singleShot(std::chrono::milliseconds(m_deadline.remainingTime()), socket, giveUp);
    socket->connectToServer(m_socketPath);
}

// The first may have only just begun, or be about to end: then the lock comes to us.
void SingleWindow::tryAgain()
{
    if (m_deadline.hasExpired())
        return end(failure(Failure { Failure::Kind::NoAnswer, m_profileFolder }));
    QTimer::singleShot(lockPause, this, &SingleWindow::tryLock);
}

void SingleWindow::end(const Outcome &outcome)
{
    if (const auto reply = std::exchange(m_reply, std::nullopt))
        QMetaObject::invokeMethod(
            this, [reply, outcome] { (*reply)(outcome); }, Qt::QueuedConnection);
}

void SingleWindow::welcome()
{
    while (QLocalSocket *visitor = m_server.nextPendingConnection()) {
        ++m_visitors;
        connect(visitor, &QObject::destroyed, this, [this] { --m_visitors; });
        connect(visitor, &QLocalSocket::disconnected, visitor, &QObject::deleteLater);
        if (m_visitors > mostVisitors || !isOfThisUser(*visitor)) {
            visitor->abort();
            visitor->deleteLater();
            continue;
        }
        visitor->setReadBufferSize(longestLine);
        QTimer::singleShot(longestVisit, visitor, [visitor] { visitor->abort(); });
        connect(visitor, &QLocalSocket::readyRead, this, [this, visitor] { answer(visitor); });
        answer(visitor);
    }
}

void SingleWindow::answer(QLocalSocket *visitor)
{
    if (!visitor->canReadLine() && visitor->bytesAvailable() < longestLine)
        return;
    const auto token = tokenOf(visitor->readLine(longestLine));
    visitor->write(token ? "ok\n" : "no\n");
    visitor->disconnectFromServer();
    if (token)
        Q_EMIT raiseRequested(*token);
}

} // namespace latchkey
