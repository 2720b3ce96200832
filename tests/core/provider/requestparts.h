// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/oauth/httpmessage.h"
#include "core/oauth/tokenresponse.h"
#include "core/provider/providers.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QUrl>

#include <utility>

namespace latchkey::test {

inline const Provider &providerOf(const char *id)
{
    return *findProvider(QString::fromLatin1(id));
}

using Pairs = QList<std::pair<QByteArray, QByteArray>>;

// Decoded as a server does it, independently of the product's own decoder.
inline Pairs formPairs(const QByteArray &encoded)
{
    const auto decoded = [](QByteArray text) {
        return QByteArray::fromPercentEncoding(text.replace('+', ' '));
    };
    Pairs pairs;
    for (const QByteArray &part : encoded.split('&')) {
        const qsizetype equals = part.indexOf('=');
        pairs.append(
            { decoded(part.left(equals)), equals < 0 ? QByteArray() : decoded(part.mid(equals + 1)) });
    }
    return pairs;
}

inline Pairs queryPairs(const QUrl &url)
{
    return formPairs(url.query(QUrl::FullyEncoded).toLatin1());
}

inline QByteArray valueOf(const Pairs &pairs, const QByteArray &name)
{
    for (const auto &[key, value] : pairs) {
        if (key == name)
            return value;
    }
    return {};
}

inline QJsonObject jsonOf(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

inline QByteArray header(const HttpRequest &request, const QByteArray &name)
{
    return valueOf(request.headers, name);
}

inline QDateTime moment(const char *iso)
{
    return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODateWithMs);
}

// The fields' ids in their order: a star marks a secret, a question mark what may stay empty. Left out are
// those that every provider of its kind has.
inline QString fieldsOf(const Provider &provider)
{
    QStringList fields;
    for (const Field &field : provider.fields)
        fields.append(field.id + (field.secret ? QStringLiteral("*") : QString())
                      + (field.required ? QString() : QStringLiteral("?")));
    const QString shared =
        provider.field(QStringLiteral("redirect_uri")) ? QStringLiteral(" share_redirect_uri?") : QString();
    return fields.join(u' ').remove(shared + QStringLiteral(" test_url? tls_certificate? tls_key*?"));
}

// An answer as a vendor sends it.
inline TokenResult answer(const Provider &provider, const QByteArray &body, int status = 200,
                          const QByteArray &contentType = "application/json")
{
    const QDateTime now = moment("2017-08-31T12:00:00Z");
    return provider.parseTokenResponse({ .status = status,
                                         .contentType = contentType,
                                         .body = body,
                                         .date = {},
                                         .retryAfter = {},
                                         .location = {} },
                                       { .startedAt = now, .answeredAt = now, .requestedScopes = {} });
}

} // namespace latchkey::test
