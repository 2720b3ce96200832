// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/destinations.h"

#include "core/base/characters.h"
#include "core/oauth/origin.h"
#include "core/oauth/redirecturi.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype shownLimit = 2048; // characters, as long as a value may be

bool isUsual(const Origin &origin, const Provider &provider)
{
    if (origin.scheme != "https"_L1 || origin.port != 443)
        return false;
    const QStringList &domains = provider.usualDomains;
    return std::any_of(domains.begin(), domains.end(), [&origin](const QString &domain) {
        return origin.host == domain || origin.host.endsWith(u'.' + domain);
    });
}

const char *addressWarning(const Field &field, const QUrl &url, const Provider &provider,
                           const FieldValues &values)
{
    const Origin origin = originOf(url);
    if (!isUsual(origin, provider))
        return QT_TRANSLATE_NOOP("Provider", "not a usual address of the vendor");
    const bool goesElsewhere = field.id == "test_url"_L1 && origin != originOf(provider.baseUrl(values));
    return goesElsewhere ? QT_TRANSLATE_NOOP("Provider", "not the host of the account") : "";
}

const char *warningFor(const Field &field, const QString &value, const Provider &provider,
                       const FieldValues &values)
{
    switch (field.kind) {
    case Field::Kind::Url: return addressWarning(field, QUrl(value, QUrl::StrictMode), provider, values);
    case Field::Kind::RedirectUri: {
        const auto uri = readRedirectUri(value);
        return uri && uri->kind != RedirectUri::Kind::Elsewhere
            ? ""
            : QT_TRANSLATE_NOOP("Provider", "the browser carries the code off this computer");
    }
    case Field::Kind::Flag: return field.help;
    case Field::Kind::Text:
    case Field::Kind::Choice:
    case Field::Kind::Secret:
    case Field::Kind::Pem: return "";
    }
    Q_UNREACHABLE();
}

bool decides(const Field &field, const QString &value)
{
    if (field.secret || value.isEmpty())
        return false;
    return field.kind == Field::Kind::Url || field.kind == Field::Kind::RedirectUri
        || field.kind == Field::Kind::Pem || (field.isFlag() && value != "false"_L1);
}

} // namespace

QList<Destination> destinations(const Provider &provider, const FieldValues &completed)
{
    QList<Destination> list;
    for (const Field &field : provider.fields) {
        const QString value = completed.value(field.id);
        if (!decides(field, value))
            continue;
        const QString shown =
            field.kind == Field::Kind::Pem ? u"-----BEGIN …"_s : visibleLine(shownAddress(value), shownLimit);
        list.append({ field.id, field.label, shown, warningFor(field, value, provider, completed) });
    }
    return list;
}

} // namespace latchkey
