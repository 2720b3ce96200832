// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/apiaddress.h"

#include "core/base/characters.h"
#include "core/oauth/addressrules.h"
#include "core/oauth/origin.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shownAddressLimit = 100; // characters

QUrl ownAddress(const Account &account)
{
    return QUrl(account.fields.value(u"test_url"_s));
}

QUrl asAddress(const QString &host)
{
    if (host.contains(u"://"_s))
        return QUrl(host);
    const QUrl secure(u"https://"_s + host);
    return isLoopbackHost(secure.host()) ? QUrl(u"http://"_s + host) : secure;
}

} // namespace

QUrl testAddress(const Account &account, const Provider &provider)
{
    const QUrl own = ownAddress(account);
    if (!own.isEmpty())
        return own;
    return provider.testUrl ? provider.testUrl(account.fields) : QUrl();
}

QString foreignHost(const Account &account, const Provider &provider)
{
    const QUrl own = ownAddress(account);
    const Origin origin = originOf(own);
    if (own.isEmpty() || origin == originOf(provider.baseUrl(account.fields)))
        return {};
    if (origin.host.isEmpty()) // nobody can say that this is the vendor
        return visibleLine(own.toString(), shownAddressLimit);
    const QString text = toText(origin);
    return originOf(asAddress(text.section(u"://"_s, 1))) == origin ? text.section(u"://"_s, 1) : text;
}

bool isAllowedHost(const QString &foreignHost, const QStringList &allowed)
{
    const Origin foreign = originOf(asAddress(foreignHost));
    return std::any_of(allowed.begin(), allowed.end(), [&](const QString &host) {
        return host == foreignHost || (!foreign.host.isEmpty() && originOf(asAddress(host)) == foreign);
    });
}

} // namespace latchkey
