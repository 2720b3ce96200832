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

// Reads the network settings from the preferences, and the CA file of at most 1 MiB.
[[nodiscard]] Result<NetworkSettings, NetworkSettingsError>
readNetworkSettings(const Preferences &preferences);

// Uses Qt's sockets but not its HTTP: no retry, redirect, cookie, cache, answer to a challenge or reused
// connection (R22 to R28, F95). Certificate errors always end the request. After its deletion no reply is
// called.
class QtNetworkHttpClient final : public HttpClient
{
public:
    explicit QtNetworkHttpClient(const HttpLimits &limits = {});

    // Applies to later requests. A failure changes nothing.
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
