// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/oauth/httpmessage.h"
#include "core/oauth/tokenerror.h"
#include "core/port/reply.h"

namespace latchkey {

using HttpResult = Result<HttpResponse, TransportError>;

// Sends a request exactly once, follows no redirect, keeps no cookie, ends within 30 s in all, and takes at
// most 1 MiB (R22 to R28). Deleting the reply's owner aborts the request.
class HttpClient
{
public:
    virtual ~HttpClient() = default;
    virtual void send(const HttpRequest &request, Reply<HttpResult> reply) = 0;
    // The proxy that a request to this address goes through, "proxy.example.com:8080", without any login;
    // empty: none, or an unusable one, which send() reports. Asking the system may take a while.
    virtual void proxyFor(const QUrl &url, Reply<QString> reply) = 0;
};

} // namespace latchkey
