// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/vendorparts.h"

#include "core/base/characters.h"
#include "core/base/result.h"
#include "core/oauth/addressrules.h"
#include "core/oauth/origin.h"

#include <QJsonDocument>

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
    if (url.isEmpty() || firstUnusual(url)) // checkFields() refuses it and names its place
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

namespace {

constexpr qsizetype pathBytes = 4; // enough to be unique; it is not a secret

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
        .offersLoopback = true,
    };
}

Field shareRedirectUriField()
{
    return {
        .id = shareRedirectUri,
        .kind = Field::Kind::Flag,
        .label = QT_TRANSLATE_NOOP("Provider", "Share the redirect URI with other hosts"),
        .help = QT_TRANSLATE_NOOP("Provider",
                                  "Accounts at other hosts have the same redirect URI: the operator of one "
                                  "of these hosts can obtain codes that are meant for another."),
        .required = false,
        .advanced = true,
        .bindsToken = false,
    };
}

QString ownRedirectUri(const Field &field, RandomBytes random)
{
    return field.defaultValue + u'/' + QString::fromLatin1(random(pathBytes).toHex());
}

HttpRequest formRequest(const QUrl &endpoint, const FormBody &form, const QByteArray &contentType)
{
    return { .method = HttpMethod::Post,
             .url = endpoint,
             .headers = { { "Content-Type", contentType }, { "Accept", "application/json" } },
             .body = form.encoded(),
             .allowPlainHttp = false };
}

HttpRequest jsonRequest(const QUrl &endpoint, const QJsonObject &json)
{
    return { .method = HttpMethod::Post,
             .url = endpoint,
             .headers = { { "Content-Type", "application/json" }, { "Accept", "application/json" } },
             .body = QJsonDocument(json).toJson(QJsonDocument::Compact),
             .allowPlainHttp = false };
}

Secret secretValue(const SecretValues &secrets, const QString &fieldId)
{
    const auto found = secrets.find(fieldId);
    return found == secrets.end() ? Secret() : Secret(found->second);
}

QString textOf(const Secret &secret)
{
    return QString::fromUtf8(secret.reveal());
}

RefusalMeaning usualMeaning(const TokenError &error, bool)
{
    const auto *oauth = std::get_if<OAuthError>(&error);
    return oauth && oauth->code == OAuthError::Code::InvalidGrant ? RefusalMeaning::SignIn
                                                                  : RefusalMeaning::TryAgain;
}

int statusOf(const TokenError &error)
{
    return std::visit(Overloaded { [](const TransportError &) { return 0; },
                                   [](const MalformedResponse &) { return 0; },
                                   [](const auto &answer) { return answer.status; } },
                      error);
}

} // namespace latchkey
