// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/commonfields.h"
#include "core/provider/providers.h"
#include "core/provider/revfields.h"
#include "core/provider/tokenmessages.h"
#include "core/provider/vendoraddress.h"

#include <QMessageAuthenticationCode>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QList<Field> revFields()
{
    return QList<Field> {
        revUrlField(),
        {
            .id = u"prefix"_s,
            .kind = Field::Kind::Choice,
            .label = QT_TRANSLATE_NOOP("Provider", "Path of the sign-in"),
            .help = QT_TRANSLATE_NOOP("Provider", "Only old versions of Rev still use /oauth."),
            .defaultValue = u"/api/v2/oauth"_s,
            .choices = { { u"/api/v2/oauth"_s, QT_TRANSLATE_NOOP("Provider", "/api/v2/oauth (current Rev)") },
                         { u"/oauth"_s, QT_TRANSLATE_NOOP("Provider", "/oauth (older Rev)") } },
            .advanced = true,
        },
        revApiKeyField(),
        {
            .id = u"api_secret"_s,
            .kind = Field::Kind::Secret,
            .label = QT_TRANSLATE_NOOP("Provider", "API secret"),
            .help = QT_TRANSLATE_NOOP(
                "Provider",
                "Shown by Rev with the key under API Keys. It signs the sign-in and is never sent."),
            .defaultValue = {},
            .choices = {},
            .secret = true,
        },
        redirectUriField(u"http://127.0.0.1:53118/rev"_s,
                         QT_TRANSLATE_NOOP("Provider",
                                           "Must be exactly the Redirect URI of the key, in Rev > System "
                                           "Settings > API Keys.")),
    }
    + QList<Field> { shareRedirectUriField() } + commonFields();
}

QUrl revTokenEndpoint(const FieldValues &fields)
{
    return vendorAddress(fields, fields.value(u"prefix"_s) + "/token"_L1);
}

// The verifier holds the time and is good for 30 minutes, so it is made when the browser is opened.
std::optional<QUrl> revAuthorizationUrl(const AuthorizationRequest &request)
{
    const QByteArray apiKey = request.fields.value(u"api_key"_s).toUtf8();
    const QByteArray verifier = apiKey + "::" + request.now.toUTC().toString(Qt::ISODateWithMs).toLatin1();
    const QByteArray signature =
        QMessageAuthenticationCode::hash(verifier,
                                         secretValue(request.secrets, u"api_secret"_s).reveal().toByteArray(),
                                         QCryptographicHash::Sha256)
            .toBase64();
    const QString path = request.fields.value(u"prefix"_s) + "/authorization"_L1;
    return withParameters(vendorAddress(request.fields, path),
                          { { "apiKey", apiKey },
                            { "signature", signature },
                            { "verifier", verifier },
                            { "redirect_uri", request.fields.value(u"redirect_uri"_s).toUtf8() },
                            { "response_type", "code" },
                            { "state", request.state.reveal().toByteArray() } });
}

HttpRequest revTokenRequest(const FieldValues &fields, const SecretValues &, const Grant &grant)
{
    const auto *renewal = std::get_if<RefreshTokenGrant>(&grant);
    const auto *exchange = std::get_if<AuthorizationCodeGrant>(&grant);
    Q_ASSERT(renewal || exchange);

    QJsonObject json { { u"apiKey"_s, fields.value(u"api_key"_s) },
                       { u"redirectUri"_s, fields.value(u"redirect_uri"_s) } };
    if (renewal) {
        json.insert(u"grantType"_s, u"refresh_token"_s);
        json.insert(u"authCode"_s, textOf(renewal->authorizationCode));
        json.insert(u"refreshToken"_s, textOf(renewal->refreshToken));
    } else if (exchange) {
        json.insert(u"grantType"_s, u"authorization_code"_s);
        json.insert(u"authCode"_s, textOf(exchange->code));
    }
    return jsonRequest(revTokenEndpoint(fields), json);
}

constexpr auto documentedIssuer = "VBrick"_L1;

bool isSchemeName(const QString &word)
{
    return !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar c) {
        return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'_');
    });
}

TokenResult parseRevResponse(const HttpResponse &response, const TokenRequestContext &context)
{
    static const TokenResponseFormat format {
        .accessToken = u"accessToken"_s,
        .refreshToken = u"refreshToken"_s,
        .expiresIn = {},
        .expiration = u"expiration"_s,
        .tokenType = {},
        .user = { u"username"_s, u"userId"_s, u"userID"_s },
        .headerScheme = u"issuedBy"_s,
    };
    return parseTokenResponse(response, context, format).transform([](TokenSet tokens) {
        if (tokens.facts.headerScheme.isEmpty())
            tokens.facts.headerScheme = documentedIssuer;
        return tokens;
    });
}

// "always VBrick" says the vendor; that holds too where an answer names no issuer, or one that cannot
// stand in a header.
QString revHeaderScheme(const FieldValues &, const TokenFacts &facts)
{
    return isSchemeName(facts.headerScheme) ? facts.headerScheme : QString(documentedIssuer);
}

} // namespace

Provider rev()
{
    return {
        .id = u"rev"_s,
        .displayName = QT_TRANSLATE_NOOP("Provider", "Vbrick Rev"),
        .variant = QT_TRANSLATE_NOOP("Provider", "API key and signature"),
        .summary = QT_TRANSLATE_NOOP("Provider", "Enterprise video"),
        .picture = u":/providers/rev.svg"_s,
        .fields = revFields(),
        .codeParameter = "auth_code",
        .codeSpaceMeansPlus = true,
        .registerHint = QT_TRANSLATE_NOOP(
            "Provider", "Register exactly this in Rev: System Settings > API Keys, Redirect URI of the key."),
        .removalNote = QT_TRANSLATE_NOOP(
            "Provider",
            "Rev is not told: the key stays under API Keys, and a session that is still open lasts "
            "until Rev's inactivity timeout. Remove the key in Rev if nobody else uses it."),
        .refusedHelp = QT_TRANSLATE_NOOP(
            "Provider",
            "Compare the API key, the API secret and the redirect URI with Rev > System Settings > "
            "API Keys, character by character."),
        .usualDomains = { u"vbrick.com"_s },
        .testUserMembers = revUserMembers(),
        .complete = &withCompletedAddress,
        .check = &checkRevAddress,
        .baseUrl = [](const FieldValues &fields) { return vendorAddress(fields); },
        .tokenEndpoint = &revTokenEndpoint,
        .environment = &vendorHost,
        .authorizationUrl = &revAuthorizationUrl,
        .tokenRequest = &revTokenRequest,
        .parseTokenResponse = &parseRevResponse,
        .meaningOf = &meaningOfRevError,
        .headerScheme = &revHeaderScheme,
        .testUrl = &revSessionUrl,
    };
}

} // namespace latchkey
