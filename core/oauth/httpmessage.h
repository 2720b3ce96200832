// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <utility>

namespace latchkey {

enum class HttpMethod { Get, Post };

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

// A request that is sent at most once and never redirected (R24, R25).
struct HttpRequest
{
    HttpMethod method = HttpMethod::Get;
    QUrl url;
    HttpHeaders headers;
    QByteArray body; // holds secrets: never logged
    // The user allowed plain http for this account (R22); loopback needs no permission.
    bool allowPlainHttp = false;
};

// A complete answer, whatever its status.
struct HttpResponse
{
    int status = 0;
    QByteArray contentType; // as sent, with its parameters
    QByteArray body; // at most 1 MiB (R26)
    QByteArray date; // the Date header as sent; empty when there is none
    QByteArray retryAfter; // as sent
    QByteArray location; // as sent; only ever named, never followed
    QByteArray contentEncoding = {}; // as sent, though none was asked for
};

} // namespace latchkey
