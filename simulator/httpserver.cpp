// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/httpserver.h"

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

HttpServer::HttpServer(Answerer answerer, std::function<QByteArray()> dateHeader, QObject *parent)
    : QAbstractHttpServer(parent), m_answerer(std::move(answerer)), m_dateHeader(std::move(dateHeader))
{
}

bool HttpServer::handleRequest(const QHttpServerRequest &request, QTcpSocket *socket)
{
    Request read = readRequest(request);
    // The list of connections may be long, and every user may use the vendors' own endpoints.
    const bool isOurOwn =
        read.path == u"/" || read.path == u"/priava/admin" || read.path.startsWith(u"/simulator/");
    read.isOfAnotherUser = isOurOwn && isOfAnotherUser(*socket);
    const Reaction reaction = m_answerer(read);
    if (reaction.answer.dropped) {
        socket->abort();
        return true;
    }
    const QByteArray bytes = onTheWire(reaction.answer, m_dateHeader());
    // The socket is the context of the delayed answer: nothing is written to a closed connection.
    const auto write = [socket, bytes, slot = reaction.slot] { socket->write(bytes); };
    if (reaction.answer.held)
        connect(this, &HttpServer::released, socket, write, Qt::SingleShotConnection);
    else if (reaction.answer.delayMs > 0)
        QTimer::singleShot(reaction.answer.delayMs, socket, write);
    else
        write();
    return true;
}

void HttpServer::missingHandler(const QHttpServerRequest &request, QTcpSocket *socket)
{
    Q_UNUSED(request)
    socket->abort();
}

} // namespace latchkey::simulator
