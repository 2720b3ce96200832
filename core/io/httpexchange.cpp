// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/httpexchange.h"

#include "core/io/httpfailure.h"
#include "core/io/oneshotbody.h"
#include "core/io/proxychoice.h"

#include <QNetworkAccessManager>
#include <QThread>
#include <QThreadPool>

namespace latchkey {

using namespace Qt::StringLiterals;
using Kind = TransportError::Kind;

namespace {

// Qt stops reading from the socket when this much waits for us, so a flood cannot outrun the cap.
constexpr qint64 readAhead = 64LL * 1024;

// How long Qt's thread gets to hear of an abort, in ms. When the thread ends before, its socket is lost.
constexpr unsigned long abortTime = 200;

QNetworkRequest nativeRequest(const HttpRequest &request, const std::optional<QSslConfiguration> &tls)
{
    QNetworkRequest native(request.url);
    native.setRawHeader("User-Agent", "Latchkey");
    native.setRawHeader("Accept-Language", "en");
    for (const auto &[name, value] : request.headers)
        native.setRawHeader(name, value);
    native.setRawHeader("Accept-Encoding", "identity");
    native.setRawHeader("Connection", "close");
    native.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());

    native.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    native.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    native.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    native.setAttribute(QNetworkRequest::HttpPipeliningAllowedAttribute, false);
    native.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    native.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    native.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    native.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    if (tls)
        native.setSslConfiguration(*tls);
    return native;
}

HttpResponse responseOf(const QNetworkReply &native, const QByteArray &body)
{
    return HttpResponse {
        .status = native.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
        .contentType = native.rawHeader("Content-Type"),
        .body = body,
        .date = native.rawHeader("Date"),
        .retryAfter = native.rawHeader("Retry-After"),
        .location = native.rawHeader("Location"),
        .contentEncoding = native.rawHeader("Content-Encoding"),
    };
}

} // namespace

HttpExchange::HttpExchange(HttpRequest request, HttpTransport transport, Reply<HttpResult> reply,
                           QObject *parent)
    : QObject(parent),
      m_request(std::move(request)),
      m_transport(std::move(transport)),
      m_answerTo(std::move(reply))
{
    for (QTimer *timer : { &m_total, &m_connect }) {
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
        timer->callOnTimeout(this, [this] { giveUp(Kind::TimedOut); });
    }
}

HttpExchange::~HttpExchange()
{
    stop();
    // After an answer the manager's thread is idle and ends at once.
    if (!m_network || !m_wasAborted)
        return;
    // Deleting the manager waits for its thread, which may be busy with a flood of header bytes for seconds.
    // Let that wait be somebody else's.
    m_network->moveToThread(nullptr);
    QThreadPool::globalInstance()->start([network = m_network.release()] {
        QThread::msleep(abortTime);
        delete network;
    });
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
    if (const auto refusal = refusalOf(m_request)) {
        const TransportError error { Kind::RefusedByUs, *refusal, false };
        QMetaObject::invokeMethod(
            this, [this, error] { finish(failure(TransportError(error))); }, Qt::QueuedConnection);
        return;
    }
    m_total.start(m_transport.limits.total);
    if (seesConnection())
        m_connect.start(m_transport.limits.connect);
    chooseProxy(m_request.url, m_transport, this, [this](const QNetworkProxy &proxy) {
        if (!m_isDone)
            begin(proxy);
    });
}

void HttpExchange::begin(const QNetworkProxy &proxy)
{
    m_network = std::make_unique<QNetworkAccessManager>();
    m_network->setProxy(proxy);
    m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network->setStrictTransportSecurityEnabled(false);
    m_body = new OneShotBody(m_request.body);

    const auto native = nativeRequest(m_request, m_transport.tls);
    // QNetworkAccessManager::get() would be sent again after a cut, so a GET too gets a body: an empty one.
    m_native = m_request.method == HttpMethod::Post ? m_network->post(native, m_body)
                                                    : m_network->sendCustomRequest(native, "GET", m_body);
    m_body->setParent(m_native);
    watch();
    // The size reaches the thread that reads only once the request has begun, and its beginning is queued.
    QMetaObject::invokeMethod(
        m_native, [native = m_native] { native->setReadBufferSize(readAhead); }, Qt::QueuedConnection);
}

void HttpExchange::watch()
{
    connect(m_native, &QNetworkReply::requestSent, this, &HttpExchange::noteSent);
    connect(m_native, &QNetworkReply::encrypted, this, &HttpExchange::noteConnected);
    connect(m_native, &QNetworkReply::metaDataChanged, this, [this] {
        noteSent();
        const auto length = m_native->header(QNetworkRequest::ContentLengthHeader);
        if (length.isValid() && length.toLongLong() > m_transport.limits.body)
            giveUp(Kind::TooLarge);
    });
    connect(m_native, &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    connect(m_native, &QNetworkReply::readyRead, this, &HttpExchange::takeBytes);
    connect(m_native, &QNetworkReply::finished, this, &HttpExchange::takeAnswer);
}

void HttpExchange::noteConnected()
{
    m_connect.stop();
    // A request without a body goes out now, and Qt does not tell when.
    m_wasSent = m_wasSent || m_request.method == HttpMethod::Get;
}

void HttpExchange::noteSent()
{
    m_wasSent = true;
    m_connect.stop();
}

void HttpExchange::takeBytes()
{
    if (m_isDone)
        return;
    m_received += m_native->readAll();
    if (m_received.size() > m_transport.limits.body)
        giveUp(Kind::TooLarge);
}

void HttpExchange::takeAnswer()
{
    takeBytes();
    if (m_isDone)
        return;
    const auto error = m_native->error();
    const int status = m_native->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 407)
        finish(failure(errorOf(Kind::Proxy)));
    else if (isCompleteAnswer(*m_native))
        finish(responseOf(*m_native, m_received));
    else
        finish(failure(errorOf(failureOf(error))));
}

TransportError::Kind HttpExchange::failureOf(QNetworkReply::NetworkError error) const
{
    const Kind kind = failureKind(error, m_request.url.scheme() == "https"_L1, maybeReceived());
    const bool hasProxy = m_network->proxy().type() != QNetworkProxy::NoProxy;
    // Behind a proxy it is the proxy that is looked up and connected to, whatever Qt calls the failure.
    const bool isConnecting =
        kind == Kind::HostNotFound || kind == Kind::ConnectionRefused || kind == Kind::NetworkFailed;
    return hasProxy && isConnecting ? Kind::Proxy : kind;
}

// Qt 6.4 tells of a TLS connection and of a body that was written, so nothing of a plain GET.
bool HttpExchange::seesConnection() const
{
    return m_request.method == HttpMethod::Post || m_request.url.scheme() == "https"_L1;
}

bool HttpExchange::maybeReceived() const
{
    return m_wasSent || (m_body && m_body->isTouched());
}

TransportError HttpExchange::errorOf(TransportError::Kind kind) const
{
    const bool wasSentUnseen = kind == Kind::TimedOut && m_native && !seesConnection();
    TransportError error { kind, m_request.url.host(),
                           maybeReceived() || wasSentUnseen || kind == Kind::Incomplete };
    if (kind == Kind::Tls)
        error.detail = tlsReason(m_tlsErrors);
    else if (kind == Kind::Proxy && m_network)
        error.detail = m_network->proxy().hostName();
    return error;
}

void HttpExchange::giveUp(TransportError::Kind kind)
{
    if (!m_isDone)
        finish(failure(errorOf(kind)));
}

void HttpExchange::finish(HttpResult result)
{
    stop();
    deleteLater();
    m_answerTo(std::move(result));
}

void HttpExchange::stop()
{
    m_isDone = true;
    m_total.stop();
    m_connect.stop();
    if (!m_native)
        return;
    m_native->disconnect(this);
    if (!m_native->isRunning())
        return;
    m_wasAborted = true;
    m_native->abort();
}

} // namespace latchkey
