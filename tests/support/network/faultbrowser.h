// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace latchkey {

// One connection of a browser as the listener sees it: bytes out, bytes in, and whether the other side has
// closed.
class RawClient
{
public:
    RawClient(quint16 port, const QByteArray &request,
              const QHostAddress &address = QHostAddress(QHostAddress::LocalHost));
    // For sockets that the test connects itself.
    explicit RawClient(std::unique_ptr<QTcpSocket> socket);
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    [[nodiscard]] QTcpSocket &socket() { return *m_socket; }
    [[nodiscard]] bool isConnected() const { return m_socket->state() == QTcpSocket::ConnectedState; }
    [[nodiscard]] bool ended() const { return m_ended; } // closed by the listener, or never connected
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    // Of the first answer; 0 without one.
    [[nodiscard]] int status() const;
    // How many answers came, and not only one as it should be.
    [[nodiscard]] qsizetype answers() const { return m_received.count("HTTP/1.1 "); }
    [[nodiscard]] bool hasHeader(const QByteArray &line) const;
    [[nodiscard]] QByteArray body() const;

private:
    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_received;
    bool m_ended = false;
};

// A browser that misbehaves: it comes as often as it is told to, all at once, byte by byte or over TLS, and
// counts what really comes back.
class FaultBrowser
{
public:
    explicit FaultBrowser(quint16 port, const QHostAddress &address = QHostAddress(QHostAddress::LocalHost));

    // The next visits speak TLS to `localhost` and trust this certificate (PEM) alone.
    void useTls(const QByteArray &trusted);

    RawClient &visit(const QByteArray &request);
    void visitOften(int count, const QByteArray &request);
    // The pieces one after the other, each in a packet of its own as far as the kernel lets it.
    RawClient &visitInPieces(const QByteArrayList &pieces, std::chrono::milliseconds every = {});

    [[nodiscard]] const RawClient &last() const { return *m_visits.back(); }
    [[nodiscard]] int connected() const;
    [[nodiscard]] int ended() const;
    // Answers on all visits together, and those with this status.
    [[nodiscard]] qsizetype answers() const;
    [[nodiscard]] int answersWith(int status) const;

private:
    [[nodiscard]] std::unique_ptr<RawClient> open(const QByteArray &request) const;

    quint16 m_port;
    QHostAddress m_address;
    QByteArray m_trusted;
    std::vector<std::unique_ptr<RawClient>> m_visits;
};

// Connections that send nothing, one message, or byte after byte, without the cost of a QTcpSocket.
class Crowd
{
public:
    Crowd() = default;
    ~Crowd();
    Crowd(const Crowd &) = delete;
    Crowd &operator=(const Crowd &) = delete;

    [[nodiscard]] bool join(int count, quint16 port, const QByteArray &words,
                            const QHostAddress &address = QHostAddress(QHostAddress::LocalHost));
    void drip(); // each says one byte more
    [[nodiscard]] int stillConnected() const;

private:
    std::vector<int> m_descriptors;
};

// A port without a listener, in either family.
[[nodiscard]] quint16 freePort();
[[nodiscard]] bool portIsOpen(quint16 port, const QHostAddress &address);
[[nodiscard]] bool portIsOpen(quint16 port); // in either family

} // namespace latchkey
