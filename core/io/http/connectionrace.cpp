// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/connectionrace.h"

#include <algorithm>

namespace latchkey {

using namespace std::chrono_literals;

namespace {

constexpr auto attemptDelay = 250ms; // RFC 8305, section 5

// Alternates between the families, beginning with the one the system prefers.
QList<QHostAddress> inTurn(QList<QHostAddress> addresses)
{
    QList<QHostAddress> mixed;
    while (!addresses.isEmpty()) {
        const auto isOther = [&](const QHostAddress &address) {
            return mixed.isEmpty() || address.protocol() != mixed.last().protocol();
        };
        const auto next = std::ranges::find_if(addresses, isOther);
        mixed.append(addresses.takeAt(next == addresses.end() ? 0 : next - addresses.begin()));
    }
    return mixed;
}

} // namespace

ConnectionRace::ConnectionRace(QString host, quint16 port, const QNetworkProxy &via, QObject *parent)
    : QObject(parent), m_host(std::move(host)), m_port(port), m_via(via)
{
    m_patience.setSingleShot(true);
    m_patience.callOnTimeout(this, &ConnectionRace::tryNext);
}

ConnectionRace::~ConnectionRace()
{
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
    for (QSslSocket *socket : std::as_const(m_running))
        socket->disconnect(this);
}

void ConnectionRace::start()
{
    if (m_via.type() == QNetworkProxy::Socks5Proxy
        && m_via.capabilities().testFlag(QNetworkProxy::HostNameLookupCapability)) {
        QMetaObject::invokeMethod(
            this, [this] { tryOne(m_host); }, Qt::QueuedConnection);
        return;
    }
    // Qt would look up an address in reverse, which may take until the resolver times out.
    if (const QHostAddress address(m_host); !address.isNull()) {
        QMetaObject::invokeMethod(
            this, [this, address] { startWith({ address }); }, Qt::QueuedConnection);
        return;
    }
    // Connect by the slot's name: Qt 6.4 leaks the object it makes of a function if the lookup is aborted.
    m_lookup = QHostInfo::lookupHost(m_host, this, SLOT(takeLookup(QHostInfo)));
}

void ConnectionRace::takeLookup(const QHostInfo &info)
{
    startWith(info.addresses());
}

void ConnectionRace::startWith(const QList<QHostAddress> &addresses)
{
    m_lookup = -1;
    m_addresses = inTurn(addresses);
    tryNext();
}

void ConnectionRace::tryNext()
{
    if (!m_addresses.isEmpty())
        return tryOne(m_addresses.takeFirst().toString());
    if (!m_running.isEmpty())
        return;
    m_patience.stop();
    Q_EMIT failed(m_error);
}

void ConnectionRace::tryOne(const QString &host)
{
    auto *socket = new QSslSocket(this);
    m_running.append(socket);
    socket->setProxy(m_via);
    connect(socket, &QSslSocket::connected, this, [this, socket] {
        m_patience.stop();
        m_addresses.clear();
        for (QSslSocket *other : QList(m_running))
            drop(other);
        Q_EMIT connected(socket);
    });
    connect(socket, &QSslSocket::errorOccurred, this, [this, socket](QAbstractSocket::SocketError error) {
        // Qt 6.4 says "not found" for whatever a SOCKS proxy could not do.
        const bool isProxys =
            m_via.type() != QNetworkProxy::NoProxy && error == QAbstractSocket::HostNotFoundError;
        m_error = isProxys ? QAbstractSocket::ProxyProtocolError : error;
        drop(socket);
        socket->deleteLater();
        tryNext();
    });
    m_patience.start(attemptDelay);
    socket->connectToHost(host, m_port);
}

void ConnectionRace::drop(QSslSocket *socket)
{
    socket->disconnect(this);
    m_running.removeOne(socket);
}

} // namespace latchkey
