// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/qtnetworkhttpclient.h"

#include "core/io/http/httpexchange.h"
#include "core/io/http/proxychoice.h"

#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>

#include <limits>

namespace latchkey {

namespace {

constexpr qint64 caFileLimit = 1024LL * 1024;

Result<QByteArray, NetworkSettingsError> readCaFile(const QString &path)
{
    // Only regular files: opening a pipe would wait for its writer.
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(NetworkSettingsError { NetworkSettingsError::Kind::CaFileUnreadable, path });
    const QByteArray pem = file.read(caFileLimit + 1);
    if (file.error() != QFileDevice::NoError || pem.size() > caFileLimit)
        return failure(NetworkSettingsError { NetworkSettingsError::Kind::CaFileUnreadable, path });
    if (QSslCertificate::fromData(pem, QSsl::Pem).isEmpty())
        return failure(NetworkSettingsError { NetworkSettingsError::Kind::CaFileWithoutCertificate, path });
    return pem;
}

} // namespace

Result<NetworkSettings, NetworkSettingsError> readNetworkSettings(const Preferences &preferences)
{
    NetworkSettings settings;
    settings.proxy = preferences.proxy;
    settings.proxyHost = preferences.proxyHost.trimmed();
    if (settings.proxy == Preferences::Proxy::Manual) {
        const bool isPort =
            preferences.proxyPort >= 1 && preferences.proxyPort <= std::numeric_limits<quint16>::max();
        if (settings.proxyHost.isEmpty() || !isPort)
            return failure(
                NetworkSettingsError { NetworkSettingsError::Kind::ProxyIncomplete, settings.proxyHost });
        settings.proxyPort = static_cast<quint16>(preferences.proxyPort);
    }
    if (!preferences.caFile.isEmpty()) {
        const auto pem = readCaFile(preferences.caFile);
        if (!pem)
            return failure(NetworkSettingsError(pem.error()));
        settings.extraCaPem = *pem;
    }
    return settings;
}

QtNetworkHttpClient::QtNetworkHttpClient(const HttpLimits &limits)
    : m_transport { .limits = limits, .proxy = {}, .tls = {} }
{
}

Result<void, NetworkSettingsError> QtNetworkHttpClient::apply(const NetworkSettings &settings)
{
    QList<QSslCertificate> certificates;
    if (!settings.extraCaPem.isEmpty()) {
        certificates = QSslCertificate::fromData(settings.extraCaPem, QSsl::Pem);
        if (certificates.isEmpty()) {
            return failure(NetworkSettingsError { NetworkSettingsError::Kind::CaFileWithoutCertificate, {} });
        }
    }

    m_extraCertificates = certificates;
    m_transport.tls.reset();
    switch (settings.proxy) {
    case Preferences::Proxy::System: m_transport.proxy.reset(); break;
    case Preferences::Proxy::None: m_transport.proxy = QNetworkProxy(QNetworkProxy::NoProxy); break;
    case Preferences::Proxy::Manual:
        m_transport.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, settings.proxyHost, settings.proxyPort);
        break;
    }
    return {};
}

// Done with the first request: at the start, loading the TLS library and the system's certificates would
// delay the window.
void QtNetworkHttpClient::prepareTls()
{
    if (m_transport.tls)
        return;
    m_transport.tls = QSslConfiguration::defaultConfiguration();
    m_transport.tls->setProtocol(QSsl::TlsV1_2OrLater);
    // Add the certificates, so that the system's stay trusted.
    if (!m_extraCertificates.isEmpty())
        m_transport.tls->addCaCertificates(m_extraCertificates);
}

void QtNetworkHttpClient::send(const HttpRequest &request, Reply<HttpResult> reply)
{
    if (request.url.scheme() == u"https")
        prepareTls();
    auto *exchange = new HttpExchange(request, m_transport, std::move(reply), &m_exchanges);
    exchange->start();
}

void QtNetworkHttpClient::proxyFor(const QUrl &url, Reply<QString> reply)
{
    const auto answer = [this, reply](const ProxyChoice &proxy) {
        QMetaObject::invokeMethod(
            &m_exchanges, [reply, name = proxy ? proxyName(*proxy) : QString()] { reply(name); },
            Qt::QueuedConnection);
    };
    chooseProxy(url, m_transport.proxy, &m_exchanges, answer);
}

} // namespace latchkey
