// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/httpmessage.h"

#include "core/oauth/origin.h"

#include <algorithm>
#include <initializer_list>

namespace latchkey {

QByteArray FormBody::encode(QByteArrayView value)
{
    // toPercentEncoding keeps "-._~"; the form encoding also wants a space to be a plus.
    return value.toByteArray().toPercentEncoding().replace("%20", "+");
}

FormBody &FormBody::add(QByteArrayView name, QByteArrayView value)
{
    if (!m_encoded.isEmpty())
        m_encoded += '&';
    m_encoded += encode(name) + '=' + encode(value);
    return *this;
}

namespace {

// The host as it is written in a header or request line.
QByteArray hostBytes(const QUrl &url)
{
    const QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    return host.contains(':') ? '[' + host + ']' : host;
}

// With the port, unless it is the scheme's default.
QByteArray authority(const QUrl &url)
{
    const bool isUsual = url.port() < 0 || url.port() == (url.scheme() == u"https" ? 443 : 80);
    return isUsual ? hostBytes(url) : hostBytes(url) + ':' + QByteArray::number(url.port());
}

QByteArray pathAndQuery(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    const QByteArray target = path.isEmpty() ? QByteArray("/") : path;
    return url.hasQuery() ? target + '?' + url.query(QUrl::FullyEncoded).toLatin1() : target;
}

bool isOneOf(const QByteArray &name, std::initializer_list<const char *> names)
{
    return std::ranges::any_of(
        names, [&](const char *other) { return name.compare(other, Qt::CaseInsensitive) == 0; });
}

QByteArray proxyHeader(const QByteArray &authorization)
{
    return authorization.isEmpty() ? QByteArray() : "Proxy-Authorization: " + authorization + "\r\n";
}

QByteArray bytesOf(const HttpRequest &request, const QByteArray &target, const QByteArray &extraHeaders)
{
    QByteArray bytes = (request.method == HttpMethod::Post ? "POST " : "GET ") + target + " HTTP/1.1\r\n";
    bytes += "Host: " + authority(request.url) + "\r\n" + extraHeaders;
    // These decide how we read the answer, so they replace the caller's (R26, R28).
    bytes += "Accept-Encoding: identity\r\nConnection: close\r\n";
    HttpHeaders headers = request.headers;
    headers.removeIf([](const auto &header) {
        return isOneOf(header.first, { "Host", "Accept-Encoding", "Connection", "Content-Length" });
    });
    const auto has = [&](const char *name) {
        return std::ranges::any_of(headers,
                                   [&](const auto &header) { return isOneOf(header.first, { name }); });
    };
    if (!has("User-Agent"))
        headers.emplaceBack("User-Agent", "Latchkey");
    if (!has("Accept-Language"))
        headers.emplaceBack("Accept-Language", "en");
    for (const auto &[name, value] : headers)
        bytes += name + ": " + value + "\r\n";
    if (request.method == HttpMethod::Post)
        bytes += "Content-Length: " + QByteArray::number(request.body.size()) + "\r\n";
    return bytes + "\r\n" + request.body;
}

} // namespace

QByteArray requestBytes(const HttpRequest &request)
{
    return bytesOf(request, pathAndQuery(request.url), {});
}

QByteArray proxiedRequestBytes(const HttpRequest &request, const QByteArray &authorization)
{
    const QByteArray target =
        request.url.scheme().toLatin1() + "://" + authority(request.url) + pathAndQuery(request.url);
    return bytesOf(request, target, proxyHeader(authorization));
}

QByteArray connectBytes(const QUrl &url, const QByteArray &authorization)
{
    const QByteArray target = hostBytes(url) + ':' + QByteArray::number(originOf(url).port);
    return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\nUser-Agent: Latchkey\r\n"
        + proxyHeader(authorization) + "\r\n";
}

QByteArray basicAuthorization(const QString &user, const QString &password)
{
    if (user.isEmpty() && password.isEmpty())
        return {};
    return "Basic " + (user.toUtf8() + ':' + password.toUtf8()).toBase64();
}

} // namespace latchkey
