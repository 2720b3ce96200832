// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/vendoraddress.h"

#include "core/base/characters.h"
#include "core/oauth/addressrules.h"
#include "core/oauth/origin.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QUrl vendorAddress(const FieldValues &fields, const QString &path)
{
    return QUrl(fields.value(u"url"_s) + path, QUrl::StrictMode);
}

QString vendorHost(const FieldValues &fields)
{
    return shownHost(vendorAddress(fields));
}

FieldValues withCompletedAddress(const FieldValues &typed)
{
    FieldValues fields = typed;
    QString url = fields.value(u"url"_s);
    if (url.isEmpty() || firstUnusual(url)) // which is refused by its place in what was typed
        return fields;
    if (!url.contains("://"_L1))
        url.prepend("https://"_L1);
    while (url.endsWith(u'/') && !url.endsWith("://"_L1))
        url.chop(1);
    if (const auto address = readEndpointAddress(url, true)) {
        QUrl plain = *address;
        if (originOf(plain) == originOf(plain.adjusted(QUrl::RemovePort)))
            plain.setPort(-1);
        url = QString::fromLatin1(plain.toEncoded());
    }
    fields.insert(u"url"_s, url);
    return fields;
}

bool hasVendorPath(const FieldValues &fields)
{
    return !vendorAddress(fields).path().isEmpty();
}

QUrl withParameters(const QUrl &page, const UrlParameters &parameters)
{
    QByteArray address = page.toEncoded(QUrl::RemoveFragment);
    char separator = page.query().isEmpty() ? '?' : '&';
    while (address.endsWith('?') || address.endsWith('&'))
        address.chop(1);
    for (const auto &[name, value] : parameters) {
        address += separator + name.toByteArray().toPercentEncoding() + '=' + value.toPercentEncoding();
        separator = '&';
    }
    return QUrl::fromEncoded(address, QUrl::StrictMode);
}

} // namespace latchkey
