// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/oauth/redirect.h"
#include "core/provider/vendorparts.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto production = "https://api.priava.com/api"_L1;
constexpr auto sandbox = "https://api-sandbox.priava.com/api"_L1;

QList<Field> priavaFields()
{
    return QList<Field> {
        {
            .id = u"url"_s,
            .kind = Field::Kind::Url,
            .label = QT_TRANSLATE_NOOP("Provider", "API address"),
            .help = QT_TRANSLATE_NOOP("Provider",
                                      "Production for your live Priava, Sandbox for its test system, or the "
                                      "address Priava gave you."),
            .placeholder = QT_TRANSLATE_NOOP("Provider", "https://api.priava.com/api"),
            .defaultValue = production,
            .choices = { { production, QT_TRANSLATE_NOOP("Provider", "Production") },
                         { sandbox, QT_TRANSLATE_NOOP("Provider", "Sandbox") } },
            .bindsSecrets = true,
        },
        {
            .id = u"region"_s,
            .kind = Field::Kind::Choice,
            .label = QT_TRANSLATE_NOOP("Provider", "Tenant region"),
            .help = QT_TRANSLATE_NOOP(
                "Provider", "Where your Priava is hosted. If unsure, ask your Priava administrator."),
            .choices = { { u"APAC"_s, QT_TRANSLATE_NOOP("Provider", "APAC (Asia and Pacific)") },
                         { u"EU"_s, QT_TRANSLATE_NOOP("Provider", "EU (Europe)") },
                         { u"US"_s, QT_TRANSLATE_NOOP("Provider", "US (Americas)") } },
        },
        {
            .id = u"client_id"_s,
            .label = QT_TRANSLATE_NOOP("Provider", "Client ID"),
            .help = QT_TRANSLATE_NOOP(
                "Provider", "Shown by Priava after Admin > API Access > Access Token > Add > Save."),
        },
        {
            .id = u"client_secret"_s,
            .kind = Field::Kind::Secret,
            .label = QT_TRANSLATE_NOOP("Provider", "Client secret"),
            .help = QT_TRANSLATE_NOOP("Provider", "Shown by Priava together with the Client ID."),
            .secret = true,
        },
        redirectUriField(u"http://127.0.0.1:53117/priava"_s,
                         QT_TRANSLATE_NOOP("Provider",
                                           "Must be exactly the Redirect URI entered in Priava > Admin > API "
                                           "Access > Access Token.")),
        {
            .id = u"authorization_url"_s,
            .kind = Field::Kind::Url,
            .label = QT_TRANSLATE_NOOP("Provider", "Page to open for the sign-in"),
            .help = QT_TRANSLATE_NOOP("Provider",
                                      "The authorization page, or your Priava admin page. Leave it empty to "
                                      "paste the code instead."),
            .placeholder = QT_TRANSLATE_NOOP("Provider", "optional"),
            .required = false,
            .bindsToken = false,
        },
        {
            .id = u"code"_s,
            .kind = Field::Kind::Secret,
            .label = QT_TRANSLATE_NOOP("Provider", "Code"),
            .help = QT_TRANSLATE_NOOP(
                "Provider",
                "Shown by Priava together with the Client ID. It works once; leave it empty to sign "
                "in with the browser."),
            .placeholder = QT_TRANSLATE_NOOP("Provider", "optional"),
            .required = false,
            .secret = true,
        },
    }
    + QList<Field> { shareRedirectUriField() } + commonFields();
}

// A page address that already names the client or the redirect URI would override our parameters (R7); so
// would a request object (RFC 9101). Some servers split at semicolons, and take "redirect_uri[]" for
// redirect_uri.
bool namesOurParameters(const QUrl &page)
{
    static const QSet<QByteArray> ours { "client_id",      "redirect_uri", "state",
                                         "code_challenge", "scope",        "code_challenge_method",
                                         "response_type",  "request",      "request_uri",
                                         "response_mode" };
    const auto items = readFormQuery(page.query(QUrl::FullyEncoded).toLatin1().replace(';', '&'));
    if (!items)
        return true;
    return std::any_of(items->begin(), items->end(), [](const auto &item) {
        return ours.contains(item.first.toLower().split('[').first());
    });
}

QList<FieldProblem> checkPriavaPage(const FieldValues &fields)
{
    QList<FieldProblem> problems;
    const QString page = fields.value(u"authorization_url"_s);
    if (!page.isEmpty() && namesOurParameters(QUrl(page, QUrl::StrictMode))) {
        problems.append(
            { u"authorization_url"_s,
              QT_TRANSLATE_NOOP("Provider",
                                "Leave client_id, redirect_uri, state, response_type, response_mode, "
                                "scope, code_challenge and request out of the address: Latchkey adds "
                                "its own.") });
    }
    return problems;
}

QUrl priavaTokenEndpoint(const FieldValues &fields)
{
    return vendorAddress(fields, u"/rest/oauth/token"_s);
}

QString priavaEnvironment(const FieldValues &fields)
{
    const QString url = fields.value(u"url"_s);
    QString place = vendorHost(fields);
    if (url == production)
        place = QCoreApplication::translate("Provider", "production");
    else if (url == sandbox)
        place = QCoreApplication::translate("Provider", "sandbox");
    return fields.value(u"region"_s) + u" · "_s + place;
}

std::optional<QUrl> priavaAuthorizationUrl(const AuthorizationRequest &request)
{
    const QString page = request.fields.value(u"authorization_url"_s);
    if (page.isEmpty())
        return {};
    return withParameters(QUrl(page, QUrl::StrictMode),
                          { { "response_type", "code" },
                            { "client_id", request.fields.value(u"client_id"_s).toUtf8() },
                            { "redirect_uri", request.fields.value(u"redirect_uri"_s).toUtf8() },
                            { "state", request.state.reveal().toByteArray() } });
}

HttpHeaders priavaApiHeaders(const FieldValues &fields)
{
    return { { "TenantRegion", fields.value(u"region"_s).toUtf8() } };
}

HttpRequest priavaTokenRequest(const FieldValues &fields, const SecretValues &secrets, const Grant &grant)
{
    const auto *renewal = std::get_if<RefreshTokenGrant>(&grant);
    const auto *exchange = std::get_if<AuthorizationCodeGrant>(&grant);
    Q_ASSERT(renewal || exchange);

    FormBody form;
    form.add("grant_type", renewal ? "refresh_token" : "authorization_code")
        .add("client_id", fields.value(u"client_id"_s).toUtf8())
        .add("client_secret", secretValue(secrets, u"client_secret"_s).reveal());
    if (renewal)
        form.add("refresh_token", renewal->refreshToken.reveal());
    else if (exchange)
        form.add("code", exchange->code.reveal());
    form.add("redirect_uri", fields.value(u"redirect_uri"_s).toUtf8());

    HttpRequest request =
        formRequest(priavaTokenEndpoint(fields), form, "application/x-www-form-urlencoded;charset=utf-8");
    request.headers += priavaApiHeaders(fields);
    return request;
}

TokenResult parsePriavaResponse(const HttpResponse &response, const TokenRequestContext &context)
{
    // 450 requests in five minutes for each API user, then 429 with the time in its body (vendor).
    static const TokenResponseFormat format {
        .expiration = {}, .user = {}, .headerScheme = {}, .retryAfter = u"retry-after"_s, .usualWait = 300s
    };
    return parseTokenResponse(response, context, format);
}

// Priava does not document its error codes, so a 400 with an unknown one may mean either.
RefusalMeaning meaningOfPriavaError(const TokenError &error, bool renewing)
{
    const auto *oauth = std::get_if<OAuthError>(&error);
    const bool isUnknown = statusOf(error) == 400 && (!oauth || oauth->code == OAuthError::Code::Other);
    return renewing && isUnknown ? RefusalMeaning::TryAgainOrSignIn : usualMeaning(error, renewing);
}

} // namespace

Provider priava()
{
    return {
        .id = u"priava"_s,
        .displayName = QT_TRANSLATE_NOOP("Provider", "Priava"),
        .summary = QT_TRANSLATE_NOOP("Provider", "Venue and event management"),
        .picture = u":/providers/priava.svg"_s,
        .fields = priavaFields(),
        .redirectsWithoutState = true,
        .registerHint = QT_TRANSLATE_NOOP(
            "Provider", "Register exactly this in Priava: Admin > API Access > Access Token, Redirect URI."),
        .removalNote = QT_TRANSLATE_NOOP(
            "Provider",
            "Priava is not told: the entry under Admin > API Access stays, and so do tokens that "
            "are still valid. Delete the entry in Priava to end them."),
        .refusedHelp = QT_TRANSLATE_NOOP(
            "Provider",
            "Compare the client ID, the client secret, the redirect URI and the tenant region with "
            "Priava > Admin > API Access > Access Token."),
        .usualDomains = { u"priava.com"_s },
        .complete = &withCompletedAddress,
        .check = &checkPriavaPage,
        .baseUrl = [](const FieldValues &fields) { return vendorAddress(fields); },
        .tokenEndpoint = &priavaTokenEndpoint,
        .environment = &priavaEnvironment,
        .authorizationUrl = &priavaAuthorizationUrl,
        .tokenRequest = &priavaTokenRequest,
        .parseTokenResponse = &parsePriavaResponse,
        .meaningOf = &meaningOfPriavaError,
        .headerScheme = [](const FieldValues &, const TokenFacts &) { return u"Bearer"_s; },
        .apiHeaders = &priavaApiHeaders,
    };
}

} // namespace latchkey
