// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/network/relayproxy.h"

#include <QNetworkProxy>

namespace latchkey {

RelayProxy::RelayProxy(Way way, quint16 to) : m_way(way), m_to(to)
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("cannot listen on loopback");
    connect(this, &QTcpServer::newConnection, this, [this] {
        QTcpSocket *client = nextPendingConnection();
        connect(client, &QTcpSocket::readyRead, this, [this, client] { open(*client); });
    });
}

void RelayProxy::open(QTcpSocket &client)
{
    const QByteArray bytes = client.readAll();
    if (m_way == Way::Connect) {
        m_requests.append(bytes);
        client.write("HTTP/1.1 200 Connected\r\n\r\n");
    } else if (bytes.size() > 3 && bytes.startsWith(QByteArray::fromHex("050100"))) {
        m_requests.append(bytes);
        client.write(QByteArray("\x05") + m_reply + QByteArray::fromHex("0001000000000000"));
        if (m_reply != 0)
            return client.disconnectFromHost();
    } else {
        client.write(QByteArray::fromHex("0500")); // no login is needed
        return;
    }
    client.disconnect(this);
    pipe(client);
}

void RelayProxy::pipe(QTcpSocket &client)
{
    auto *server = new QTcpSocket(&client);
    server->setProxy(QNetworkProxy::NoProxy);
    connect(server, &QTcpSocket::readyRead, &client, [&client, server] { client.write(server->readAll()); });
    connect(server, &QTcpSocket::disconnected, &client, &QTcpSocket::disconnectFromHost);
    const auto pass = [&client, server] { server->write(client.readAll()); };
    connect(server, &QTcpSocket::connected, &client, pass);
    connect(&client, &QTcpSocket::readyRead, server, [server, pass] {
        if (server->state() == QAbstractSocket::ConnectedState)
            pass();
    });
    server->connectToHost(QHostAddress::LocalHost, m_to);
}

} // namespace latchkey
