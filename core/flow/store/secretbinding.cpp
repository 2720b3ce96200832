// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/secretbinding.h"

#include "core/base/characters.h"
#include "core/oauth/addressrules.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

QString bindingOf(const Provider &provider, const FieldValues &fields)
{
    QList<QUrl> addresses { provider.tokenEndpoint(fields), provider.baseUrl(fields) };
    if (const QString page = fields.value(u"authorization_url"_s); !page.isEmpty())
        addresses.append(QUrl(page, QUrl::StrictMode));
    QStringList origins;
    for (const QUrl &address : std::as_const(addresses))
        origins.append(toText(originOf(address)));
    origins.removeDuplicates();
    return provider.id + u' ' + origins.join(u' ');
}

std::optional<Problem> bindingFault(const Account &account, const AccountSecrets &secrets,
                                    const QDateTime &now)
{
    const Provider *provider = findProvider(account.providerId);
    if (!provider) // nothing can be sent for it
        return {};
    const QString is = bindingOf(*provider, account.fields);
    return is == secrets.boundTo ? std::nullopt : std::optional(boundElsewhere(secrets.boundTo, is, now));
}

Problem boundElsewhere(const QString &was, const QString &is, const QDateTime &now)
{
    return makeProblem(Problem::Kind::SecretsBoundElsewhere, now, was + u" \u2260 "_s + is);
}

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
    QUrl own = ownAddress(account);
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
