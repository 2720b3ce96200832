// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxy>
#include <QSslConfiguration>

#include <chrono>
#include <optional>

namespace latchkey {

// The bounds of one request (R26). Tests use short ones.
struct HttpLimits
{
    std::chrono::milliseconds connect {
        10'000
    }; // until the request can be written, the TLS handshake included
    std::chrono::milliseconds total { 30'000 };
    qint64 body = 1024LL * 1024; // bytes of the answer
};

// What every request of a client shares.
struct HttpTransport
{
    HttpLimits limits;
    std::optional<QNetworkProxy> proxy; // none: chooseProxy() for the address
    // Nothing until the first https request: even an empty one loads the TLS library.
    std::optional<QSslConfiguration> tls;
};

} // namespace latchkey
