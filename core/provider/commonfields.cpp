// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/commonfields.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype pathBytes = 4; // unlike others; it is no secret

} // namespace

QList<Field> commonFields()
{
    return {
        Field {
            .id = u"test_url"_s,
            .kind = Field::Kind::Url,
            .label = QT_TRANSLATE_NOOP("Provider", "Test address"),
            .help = QT_TRANSLATE_NOOP(
                "Provider", "A harmless address of the vendor's API to try the token with, and for curl."),
            .placeholder = QT_TRANSLATE_NOOP("Provider", "optional"),
            .defaultValue = {},
            .choices = {},
            .required = false,
            .advanced = true,
            .bindsToken = false,
        },
        Field {
            .id = u"tls_certificate"_s,
            .kind = Field::Kind::Pem,
            .label = QT_TRANSLATE_NOOP("Provider", "Certificate for https on this computer"),
            .help = QT_TRANSLATE_NOOP(
                "Provider",
                "Only for a redirect URI that begins with https://localhost: the certificate, as PEM text."),
            .placeholder = QT_TRANSLATE_NOOP("Provider", "-----BEGIN CERTIFICATE-----"),
            .defaultValue = {},
            .choices = {},
            .required = false,
            .advanced = true,
            .bindsToken = false,
        },
        Field {
            .id = u"tls_key"_s,
            .kind = Field::Kind::Pem,
            .label = QT_TRANSLATE_NOOP("Provider", "Key of that certificate"),
            .help = QT_TRANSLATE_NOOP(
                "Provider", "The private key of the certificate, as PEM text without a passphrase."),
            .placeholder = QT_TRANSLATE_NOOP("Provider", "-----BEGIN PRIVATE KEY-----"),
            .defaultValue = {},
            .choices = {},
            .required = false,
            .secret = true,
            .advanced = true,
            .bindsToken = false,
        },
    };
}

Field redirectUriField(const QString &proposed, const char *help)
{
    return {
        .id = u"redirect_uri"_s,
        .kind = Field::Kind::RedirectUri,
        .label = QT_TRANSLATE_NOOP("Provider", "Redirect URI"),
        .help = help,
        .placeholder = QT_TRANSLATE_NOOP("Provider", "http://127.0.0.1:PORT/path"),
        .defaultValue = proposed,
        .choices = {},
        .offersLoopback = true,
    };
}

Field shareRedirectUriField()
{
    return {
        .id = shareRedirectUri,
        .kind = Field::Kind::Flag,
        .label = QT_TRANSLATE_NOOP("Provider", "Share the redirect URI with other hosts"),
        .help = QT_TRANSLATE_NOOP(
            "Provider",
            "Accounts at other hosts have the same redirect URI: whoever runs one of these hosts can obtain "
            "codes that are meant for another."),
        .defaultValue = {},
        .choices = {},
        .required = false,
        .advanced = true,
        .bindsToken = false,
    };
}

QString ownRedirectUri(const Field &field, RandomBytes random)
{
    return field.defaultValue + u'/' + QString::fromLatin1(random(pathBytes).toHex());
}

} // namespace latchkey
