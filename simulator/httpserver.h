// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtHttpServer/QAbstractHttpServer>

#include <functional>
#include <memory>

#include "simulator/message.h"

namespace latchkey::simulator {

// HTTP in and out; knows nothing about tokens.
class HttpServer final : public QAbstractHttpServer
{
    Q_OBJECT

public:
    // The answer to a request. `slot` is held until the answer was sent or its connection is gone.
    struct Reaction
    {
        Answer answer;
        std::shared_ptr<void> slot;
    };
    using Answerer = std::function<Reaction(const Request &)>;

    HttpServer(Answerer answerer, std::function<QByteArray()> dateHeader, QObject *parent);

Q_SIGNALS:
    void released(); // the answers that were held until now

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;

private:
    Answerer m_answerer;
    std::function<QByteArray()> m_dateHeader;
};

} // namespace latchkey::simulator
