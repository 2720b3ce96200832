// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>

#include <memory>

namespace latchkey {

// A browser as the listener sees it: bytes out, bytes in, and whether the other side has closed.
class RawClient
{
public:
    RawClient(quint16 port, const QByteArray &request,
              const QHostAddress &address = QHostAddress(QHostAddress::LocalHost))
        : RawClient(std::make_unique<QTcpSocket>())
    {
        QObject::connect(m_socket.get(), &QTcpSocket::connected, m_socket.get(),
                         [this, request] { m_socket->write(request); });
        m_socket->connectToHost(address, port);
    }
    // For sockets that the test connects itself.
    explicit RawClient(std::unique_ptr<QTcpSocket> socket) : m_socket(std::move(socket))
    {
        QObject::connect(m_socket.get(), &QTcpSocket::readyRead, m_socket.get(),
                         [this] { m_received += m_socket->readAll(); });
        QObject::connect(m_socket.get(), &QTcpSocket::disconnected, m_socket.get(),
                         [this] { m_ended = true; });
        QObject::connect(m_socket.get(), &QTcpSocket::errorOccurred, m_socket.get(),
                         [this] { m_ended = true; });
    }
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    [[nodiscard]] QTcpSocket &socket() { return *m_socket; }
    [[nodiscard]] bool isConnected() const { return m_socket->state() == QTcpSocket::ConnectedState; }
    [[nodiscard]] bool ended() const { return m_ended; } // closed by the listener, or never connected
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    [[nodiscard]] int status() const
    {
        return m_received.startsWith("HTTP/1.1 ") ? m_received.sliced(9, 3).toInt() : 0;
    }
    [[nodiscard]] bool hasHeader(const QByteArray &line) const
    {
        const auto end = m_received.indexOf("\r\n\r\n");
        return end >= 0 && m_received.first(end + 2).contains("\r\n" + line + "\r\n");
    }
    [[nodiscard]] QByteArray body() const
    {
        const auto end = m_received.indexOf("\r\n\r\n");
        return end < 0 ? QByteArray() : m_received.sliced(end + 4);
    }

private:
    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_received;
    bool m_ended = false;
};

// A port that nobody listens on, in either family; below those that the kernel gives to outgoing connections,
// so that no other test's client takes it before it is used.
[[nodiscard]] inline quint16 freePort()
{
    for (;;) {
        QTcpServer four;
        QTcpServer six;
        if (four.listen(QHostAddress::LocalHost)
            && six.listen(QHostAddress::LocalHostIPv6, four.serverPort()))
            return four.serverPort();
    }
}

[[nodiscard]] inline bool portIsOpen(quint16 port, const QHostAddress &address)
{
    QTcpSocket socket;
    socket.connectToHost(address, port);
    return socket.waitForConnected(2000);
}

[[nodiscard]] inline bool portIsOpen(quint16 port)
{
    return portIsOpen(port, QHostAddress(QHostAddress::LocalHost))
        || portIsOpen(port, QHostAddress(QHostAddress::LocalHostIPv6));
}

} // namespace latchkey
