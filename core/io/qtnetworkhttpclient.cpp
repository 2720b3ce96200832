// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/qtnetworkhttpclient.h"

#include "core/io/httpexchange.h"

#include <QSslCertificate>

namespace latchkey {

QtNetworkHttpClient::QtNetworkHttpClient(const HttpLimits &limits)
    : m_transport { .limits = limits, .proxy = {}, .tls = QSslConfiguration::defaultConfiguration() }
{
    m_transport.tls.setProtocol(QSsl::TlsV1_2OrLater);
}

Result<void, NetworkSettingsError> QtNetworkHttpClient::apply(const NetworkSettings &settings)
{
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (!settings.extraCaPem.isEmpty()) {
        const auto certificates = QSslCertificate::fromData(settings.extraCaPem, QSsl::Pem);
        if (certificates.isEmpty()) {
            return failure(NetworkSettingsError { NetworkSettingsError::Kind::CaFileWithoutCertificate, {} });
        }
        // Adding, not setting: the system's certificates stay trusted.
        tls.addCaCertificates(certificates);
    }

    m_transport.tls = tls;
    switch (settings.proxy) {
    case Preferences::Proxy::System: m_transport.proxy.reset(); break;
    case Preferences::Proxy::None: m_transport.proxy = QNetworkProxy(QNetworkProxy::NoProxy); break;
    case Preferences::Proxy::Manual:
        m_transport.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, settings.proxyHost, settings.proxyPort);
        break;
    }
    return {};
}

void QtNetworkHttpClient::send(const HttpRequest &request, Reply<HttpResult> reply)
{
    auto *exchange = new HttpExchange(request, m_transport, std::move(reply), &m_exchanges);
    exchange->start();
}

} // namespace latchkey
