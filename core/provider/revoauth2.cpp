// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/pkce.h"
#include "core/provider/commonfields.h"
#include "core/provider/providers.h"
#include "core/provider/revfields.h"
#include "core/provider/tokenmessages.h"
#include "core/provider/vendoraddress.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QList<Field> revOAuth2Fields()
{
    return QList<Field> {
        revUrlField(),
        revApiKeyField(),
        redirectUriField(u"http://127.0.0.1:53119/rev-oauth2"_s,
                         QT_TRANSLATE_NOOP("Provider",
                                           "Must be exactly the Redirect URI of the key, in Rev > System "
                                           "Settings > API Keys.")),
        {
            .id = u"header_scheme"_s,
            .kind = Field::Kind::Choice,
            .label = QT_TRANSLATE_NOOP("Provider", "Word before the token"),
            .help = QT_TRANSLATE_NOOP("Provider",
                                      "Rev's API takes VBrick. Choose Bearer only if your Rev refuses it."),
            .defaultValue = u"VBrick"_s,
            .choices = { { u"VBrick"_s, QT_TRANSLATE_NOOP("Provider", "VBrick") },
                         { u"Bearer"_s, QT_TRANSLATE_NOOP("Provider", "Bearer") } },
            .advanced = true,
            .bindsToken = false,
        },
    }
    + QList<Field> { shareRedirectUriField() } + commonFields();
}

QUrl revOAuth2TokenEndpoint(const FieldValues &fields)
{
    return vendorAddress(fields, u"/api/v2/oauth2/token"_s);
}

// Rev knows S256 alone, so the vendor's request names no code_challenge_method.
std::optional<QUrl> revOAuth2AuthorizationUrl(const AuthorizationRequest &request)
{
    return withParameters(vendorAddress(request.fields, u"/api/v2/oauth2/authorize"_s),
                          { { "client_id", request.fields.value(u"api_key"_s).toUtf8() },
                            { "code_challenge", codeChallengeS256(request.codeVerifier) },
                            { "response_type", "code" },
                            { "redirect_uri", request.fields.value(u"redirect_uri"_s).toUtf8() },
                            { "state", request.state.reveal().toByteArray() } });
}

HttpRequest revOAuth2TokenRequest(const FieldValues &fields, const SecretValues &, const Grant &grant)
{
    const auto *renewal = std::get_if<RefreshTokenGrant>(&grant);
    const auto *exchange = std::get_if<AuthorizationCodeGrant>(&grant);
    Q_ASSERT(renewal || exchange);

    QJsonObject json { { u"client_id"_s, fields.value(u"api_key"_s) },
                       { u"redirect_uri"_s, fields.value(u"redirect_uri"_s) } };
    if (renewal) {
        json.insert(u"grant_type"_s, u"refresh_token"_s);
        json.insert(u"refresh_token"_s, textOf(renewal->refreshToken));
    } else if (exchange) {
        json.insert(u"grant_type"_s, u"authorization_code"_s);
        json.insert(u"code"_s, textOf(exchange->code));
        json.insert(u"code_verifier"_s, textOf(exchange->codeVerifier));
    }
    return jsonRequest(revOAuth2TokenEndpoint(fields), json);
}

TokenResult parseRevOAuth2Response(const HttpResponse &response, const TokenRequestContext &context)
{
    static const TokenResponseFormat format { .expiration = {},
                                              .user = { u"username"_s, u"userId"_s },
                                              .headerScheme = {} };
    return parseTokenResponse(response, context, format);
}

// The answer's token_type says Bearer, but the vendor's own client sends VBrick: the account decides.
QString revOAuth2HeaderScheme(const FieldValues &fields, const TokenFacts &)
{
    return fields.value(u"header_scheme"_s, u"VBrick"_s);
}

} // namespace

Provider revOAuth2()
{
    return {
        .id = u"rev-oauth2"_s,
        .displayName = QT_TRANSLATE_NOOP("Provider", "Vbrick Rev"),
        .variant = QT_TRANSLATE_NOOP("Provider", "OAuth 2 with PKCE"),
        .summary = QT_TRANSLATE_NOOP("Provider", "Enterprise video"),
        .picture = u":/providers/rev.svg"_s,
        .fields = revOAuth2Fields(),
        .usesPkce = true,
        .registerHint = QT_TRANSLATE_NOOP(
            "Provider", "Register exactly this in Rev: System Settings > API Keys, Redirect URI of the key."),
        .removalNote = QT_TRANSLATE_NOOP(
            "Provider",
            "Rev is not told: the key stays under API Keys, and tokens that are still valid work "
            "until they expire. Remove the key in Rev if nobody else uses it."),
        .refusedHelp = QT_TRANSLATE_NOOP(
            "Provider",
            "Compare the API key and the redirect URI with Rev > System Settings > API Keys, "
            "character by character."),
        .usualDomains = { u"vbrick.com"_s },
        .testUserMembers = revUserMembers(),
        .complete = &withCompletedAddress,
        .check = &checkRevAddress,
        .baseUrl = [](const FieldValues &fields) { return vendorAddress(fields); },
        .tokenEndpoint = &revOAuth2TokenEndpoint,
        .environment = &vendorHost,
        .authorizationUrl = &revOAuth2AuthorizationUrl,
        .tokenRequest = &revOAuth2TokenRequest,
        .parseTokenResponse = &parseRevOAuth2Response,
        .meaningOf = &meaningOfRevError,
        .headerScheme = &revOAuth2HeaderScheme,
        .testUrl = &revSessionUrl,
    };
}

} // namespace latchkey
