// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/http/httptransport.h"
#include "core/io/http/networksettings.h"
#include "core/port/httpclient.h"

#include <QList>
#include <QObject>
#include <QSslCertificate>

namespace latchkey {

// Sends over Qt's sockets, not over its HTTP: no second sending, no redirect, no cookie, no cache, no answer
// to a challenge, no reused connection (R22 to R28, F95). Certificate errors always end the request.
// Once it is deleted no reply is called any more.
class QtNetworkHttpClient final : public HttpClient
{
public:
    explicit QtNetworkHttpClient(const HttpLimits &limits = {});

    // For the requests from now on. Fails without changing anything.
    [[nodiscard]] Result<void, NetworkSettingsError> apply(const NetworkSettings &settings);
    void send(const HttpRequest &request, Reply<HttpResult> reply) override;
    void proxyFor(const QUrl &url, Reply<QString> reply) override;

private:
    void prepareTls();

    HttpTransport m_transport;
    QList<QSslCertificate> m_extraCertificates;
    QObject m_exchanges; // owns those under way
};

} // namespace latchkey
