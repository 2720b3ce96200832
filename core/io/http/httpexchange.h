// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/http/proxychoice.h"
#include "core/oauth/responsereader.h"
#include "core/port/httpclient.h"

#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>
#include <QTimer>

#include <chrono>
#include <optional>

namespace latchkey {

// The bounds of one request (R26). Tests use short ones.
struct HttpLimits
{
    // Until the request can be sent, including the TLS handshake.
    std::chrono::milliseconds connect { 10'000 };
    std::chrono::milliseconds total { 30'000 };
    qint64 body = 1024LL * 1024; // bytes of the answer
};

// What every request of a client shares.
struct HttpTransport
{
    HttpLimits limits;
    std::optional<QNetworkProxy> proxy; // none: the environment or the system decides
    // Empty until the first https request: even an empty configuration loads the TLS library.
    std::optional<QSslConfiguration> tls;
};

// Sends one request over its own connection and reads the answer, all on this thread. It writes to the server
// and to the proxy once each: Qt's HTTP repeats requests and answers a proxy's challenges for ever. Deletes
// itself once it has answered or its reply's owner is gone.
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    HttpExchange(HttpRequest request, HttpTransport transport, Reply<HttpResult> reply, QObject *parent);
    ~HttpExchange() override;

    // Answers later, never before it returns.
    void start();

private:
    enum class Phase {
        Connecting,
        Tunnelling, // the proxy was asked to connect to the server
        Securing,
        Answering, // the request was sent
        Done,
    };

    void connectThrough(const ProxyChoice &proxy);
    void takeConnection(QSslSocket *socket);
    void askForTunnel();
    void secure();
    void send();
    void read();
    void readTunnel(const QByteArray &bytes);
    void readAnswer(const QByteArray &bytes);
    void takeError(QAbstractSocket::SocketError error);

    void later(TransportError::Kind kind, const QString &detail);
    void giveUp(TransportError::Kind kind);
    void finish(HttpResult result);
    void stop();

    [[nodiscard]] bool isOfTheTarget(QAbstractSocket::SocketError error) const;
    [[nodiscard]] bool isTls() const;
    [[nodiscard]] bool hasHttpProxy() const;
    [[nodiscard]] bool isPassedOn() const;
    [[nodiscard]] bool isWithProxy() const;
    [[nodiscard]] QByteArray proxyLogin() const;
    [[nodiscard]] TransportError::Kind askedForPassword() const;
    [[nodiscard]] TransportError errorOf(TransportError::Kind kind) const;

    HttpRequest m_request;
    HttpTransport m_transport;
    Reply<HttpResult> m_answerTo;
    QTimer m_total;
    QTimer m_connect;
    QNetworkProxy m_proxy { QNetworkProxy::NoProxy };
    Phase m_phase = Phase::Connecting;
    QSslSocket *m_socket = nullptr;
    QList<QSslError> m_tlsErrors;
    ResponseReader m_tunnel;
    ResponseReader m_answer;
};

} // namespace latchkey
