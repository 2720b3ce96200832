// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/wire.h"

#include <QMetaEnum>
#include <QTcpSocket>
#include <QTimer>
#include <QtHttpServer/QHttpServerRequest>

#include <utility>

#include "simulator/visitor.h"

namespace latchkey::simulator {

namespace {

Request readRequest(const QHttpServerRequest &request)
{
    Request read;
    const auto methods = QMetaEnum::fromType<QHttpServerRequest::Method>();
    read.method = QByteArray(methods.valueToKey(static_cast<int>(request.method()))).toUpper();
    read.path = request.url().path(QUrl::FullyEncoded);
    read.query = request.url().query(QUrl::FullyEncoded).toUtf8();
    for (const auto &[name, value] : request.headers())
        read.headers << std::pair { name, value };
    read.body = request.body();
    return read;
}

} // namespace

Wire::Wire(Desk desk, std::function<QByteArray()> dateHeader, QObject *parent)
    : QAbstractHttpServer(parent), m_desk(std::move(desk)), m_dateHeader(std::move(dateHeader))
{
}

bool Wire::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    Request read = readRequest(request);
    // The list of connections may be long, and every user may use the vendors' own endpoints.
    const bool isOurOwn =
        read.path == u"/" || read.path == u"/priava/admin" || read.path.startsWith(u"/simulator/");
    read.isOfAnotherUser = isOurOwn && isOfAnotherUser(*socket);
    const Reaction reaction = m_desk(read);
    if (reaction.answer.dropped) {
        socket->abort();
        return true;
    }
    const QByteArray bytes = onTheWire(reaction.answer, m_dateHeader());
    // The socket is the context of the delayed answer: nothing is written to a closed connection.
    const auto write = [socket, bytes, slot = reaction.slot] { socket->write(bytes); };
    if (reaction.answer.held)
        connect(this, &Wire::released, socket, write, Qt::SingleShotConnection);
    else if (reaction.answer.delayMs > 0)
        QTimer::singleShot(reaction.answer.delayMs, socket, write);
    else
        write();
    return true;
}

void Wire::missingHandler(const QHttpServerRequest &request, QTcpSocket *socket)
{
    Q_UNUSED(request)
    socket->abort();
}

} // namespace latchkey::simulator
