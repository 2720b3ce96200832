// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/network/faultconnection.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <sys/socket.h>

namespace latchkey {

namespace {

constexpr qint64 writeAhead = 256LL * 1024;

// How long the first whole request in `input` is; 0 while it is not whole.
qsizetype requestLength(const QByteArray &input)
{
    const qsizetype headEnd = input.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return 0;
    const QByteArray head = input.left(headEnd).toLower();
    qsizetype bodyLength = 0;
    if (const qsizetype at = head.indexOf("\r\ncontent-length:"); at >= 0) {
        const qsizetype from = at + qsizetype(sizeof("\r\ncontent-length:")) - 1;
        const qsizetype lineEnd = head.indexOf("\r\n", from);
        bodyLength = head.mid(from, lineEnd < 0 ? -1 : lineEnd - from).trimmed().toLongLong();
    }
    const qsizetype length = headEnd + 4 + bodyLength;
    return input.size() >= length ? length : 0;
}

} // namespace

FaultConnection::FaultConnection(qintptr descriptor, FaultServer &server)
    : QObject(&server), m_server(server), m_left(server.m_script)
{
    m_socket.setSocketDescriptor(descriptor);
    connect(&m_socket, &QSslSocket::readyRead, this, &FaultConnection::read);
    connect(&m_socket, &QSslSocket::bytesWritten, this, &FaultConnection::pump);
    connect(&m_socket, &QSslSocket::encryptedBytesWritten, this, &FaultConnection::pump);
    connect(&m_socket, &QSslSocket::disconnected, &m_server, &FaultServer::connectionClosed);
    connect(&m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_drip, &QTimer::timeout, this, &FaultConnection::pump);
    if (m_server.m_trigger == FaultServer::Trigger::Connection) {
        act();
    } else if (m_server.m_tls && m_server.m_trigger == FaultServer::Trigger::Request) {
        m_socket.setSslConfiguration(*m_server.m_tls);
        m_socket.startServerEncryption();
    }
}

// What was sent and not yet read is thrown away at the other end too.
FaultConnection::~FaultConnection()
{
    m_socket.disconnect(this);
    reset();
}

void FaultConnection::reset()
{
    if (m_socket.socketDescriptor() < 0)
        return;
    const linger atOnce { .l_onoff = 1, .l_linger = 0 };
    ::setsockopt(static_cast<int>(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                 sizeof atOnce);
    m_socket.abort();
}

void FaultConnection::read()
{
    m_input += m_socket.readAll();
    if (m_server.m_trigger == FaultServer::Trigger::FirstBytes)
        act();
    else
        takeRequests();
}

void FaultConnection::takeRequests()
{
    while (const qsizetype length = requestLength(m_input)) {
        m_server.m_requests.append(m_input.left(length));
        m_input.remove(0, length);
        act();
    }
}

void FaultConnection::act()
{
    m_isActing = true;
    pump();
}

void FaultConnection::pump()
{
    // Writing may report at once what was written, which leads here again.
    if (m_isPumping)
        return;
    const QScopedValueRollback pumping(m_isPumping, true);
    while (m_isActing && !m_left.isEmpty()) {
        const bool isOver = std::visit([this](auto &step) { return carryOut(step); }, m_left.first());
        if (!isOver)
            return;
        m_left.removeFirst();
    }
}

bool FaultConnection::carryOut(fault::Send &step)
{
    m_socket.write(step.bytes);
    return true;
}

bool FaultConnection::carryOut(fault::Drip &step)
{
    if (step.bytes.isEmpty()) {
        m_drip.stop();
        return true;
    }
    if (sender() != &m_drip) {
        if (!m_drip.isActive())
            m_drip.start(step.every);
        return false;
    }
    m_socket.write(step.bytes.left(1));
    step.bytes.remove(0, 1);
    return false;
}

bool FaultConnection::carryOut(fault::Flood &step)
{
    while (m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite() < writeAhead) {
        if (step.total >= 0 && m_flooded >= step.total)
            return true;
        if (m_socket.write(step.bytes) < 0)
            return false;
        m_flooded += step.bytes.size();
    }
    return false;
}

bool FaultConnection::carryOut(fault::Close &)
{
    m_isActing = false;
    m_socket.disconnectFromHost();
    return true;
}

bool FaultConnection::carryOut(fault::Reset &)
{
    m_socket.flush();
    if (m_socket.bytesToWrite() + m_socket.encryptedBytesToWrite() > 0)
        return false;
    m_isActing = false;
    const linger atOnce { .l_onoff = 1, .l_linger = 0 };
    ::setsockopt(static_cast<int>(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                 sizeof atOnce);
    m_socket.abort();
    return true;
}

} // namespace latchkey
