// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/peer.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTimer>

namespace latchkey::simulator {

QByteArray Reply::header(QByteArrayView name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

QByteArray Reply::error() const
{
    return text(QStringLiteral("error")).toUtf8();
}

QString Reply::text(const QString &member) const
{
    return QJsonDocument::fromJson(body).object().value(member).toVariant().toString();
}

Peer::Peer(quint16 port) : m_port(port) {}

Reply Peer::get(const QByteArray &target, const QByteArrayList &headers) const
{
    QByteArrayList lines { "GET " + target + " HTTP/1.1", "Host: 127.0.0.1" };
    lines << headers << ""
          << "";
    return send(lines.join("\r\n"));
}

Reply Peer::post(const QByteArray &target, const QByteArrayList &headers, const QByteArray &body) const
{
    QByteArrayList lines { "POST " + target + " HTTP/1.1", "Host: 127.0.0.1",
                           "Content-Length: " + QByteArray::number(body.size()) };
    lines << headers << "" << body;
    return send(lines.join("\r\n"));
}

Reply Peer::postForm(const QByteArray &target, const QByteArray &body) const
{
    return post(target, { "Content-Type: application/x-www-form-urlencoded" }, body);
}

Reply Peer::postJson(const QByteArray &target, const QByteArray &body) const
{
    return post(target, { "Content-Type: application/json" }, body);
}

Reply Peer::send(const QByteArray &request) const
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    socket.write(request);
    QEventLoop loop;
    QObject::connect(&socket, &QTcpSocket::readyRead, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QTcpSocket::disconnected, &loop, &QEventLoop::quit);
    QTimer::singleShot(10'000, &loop, &QEventLoop::quit);

    QByteArray received;
    Reply reply;
    bool complete = false;
    const QDeadlineTimer deadline(10'000);
    while (!complete && !deadline.hasExpired()) {
        loop.exec();
        received += socket.readAll();
        const qsizetype end = received.indexOf("\r\n\r\n");
        if (end >= 0) {
            reply.head = received.first(end);
            reply.body = received.sliced(end + 4);
        }
        complete = socket.state() == QAbstractSocket::UnconnectedState
            || (end >= 0 && reply.body.size() >= reply.header("Content-Length").toLongLong());
    }
    if (complete && !reply.head.isEmpty())
        reply.status = reply.head.mid(9, 3).toInt();
    return reply;
}

} // namespace latchkey::simulator
