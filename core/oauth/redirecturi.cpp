// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/redirecturi.h"

#include "core/base/characters.h"
#include "core/oauth/addressrules.h"
#include "core/oauth/origin.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Schemes that the browser handles itself: no provider's answer can arrive there.
bool isForbiddenScheme(const QString &scheme)
{
    static const QStringList forbidden { u"javascript"_s, u"data"_s, u"file"_s, u"vbscript"_s,
                                         u"about"_s,      u"blob"_s, u"ftp"_s,  u"view-source"_s };
    return forbidden.contains(scheme);
}

bool carriesAnAnswer(const QUrl &url)
{
    static const QStringList names { u"code"_s, u"auth_code"_s, u"state"_s, u"error"_s };
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    return std::any_of(items.begin(), items.end(),
                       [](const auto &item) { return names.contains(item.first); });
}

// The path as the browser will request it. QUrl would decode "%63", which browsers leave as it is, so take it
// from the text if that is ASCII.
QByteArray pathOf(const QUrl &url, const QString &text)
{
    const qsizetype authority = text.indexOf("://"_L1) + 3;
    const qsizetype slash = text.indexOf(u'/', authority);
    const qsizetype query = text.indexOf(u'?', authority);
    if (slash < 0 || (query >= 0 && query < slash))
        return "/";
    const QString path = text.mid(slash, query < 0 ? -1 : query - slash);
    const bool isAscii = std::all_of(path.begin(), path.end(), [](QChar c) { return c.unicode() < 0x80; });
    return isAscii ? path.toLatin1() : url.path(QUrl::FullyEncoded).toLatin1();
}

QByteArray hostHeaderOf(const QString &host, int port, int defaultPort)
{
    const QByteArray name = host.contains(u':') ? '[' + host.toLatin1() + ']' : host.toLatin1();
    return port == defaultPort ? name : name + ':' + QByteArray::number(port);
}

// Browsers remove "/a/../" from an address, and may or may not treat "%63" as "c".
std::pair<Origin, QString> placeOf(const RedirectUri &uri)
{
    const QUrl url = QUrl(uri.text).adjusted(QUrl::NormalizePathSegments);
    const QString path = url.path(QUrl::FullyDecoded);
    const bool isServed = uri.kind != RedirectUri::Kind::Elsewhere;
    return { isServed ? Origin { {}, u"loopback"_s, uri.port } : originOf(url),
             path.isEmpty() && !url.host().isEmpty() ? u"/"_s : path };
}

} // namespace

Result<RedirectUri, RedirectUriFault> readRedirectUri(const QString &typed)
{
    const QUrl url(typed, QUrl::StrictMode);
    if (firstUnusual(typed) || typed.contains(u' ') || !url.isValid() || url.isRelative()
        || isForbiddenScheme(url.scheme()))
        return failure(RedirectUriFault::NotAnAddress);
    if (url.hasFragment())
        return failure(RedirectUriFault::Fragment);

    const bool isHttp = url.scheme() == "http"_L1;
    const bool isHttps = url.scheme() == "https"_L1;
    const QString authority = typed.section(u"//"_s, 1, 1).section(u'/', 0, 0).section(u'?', 0, 0);
    if (authority.contains(u'@') || ((isHttp || isHttps) && url.host().isEmpty()))
        return failure(RedirectUriFault::NotAnAddress);
    if (mixesScripts(url.host(QUrl::FullyEncoded)))
        return failure(RedirectUriFault::MixedScripts);
    if (carriesAnAnswer(url))
        return failure(RedirectUriFault::HasAnswer);

    RedirectUri redirectUri;
    redirectUri.text = typed;
    redirectUri.host = url.host().toLower();
    if (!isHttp && !isHttps) {
        redirectUri.path = url.path(QUrl::FullyEncoded).toLatin1();
        return redirectUri;
    }
    redirectUri.path = pathOf(url, typed);
    if (!isLoopbackHost(redirectUri.host)) {
        if (isHttp)
            return failure(RedirectUriFault::PlainHttp);
        return redirectUri;
    }
    if (url.port() <= 0)
        return failure(RedirectUriFault::PortMissing);
    redirectUri.kind = isHttp ? RedirectUri::Kind::LoopbackHttp : RedirectUri::Kind::LoopbackHttps;
    redirectUri.port = static_cast<quint16>(url.port());
    redirectUri.hostHeader = hostHeaderOf(redirectUri.host, url.port(), isHttp ? 80 : 443);
    return redirectUri;
}

bool arriveAtTheSamePlace(const RedirectUri &a, const RedirectUri &b)
{
    return placeOf(a) == placeOf(b);
}

} // namespace latchkey
