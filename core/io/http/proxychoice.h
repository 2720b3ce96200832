// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/http/httptransport.h"
#include "core/io/http/proxyvariables.h"

#include <QObject>
#include <QUrl>

#include <functional>

namespace latchkey {

// Which proxy a request to this address goes through: loopback goes through none (F31), the rest as
// the settings, the environment or the system say, in this order. Asking the system happens in the
// background; `choose` is called on this thread, and not at all once `owner` is gone.
void chooseProxy(const QUrl &url, const HttpTransport &transport, QObject *owner,
                 const std::function<void(const ProxyChoice &)> &choose);

// "proxy.example.com:8080", without the login; empty for NoProxy.
[[nodiscard]] QString proxyName(const QNetworkProxy &proxy);

} // namespace latchkey
