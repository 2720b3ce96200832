// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/secretbinding.h"

#include "core/oauth/origin.h"
#include "core/provider/providers.h"

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

} // namespace latchkey
