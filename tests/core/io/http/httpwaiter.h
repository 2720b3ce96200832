// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/httpclient.h"
#include "support/network/faultserver.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QTestEventLoop>

#include <optional>

namespace latchkey {

// Sends and waits for the answer, in tests only.
inline HttpResult sendAndWait(HttpClient &client, const HttpRequest &request)
{
    QObject owner;
    std::optional<HttpResult> result;
    QTestEventLoop loop;
    client.send(request, { &owner, [&](const HttpResult &answer) {
                              result = answer;
                              loop.exitLoop();
                          } });
    loop.enterLoopMSecs(15'000);
    if (!result)
        return failure(
            TransportError { TransportError::Kind::Cancelled, QStringLiteral("no answer"), false });
    return *result;
}

// After this call everything sent before has arrived: the server accepts connections in order.
inline bool hasSettled(FaultServer &server)
{
    QSignalSpy opened(&server, &FaultServer::connectionOpened);
    QTcpSocket probe;
    probe.connectToHost(server.serverAddress(), server.serverPort());
    return opened.wait(20'000);
}

inline HttpRequest postTo(const QUrl &url)
{
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = url;
    request.headers = { { "Content-Type", "application/x-www-form-urlencoded" },
                        { "Accept", "application/json" } };
    request.body = "grant_type=refresh_token&refresh_token=CANARY-refresh-token-1";
    return request;
}

inline HttpRequest getFrom(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

} // namespace latchkey
