// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/apiaddress.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QUrl ownAddress(const Account &account)
{
    return QUrl(account.fields.value(u"test_url"_s));
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
    const QString host = ownAddress(account).host();
    return host != provider.baseUrl(account.fields).host() ? host : QString();
}

} // namespace latchkey
