// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
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

// An answer, whatever its status: complete, unless it has a fault.
struct HttpResponse
{
    int status = 0;
    QByteArray contentType; // as sent, with its parameters
    QByteArray body; // at most 1 MiB (R26)
    QByteArray date; // the Date header as sent; empty when there is none
    QByteArray retryAfter; // as sent
    QByteArray location; // as sent; only named, never followed
    QByteArray contentEncoding = {}; // as sent, although we ask for none; also that of the transfer
    QString fault = {}; // why it cannot be read, in words that quote nothing of it; it has no body then
};

// Builds an application/x-www-form-urlencoded body (RFC 6749, appendix B).
class FormBody
{
public:
    FormBody &add(QByteArrayView name, QByteArrayView value);
    [[nodiscard]] QByteArray encoded() const { return m_encoded; }
    [[nodiscard]] static QByteArray encode(QByteArrayView value);

private:
    QByteArray m_encoded;
};

// Requests as they go over the wire (RFC 9112). Every header name and value must be free of line ends.
// `authorization` is the value of a Proxy-Authorization header; without one that header is left out.

// To the server itself, also through a tunnel.
[[nodiscard]] QByteArray requestBytes(const HttpRequest &request);
// To a proxy that passes it on: plain http only.
[[nodiscard]] QByteArray proxiedRequestBytes(const HttpRequest &request, const QByteArray &authorization);
// Asks a proxy for a tunnel to the address's host and port (RFC 9110, section 9.3.6).
[[nodiscard]] QByteArray connectBytes(const QUrl &url, const QByteArray &authorization);

// "Basic …" (RFC 7617); empty without user and password.
[[nodiscard]] QByteArray basicAuthorization(const QString &user, const QString &password);

} // namespace latchkey
