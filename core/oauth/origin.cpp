// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/origin.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

int ownPort(const QString &scheme)
{
    if (scheme == "https"_L1)
        return 443;
    return scheme == "http"_L1 ? 80 : 0;
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

} // namespace

Origin originOf(const QUrl &url)
{
    const QString scheme = url.scheme().toLower();
    return { scheme, url.host(QUrl::FullyEncoded).toLower(), url.port(ownPort(scheme)) };
}

QString toText(const Origin &origin)
{
    const QString address = origin.scheme + u"://"_s + bracketed(origin.host);
    return origin.port == ownPort(origin.scheme) ? address : address + u':' + QString::number(origin.port);
}

QString shownHost(const QUrl &url)
{
    const QString host = bracketed(url.host(QUrl::FullyEncoded));
    return url.port() < 0 ? host : host + u':' + QString::number(url.port());
}

QString shownAddress(const QString &typed)
{
    const bool isAscii = std::all_of(typed.begin(), typed.end(), [](QChar c) { return c.unicode() < 0x80; });
    const QUrl url(typed, QUrl::StrictMode);
    return isAscii || url.host().isEmpty() ? typed : QString::fromLatin1(url.toEncoded());
}

} // namespace latchkey
