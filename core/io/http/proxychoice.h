// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QNetworkProxy>
#include <QObject>
#include <QProcessEnvironment>
#include <QUrl>

#include <functional>
#include <optional>

namespace latchkey {

// A variable that names an unusable proxy. Its value may contain a password, so only the name is kept.
struct ProxyFault
{
    QString variable;
    friend bool operator==(const ProxyFault &, const ProxyFault &) = default;
};

// NoProxy: the address is reached directly. A SOCKS proxy that looks up the host itself has
// HostNameLookupCapability.
using ProxyChoice = Result<QNetworkProxy, ProxyFault>;

// The proxy for this address as curl reads it from the environment: http_proxy (lower case only, since a web
// server hands a client's header to its programs as HTTP_PROXY), https_proxy, all_proxy and no_proxy. Beyond
// what curl has, an entry of no_proxy may name a port. Nothing if the environment does not mention proxies,
// so that the system decides.
[[nodiscard]] std::optional<ProxyChoice> proxyFromEnvironment(const QUrl &url,
                                                              const QProcessEnvironment &environment);

// Which proxy a request to this address goes through: none for loopback (F31), otherwise as the settings
// (`set`), the environment or the system say, in this order. The system is asked in the background; `choose`
// is called on this thread, unless `owner` is gone.
void chooseProxy(const QUrl &url, const std::optional<QNetworkProxy> &set, QObject *owner,
                 const std::function<void(const ProxyChoice &)> &choose);

// "proxy.example.com:8080", without the login; empty for NoProxy.
[[nodiscard]] QString proxyName(const QNetworkProxy &proxy);

} // namespace latchkey
