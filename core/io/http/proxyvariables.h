// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QUrl>

#include <optional>

namespace latchkey {

// A variable that is set and names no proxy that can be used. Its value may hold a password, so it is not
// kept.
struct ProxyFault
{
    QString variable;
    friend bool operator==(const ProxyFault &, const ProxyFault &) = default;
};

// NoProxy: the address is reached directly. A SOCKS proxy that looks up the host itself has
// HostNameLookupCapability.
using ProxyChoice = Result<QNetworkProxy, ProxyFault>;

// The proxy for this address as curl reads it from the environment: http_proxy (lower case only, since a web
// server hands a client's header to its programs as HTTP_PROXY), https_proxy, all_proxy and no_proxy.
// Nothing: the environment says nothing about proxies, so the system may be asked.
[[nodiscard]] std::optional<ProxyChoice> proxyFromEnvironment(const QUrl &url,
                                                              const QProcessEnvironment &environment);

// Does an entry of `list`, the value of no_proxy, stand for this address? Beyond what curl has, an entry may
// name a port.
[[nodiscard]] bool isExceptedFromProxy(const QUrl &url, const QString &list);

} // namespace latchkey
