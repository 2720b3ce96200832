// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/pkce.h"
#include "core/provider/vendorparts.h"

#include <QMessageAuthenticationCode>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Both ways of signing in to Vbrick Rev share these.
Field revUrlField()
{
    return {
        .id = u"url"_s,
        .kind = Field::Kind::Url,
        .label = QT_TRANSLATE_NOOP("Provider", "Rev address"),
        .help = QT_TRANSLATE_NOOP("Provider",
                                  "The address you open Rev with in the browser, up to the first slash."),
        .placeholder = QT_TRANSLATE_NOOP("Provider", "https://company.rev.vbrick.com"),
        .bindsSecrets = true,
    };
}

Field revApiKeyField()
{
    return {
        .id = u"api_key"_s,
        .label = QT_TRANSLATE_NOOP("Provider", "API key"),
        .help = QT_TRANSLATE_NOOP("Provider",
                                  "In Rev: gear > System Settings > API Keys > Add Key, the value of Key."),
    };
}

// The address of Rev is a host: a pasted path would end up in every request.
QList<FieldProblem> checkRevAddress(const FieldValues &fields)
{
    if (!hasVendorPath(fields))
        return {};
    return { { u"url"_s,
               QT_TRANSLATE_NOOP("Provider",
                                 "Enter only the host, such as https://company.rev.vbrick.com, without the "
                                 "path after it.") } };
}

// A harmless request: 200 with a working token, 401 without.
QUrl revSessionUrl(const FieldValues &fields)
{
    return vendorAddress(fields, u"/api/v2/user/session"_s);
}

// Where the answer of that request names the user.
QStringList revUserMembers()
{
    return { u"username"_s, u"userId"_s };
}

// Rev documents one refusal, 401. For an extension it means that the session has ended.
RefusalMeaning meaningOfRevError(const TokenError &error, bool renewing)
{
    return renewing && statusOf(error) == 401 ? RefusalMeaning::SignIn : usualMeaning(error, renewing);
}

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

// The verifier contains the time and is valid for 30 minutes, so make it when the browser is opened.
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

// The vendor says "always VBrick", so use it if an answer names no issuer, or one that is not valid in a
// header.
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

// Rev supports only S256, so its documented request has no code_challenge_method.
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
