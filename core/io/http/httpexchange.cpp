// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/httpexchange.h"

#include "core/io/http/connectionrace.h"
#include "core/io/http/httpfailure.h"
#include "core/io/http/proxychoice.h"
#include "core/oauth/httpmessage.h"
#include "core/oauth/origin.h"

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using TransportFault = TransportError::Kind;
using ReaderState = ResponseReader::State;

namespace {

// Qt stops reading from the socket when this much is buffered, so a flood cannot exceed the limit.
constexpr qint64 readAhead = 64LL * 1024;

} // namespace

HttpExchange::HttpExchange(HttpRequest request, HttpTransport transport, Reply<HttpResult> reply,
                           QObject *parent)
    : QObject(parent),
      m_request(std::move(request)),
      m_transport(std::move(transport)),
      m_answerTo(std::move(reply)),
      m_tunnel(0, ResponseReader::Body::None),
      m_answer(m_transport.limits.body)
{
    for (QTimer *timer : { &m_total, &m_connect }) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
        timer->callOnTimeout(this, [this] { giveUp(TransportFault::TimedOut); });
    }
}

HttpExchange::~HttpExchange()
{
    stop();
}

void HttpExchange::start()
{
    QObject *owner = m_answerTo.owner();
    if (!owner) {
        deleteLater();
        return;
    }
    connect(owner, &QObject::destroyed, this, [this] {
        stop();
        deleteLater();
    });
    if (const auto refusal = refusalOf(m_request))
        return later(TransportFault::RefusedByUs, *refusal);
    m_total.start(m_transport.limits.total);
    m_connect.start(m_transport.limits.connect);
    chooseProxy(m_request.url, m_transport.proxy, this, [this](const ProxyChoice &proxy) {
        if (m_phase == Phase::Connecting)
            connectThrough(proxy);
    });
}

void HttpExchange::connectThrough(const ProxyChoice &proxy)
{
    if (!proxy)
        return later(TransportFault::ProxyUnclear, proxy.error().variable);
    m_proxy = *proxy;
    const Origin origin = originOf(m_request.url);
    auto *race = hasHttpProxy()
        ? new ConnectionRace(m_proxy.hostName(), m_proxy.port(), QNetworkProxy::NoProxy, this)
        : new ConnectionRace(origin.host, static_cast<quint16>(origin.port), m_proxy, this);
    connect(race, &ConnectionRace::connected, this, &HttpExchange::takeConnection);
    connect(race, &ConnectionRace::failed, this, &HttpExchange::takeError);
    race->start();
}

void HttpExchange::takeConnection(QSslSocket *socket)
{
    m_socket = socket;
    socket->setParent(this);
    sender()->deleteLater();
    socket->setReadBufferSize(readAhead);
    connect(socket, &QSslSocket::readyRead, this, &HttpExchange::read);
    connect(socket, &QSslSocket::encrypted, this, &HttpExchange::send);
    connect(socket, &QSslSocket::errorOccurred, this, &HttpExchange::takeError);
    connect(socket, &QSslSocket::sslErrors, this,
            [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    if (!isTls())
        send();
    else if (hasHttpProxy())
        askForTunnel();
    else
        secure();
}

void HttpExchange::askForTunnel()
{
    m_phase = Phase::Tunnelling;
    m_socket->write(connectBytes(m_request.url, proxyLogin()));
}

void HttpExchange::secure()
{
    m_phase = Phase::Securing;
    m_socket->setSslConfiguration(*m_transport.tls);
    m_socket->setPeerVerifyName(originOf(m_request.url).host);
    m_socket->startClientEncryption();
}

// The only place that sends a request.
void HttpExchange::send()
{
    m_phase = Phase::Answering;
    m_connect.stop();
    m_socket->write(hasHttpProxy() && !isTls() ? proxiedRequestBytes(m_request, proxyLogin())
                                               : requestBytes(m_request));
}

void HttpExchange::read()
{
    if (m_phase == Phase::Tunnelling)
        readTunnel(m_socket->readAll());
    else if (m_phase == Phase::Answering)
        readAnswer(m_socket->readAll());
}

void HttpExchange::readTunnel(const QByteArray &bytes)
{
    const ReaderState state = m_tunnel.take(bytes);
    const int status = m_tunnel.response().status;
    if (state == ReaderState::Reading)
        return;
    if (state == ReaderState::Complete && status == 407)
        giveUp(askedForPassword());
    // A server does not speak first, so bytes right after the tunnel's head are not from it.
    else if (state == ReaderState::Complete && status >= 200 && status < 300 && m_tunnel.rest().isEmpty())
        secure();
    else
        giveUp(TransportFault::Proxy);
}

void HttpExchange::readAnswer(const QByteArray &bytes)
{
    const ReaderState state = m_answer.take(bytes);
    const HttpResponse &response = m_answer.response();
    // Such a proxy passed nothing on, whatever follows this head.
    if (response.status == 407 && isPassedOn())
        return giveUp(askedForPassword());
    switch (state) {
    case ReaderState::Reading: break;
    case ReaderState::Complete: finish(response); break;
    case ReaderState::TooLarge:
        giveUp(isWithProxy() ? TransportFault::Proxy : TransportFault::TooLarge);
        break;
    case ReaderState::Malformed:
        if (!response.fault.isEmpty())
            finish(response);
        else
            giveUp(isWithProxy() ? TransportFault::Proxy : TransportFault::Incomplete);
        break;
    }
}

void HttpExchange::takeError(QAbstractSocket::SocketError error)
{
    read(); // bytes that came before the error
    switch (m_phase) {
    case Phase::Connecting:
        if (error == QAbstractSocket::ProxyAuthenticationRequiredError)
            giveUp(askedForPassword());
        else
            giveUp(isOfTheTarget(error) ? failureKind(error) : TransportFault::Proxy);
        break;
    case Phase::Tunnelling: giveUp(TransportFault::Proxy); break;
    case Phase::Securing: {
        const bool wasCut = error == QAbstractSocket::RemoteHostClosedError;
        giveUp(wasCut || error == QAbstractSocket::SslHandshakeFailedError ? TransportFault::Tls
                                                                           : failureKind(error));
        break;
    }
    case Phase::Answering: {
        const bool isEnd = error == QAbstractSocket::RemoteHostClosedError;
        if (isEnd && m_answer.end() == ReaderState::Complete)
            finish(m_answer.response());
        else
            giveUp(TransportFault::Incomplete);
        break;
    }
    case Phase::Done: break;
    }
}

// While connecting. A SOCKS proxy tells when the target refused, and some names we look up ourselves.
bool HttpExchange::isOfTheTarget(QAbstractSocket::SocketError error) const
{
    return m_proxy.type() == QNetworkProxy::NoProxy
        || (!hasHttpProxy()
            && (error == QAbstractSocket::HostNotFoundError
                || error == QAbstractSocket::ConnectionRefusedError));
}

bool HttpExchange::isTls() const
{
    return m_request.url.scheme() == "https"_L1;
}

bool HttpExchange::hasHttpProxy() const
{
    return m_proxy.type() == QNetworkProxy::HttpProxy || m_proxy.type() == QNetworkProxy::HttpCachingProxy;
}

// By a proxy that reads the request, and not through a tunnel.
bool HttpExchange::isPassedOn() const
{
    return hasHttpProxy() && !isTls();
}

// No head of an answer has come from such a proxy: whatever goes wrong is its fault.
bool HttpExchange::isWithProxy() const
{
    return m_phase == Phase::Answering && isPassedOn() && m_answer.response().status == 0;
}

// Log in at once, and with Basic only, as curl does: so there is no second challenge, and no wrong password
// is tried again.
QByteArray HttpExchange::proxyLogin() const
{
    return basicAuthorization(m_proxy.user(), m_proxy.password());
}

TransportFault HttpExchange::askedForPassword() const
{
    return proxyLogin().isEmpty() ? TransportFault::ProxyPasswordMissing
                                  : TransportFault::ProxyPasswordRefused;
}

TransportError HttpExchange::errorOf(TransportFault kind) const
{
    const bool wantsPassword =
        kind == TransportFault::ProxyPasswordMissing || kind == TransportFault::ProxyPasswordRefused;
    TransportError error { kind, m_request.url.host(QUrl::FullyEncoded),
                           m_phase == Phase::Answering && !wantsPassword };
    if (kind == TransportFault::Tls)
        error.detail = tlsReason(m_tlsErrors);
    else if (kind == TransportFault::Proxy || wantsPassword)
        error.detail = proxyName(m_proxy);
    else if (isWithProxy())
        error.detail = blameOfProxy(proxyName(m_proxy));
    return error;
}

void HttpExchange::later(TransportFault kind, const QString &detail)
{
    QMetaObject::invokeMethod(
        this,
        [this, error = TransportError { kind, detail, false }] { finish(failure(TransportError(error))); },
        Qt::QueuedConnection);
}

void HttpExchange::giveUp(TransportFault kind)
{
    // Until the tunnel is open, a timeout is the proxy's fault.
    const bool waitsForProxy = m_proxy.type() != QNetworkProxy::NoProxy
        && (m_phase == Phase::Connecting || m_phase == Phase::Tunnelling);
    // What became of a POST that the proxy was given is unknown: it keeps its kind (R40).
    const bool isLostGet = m_request.method == HttpMethod::Get && isWithProxy();
    const bool isOfProxy = (kind == TransportFault::TimedOut && (waitsForProxy || isLostGet))
        || (kind == TransportFault::Incomplete && isLostGet);
    if (m_phase != Phase::Done)
        finish(failure(errorOf(isOfProxy ? TransportFault::Proxy : kind)));
}

void HttpExchange::finish(HttpResult result)
{
    stop();
    deleteLater();
    m_answerTo(std::move(result));
}

void HttpExchange::stop()
{
    m_phase = Phase::Done;
    m_total.stop();
    m_connect.stop();
    for (auto *race : findChildren<ConnectionRace *>())
        race->disconnect(this);
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
}

} // namespace latchkey
