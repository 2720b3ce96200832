// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "core/base/result.h"
#include "core/io/http/httpexchange.h"
#include "core/port/httpclient.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QSslCertificate>
#include <QString>

namespace latchkey {

// How requests reach the network. Loopback is always reached directly (F31).
struct NetworkSettings
{
    Preferences::Proxy proxy = Preferences::Proxy::System;
    QString proxyHost = {}; // for Manual
    quint16 proxyPort = 8080;
    QByteArray extraCaPem = {}; // trusted besides the system's certificates; empty: none
};

struct NetworkSettingsError
{
    enum class Kind {
        CaFileUnreadable,
        CaFileWithoutCertificate,
        ProxyIncomplete, // no host, or a port outside 1 to 65535
    };
    Kind kind = Kind::CaFileUnreadable;
    QString detail; // the file's path, or the host
    friend bool operator==(const NetworkSettingsError &, const NetworkSettingsError &) = default;
};

// Takes the network's part out of the preferences and reads the CA file, at most 1 MiB.
[[nodiscard]] Result<NetworkSettings, NetworkSettingsError>
readNetworkSettings(const Preferences &preferences);

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
