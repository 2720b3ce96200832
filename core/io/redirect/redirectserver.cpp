// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/redirect/redirectserver.h"

#include "core/io/redirect/portowner.h"

#include <QNetworkProxy>
#include <QSslSocket>
#include <QTimer>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int backlog = 1024; // so that in a crowd no browser has to knock twice, a second apart
constexpr auto resourcePause = 100ms;

QString addressAndPort(const QHostAddress &address, quint16 port)
{
    const bool six = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (six ? u"[%1]:%2"_s : u"%1:%2"_s).arg(address.toString()).arg(port);
}

// "127.0.0.1:53117 (nc, process 4711)", where the system tells.
QString withOwner(const QString &name, quint16 port)
{
    const QString owner = portOwner(port);
    return owner.isEmpty() ? name : u"%1 (%2)"_s.arg(name, owner);
}

bool familyIsAbsent(QAbstractSocket::SocketError error)
{
    return error == QAbstractSocket::SocketAddressNotAvailableError
        || error == QAbstractSocket::UnsupportedSocketOperationError;
}

} // namespace

RedirectServer::RedirectServer(const std::optional<QSslConfiguration> &tls) : m_tls(tls)
{
    setProxy(QNetworkProxy::NoProxy); // else the application's proxy would be asked to listen
    setListenBacklogSize(backlog);
    setMaxPendingConnections(1);
    // Qt stops accepting for good when descriptors run out.
    connect(this, &QTcpServer::acceptError, this,
            [this] { QTimer::singleShot(resourcePause, this, &QTcpServer::resumeAccepting); });
}

Result<std::unique_ptr<QTcpServer>, ListenError>
RedirectServer::bind(const QHostAddress &address, quint16 port, bool mayBeAbsent,
                     const std::optional<QSslConfiguration> &tls)
{
    std::unique_ptr<QTcpServer> server(new RedirectServer(tls));
    if (server->listen(address, port))
        return server;
    if (mayBeAbsent && familyIsAbsent(server->serverError()))
        return std::unique_ptr<QTcpServer>();
    const QString name = addressAndPort(address, port);
    if (server->serverError() == QAbstractSocket::AddressInUseError)
        return failure(ListenError { ListenError::Kind::PortTaken, withOwner(name, port) });
    return failure(ListenError { ListenError::Kind::Failed, name + u": "_s + server->errorString() });
}

void RedirectServer::incomingConnection(qintptr descriptor)
{
    auto *secure = m_tls ? new QSslSocket(this) : nullptr;
    if (secure)
        secure->setSslConfiguration(*m_tls);
    QTcpSocket *socket = secure ? secure : new QTcpSocket(this);
    // One byte more than a head may have is enough to see that it is too long.
    socket->setReadBufferSize(redirectHeadLimit + 1);
    socket->setSocketDescriptor(descriptor);
    addPendingConnection(socket);
}

} // namespace latchkey
