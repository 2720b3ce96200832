// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/redirect/redirectconnection.h"

#include "core/oauth/redirect.h"

#include <QSslSocket>
#include <QTcpSocket>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace std::chrono_literals;

namespace {

constexpr auto sendingTime = 2s; // for a peer that does not read our response
constexpr auto drainingTime = 500ms;
constexpr auto quietTime = 50ms; // ends the draining early
constexpr char tlsHandshakeRecord = 0x16; // RFC 8446, section 5.1

} // namespace

RedirectConnection::RedirectConnection(QTcpSocket *socket, std::chrono::milliseconds headTimeout,
                                       QObject *parent)
    : QObject(parent), m_socket(socket), m_wantsTls(qobject_cast<QSslSocket *>(socket) != nullptr)
{
    m_socket->setParent(this);
    // Reserve at once: a growing buffer could leave the code behind in memory.
    m_received.reserve(2 * redirectHeadLimit + 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &RedirectConnection::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &RedirectConnection::reportClosed);
    m_age.start();
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &RedirectConnection::drop);
    m_deadline.start(headTimeout);
    // Bytes or the end may have arrived before we connected to the socket's signals.
    QMetaObject::invokeMethod(this, &RedirectConnection::read, Qt::QueuedConnection);
}

RedirectConnection::~RedirectConnection()
{
    m_socket->disconnect(this);
    stopReading();
}

std::chrono::milliseconds RedirectConnection::age() const
{
    return std::chrono::milliseconds(m_age.elapsed());
}

PeerOwner RedirectConnection::ownerBy(const PeerOwnerLookup &lookup) const
{
    return lookup({ m_socket->peerAddress(), m_socket->peerPort() },
                  { m_socket->localAddress(), m_socket->localPort() });
}

void RedirectConnection::hold()
{
    m_deadline.stop();
    stopReading();
}

void RedirectConnection::respond(const QByteArray &response, Ending ending)
{
    stopReading();
    m_socket->write(response);
    // Flush to the kernel now, so that the browser gets it even if we are deleted next.
    m_socket->flush();
    if (ending == Ending::AtOnce) {
        m_deadline.start(sendingTime);
        m_socket->disconnectFromHost();
    } else {
        m_drainingEnd.setRemainingTime(drainingTime);
        m_deadline.start(quietTime);
    }
}

void RedirectConnection::drop()
{
    stopReading();
    m_socket->abort();
    reportClosed();
}

void RedirectConnection::read()
{
    if (m_wantsTls && !startTls())
        return;
    if (const qint64 count = m_socket->bytesAvailable(); count > 0) {
        m_spoke = true;
        if (m_reading) {
            const qsizetype before = m_received.size();
            m_received.resize(before + count);
            m_received.resize(before
                              + std::max(m_socket->read(m_received.data() + before, count), qint64(0)));
            m_skipped += skipUnread(m_received);
            Q_EMIT bytesArrived();
        } else {
            m_socket->skip(count);
            if (!m_drainingEnd.hasExpired())
                m_deadline.start(quietTime);
        }
    }
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        reportClosed();
}

// Starts the handshake with the first byte, so that silent connections cost no cryptography.
bool RedirectConnection::startTls()
{
    char first = 0;
    if (m_socket->peek(&first, 1) != 1) {
        if (m_socket->state() == QAbstractSocket::UnconnectedState)
            reportClosed();
        return false;
    }
    m_spoke = true;
    m_wantsTls = false;
    if (first != tlsHandshakeRecord) {
        drop();
        return false;
    }
    static_cast<QSslSocket *>(m_socket)->startServerEncryption();
    return true;
}

void RedirectConnection::stopReading()
{
    m_reading = false;
    // It may hold the authorization code.
    m_received.fill('\0');
    m_received.clear();
}

void RedirectConnection::reportClosed()
{
    m_deadline.stop();
    if (!std::exchange(m_closed, true))
        Q_EMIT closed();
}

} // namespace latchkey
