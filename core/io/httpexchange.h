// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/httptransport.h"
#include "core/port/httpclient.h"

#include <QList>
#include <QNetworkReply>
#include <QObject>
#include <QSslError>
#include <QTimer>

#include <memory>

class QNetworkAccessManager;

namespace latchkey {

class OneShotBody;

// One request and its answer. It owns its network access manager, so no connection, cookie or login of an
// earlier request can be reused, and deletes itself once it has answered or nobody waits any more.
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    HttpExchange(HttpRequest request, HttpTransport transport, Reply<HttpResult> reply, QObject *parent);
    ~HttpExchange() override;

    // Answers later, never before it returns.
    void start();

private:
    void begin(const QNetworkProxy &proxy);
    void watch();
    void takeBytes();
    void takeAnswer();
    void noteConnected();
    void noteSent();
    void giveUp(TransportError::Kind kind);
    void finish(HttpResult result);
    void stop();

    [[nodiscard]] bool seesConnection() const;
    [[nodiscard]] bool maybeReceived() const;
    [[nodiscard]] TransportError::Kind failureOf(QNetworkReply::NetworkError error) const;
    [[nodiscard]] TransportError errorOf(TransportError::Kind kind) const;

    HttpRequest m_request;
    HttpTransport m_transport;
    Reply<HttpResult> m_answerTo;
    QTimer m_total;
    QTimer m_connect;
    std::unique_ptr<QNetworkAccessManager> m_network;
    OneShotBody *m_body = nullptr;
    QNetworkReply *m_native = nullptr;
    QList<QSslError> m_tlsErrors;
    QByteArray m_received;
    bool m_wasSent = false;
    bool m_wasAborted = false;
    bool m_isDone = false;
};

} // namespace latchkey
