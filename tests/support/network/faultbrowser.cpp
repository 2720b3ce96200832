// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/network/faultbrowser.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

#include <algorithm>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace latchkey {

namespace {

template <typename Visits, typename Predicate>
int countOf(const Visits &visits, Predicate predicate)
{
    return static_cast<int>(std::count_if(visits.begin(), visits.end(),
                                          [&predicate](const auto &visit) { return predicate(*visit); }));
}

} // namespace

RawClient::RawClient(quint16 port, const QByteArray &request, const QHostAddress &address)
    : RawClient(std::make_unique<QTcpSocket>())
{
    QObject::connect(m_socket.get(), &QTcpSocket::connected, m_socket.get(),
                     [this, request] { m_socket->write(request); });
    m_socket->connectToHost(address, port);
}

RawClient::RawClient(std::unique_ptr<QTcpSocket> socket) : m_socket(std::move(socket))
{
    QObject::connect(m_socket.get(), &QTcpSocket::readyRead, m_socket.get(),
                     [this] { m_received += m_socket->readAll(); });
    QObject::connect(m_socket.get(), &QTcpSocket::disconnected, m_socket.get(), [this] { m_ended = true; });
    QObject::connect(m_socket.get(), &QTcpSocket::errorOccurred, m_socket.get(), [this] { m_ended = true; });
}

int RawClient::status() const
{
    return m_received.startsWith("HTTP/1.1 ") ? m_received.sliced(9, 3).toInt() : 0;
}

bool RawClient::hasHeader(const QByteArray &line) const
{
    const auto end = m_received.indexOf("\r\n\r\n");
    return end >= 0 && m_received.first(end + 2).contains("\r\n" + line + "\r\n");
}

QByteArray RawClient::body() const
{
    const auto end = m_received.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : m_received.sliced(end + 4);
}

FaultBrowser::FaultBrowser(quint16 port, const QHostAddress &address) : m_port(port), m_address(address) {}

void FaultBrowser::useTls(const QByteArray &trusted)
{
    m_trusted = trusted;
}

std::unique_ptr<RawClient> FaultBrowser::open(const QByteArray &request) const
{
    if (m_trusted.isEmpty())
        return std::make_unique<RawClient>(m_port, request, m_address);
    auto socket = std::make_unique<QSslSocket>();
    QSslConfiguration trust = QSslConfiguration::defaultConfiguration();
    trust.setCaCertificates(QSslCertificate::fromData(m_trusted));
    socket->setSslConfiguration(trust);
    QObject::connect(socket.get(), &QSslSocket::encrypted, socket.get(),
                     [secure = socket.get(), request] { secure->write(request); });
    socket->connectToHostEncrypted(m_address.toString(), m_port, QStringLiteral("localhost"));
    return std::make_unique<RawClient>(std::move(socket));
}

RawClient &FaultBrowser::visit(const QByteArray &request)
{
    return *m_visits.emplace_back(open(request));
}

void FaultBrowser::visitOften(int count, const QByteArray &request)
{
    for (int i = 0; i < count; ++i)
        visit(request);
}

RawClient &FaultBrowser::visitInPieces(const QByteArrayList &pieces, std::chrono::milliseconds every)
{
    RawClient &visit = this->visit({});
    QTcpSocket &socket = visit.socket();
    auto *clock = new QTimer(&socket);
    QObject::connect(clock, &QTimer::timeout, &socket, [&socket, clock, left = pieces]() mutable {
        socket.write(left.takeFirst());
        socket.flush();
        if (left.isEmpty())
            clock->stop();
    });
    const auto begin = [&socket, clock, every, none = pieces.isEmpty()] {
        socket.setSocketOption(QTcpSocket::LowDelayOption, 1);
        if (!none)
            clock->start(every);
    };
    if (auto *secure = qobject_cast<QSslSocket *>(&socket))
        QObject::connect(secure, &QSslSocket::encrypted, clock, begin);
    else
        QObject::connect(&socket, &QTcpSocket::connected, clock, begin);
    return visit;
}

int FaultBrowser::connected() const
{
    return countOf(m_visits, [](const RawClient &visit) { return visit.isConnected(); });
}

int FaultBrowser::ended() const
{
    return countOf(m_visits, [](const RawClient &visit) { return visit.ended(); });
}

qsizetype FaultBrowser::answers() const
{
    qsizetype count = 0;
    for (const auto &visit : m_visits)
        count += visit->answers();
    return count;
}

int FaultBrowser::answersWith(int status) const
{
    return countOf(m_visits, [status](const RawClient &visit) { return visit.status() == status; });
}

Crowd::~Crowd()
{
    for (const int descriptor : m_descriptors)
        ::close(descriptor);
}

bool Crowd::join(int count, quint16 port, const QByteArray &words, const QHostAddress &address)
{
    sockaddr_in four {};
    four.sin_family = AF_INET;
    four.sin_port = htons(port);
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 six {};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(port);
    six.sin6_addr = IN6ADDR_LOOPBACK_INIT;
    const bool isSix = address.protocol() == QAbstractSocket::IPv6Protocol;
    const auto *place =
        isSix ? reinterpret_cast<const sockaddr *>(&six) : reinterpret_cast<const sockaddr *>(&four);
    const auto size = static_cast<socklen_t>(isSix ? sizeof six : sizeof four);
    for (int i = 0; i < count; ++i) {
        const int descriptor = ::socket(place->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        m_descriptors.push_back(descriptor);
        if (::connect(descriptor, place, size) != 0)
            return false;
        // A visit that is refused before it has sent everything still counts.
        static_cast<void>(
            ::send(descriptor, words.constData(), static_cast<std::size_t>(words.size()), MSG_NOSIGNAL));
    }
    return true;
}

void Crowd::drip()
{
    for (const int descriptor : m_descriptors)
        static_cast<void>(::send(descriptor, "d", 1, MSG_NOSIGNAL | MSG_DONTWAIT));
}

int Crowd::stillConnected() const
{
    return static_cast<int>(std::count_if(m_descriptors.begin(), m_descriptors.end(), [](int descriptor) {
        char byte = 0;
        return ::recv(descriptor, &byte, 1, MSG_DONTWAIT) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }));
}

quint16 freePort()
{
    for (;;) {
        QTcpServer four;
        QTcpServer six;
        if (four.listen(QHostAddress::LocalHost)
            && six.listen(QHostAddress::LocalHostIPv6, four.serverPort()))
            return four.serverPort();
    }
}

bool portIsOpen(quint16 port, const QHostAddress &address)
{
    QTcpSocket socket;
    socket.connectToHost(address, port);
    return socket.waitForConnected(2000);
}

bool portIsOpen(quint16 port)
{
    return portIsOpen(port, QHostAddress(QHostAddress::LocalHost))
        || portIsOpen(port, QHostAddress(QHostAddress::LocalHostIPv6));
}

} // namespace latchkey
