// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostInfo>
#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QSslSocket>
#include <QTimer>

namespace latchkey {

// Connects to a host that may have several addresses (RFC 8305): tries the next one when the one before has
// failed or is slow, and takes the first that answers. A network with broken IPv6 then costs a moment, not
// the request. Sends nothing. Lives for one connection.
class ConnectionRace final : public QObject
{
    Q_OBJECT

public:
    // `via` is NoProxy or a SOCKS proxy.
    ConnectionRace(QString host, quint16 port, const QNetworkProxy &via, QObject *parent);
    ~ConnectionRace() override;

    void start();
    // The same with known addresses.
    void startWith(const QList<QHostAddress> &addresses);

Q_SIGNALS:
    void connected(QSslSocket *socket); // not encrypted; a child of the race that the receiver takes over
    void failed(QAbstractSocket::SocketError error); // of the last address

private:
    Q_SLOT void takeLookup(const QHostInfo &info);
    void tryNext();
    void tryOne(const QString &host);
    void drop(QSslSocket *socket);

    QString m_host;
    quint16 m_port;
    QNetworkProxy m_via;
    int m_lookup = -1;
    QList<QHostAddress> m_addresses; // not tried yet
    QList<QSslSocket *> m_running;
    QTimer m_patience;
    QAbstractSocket::SocketError m_error = QAbstractSocket::HostNotFoundError;
};

} // namespace latchkey
