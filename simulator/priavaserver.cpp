// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>
#include <QUrl>

#include "simulator/faults.h"
#include "simulator/fields.h"
#include "simulator/page.h"
#include "simulator/signin.h"
#include "simulator/vendors.h"

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

namespace {

// The error answer as documented, its spaces and line ends included.
Answer priavaRefusal(const QString &code, const QString &description)
{
    return jsonAnswer(
        400, "{ \n\"error\": " + quoted(code) + ",\n \"error_description\" : " + quoted(description) + " }");
}

QString headerComplaint(const Request &request)
{
    static const QRegularExpression contentType(u"^application/x-www-form-urlencoded; ?charset=utf-8$"_s,
                                                QRegularExpression::CaseInsensitiveOption);
    if (!request.query.isEmpty())
        return u"The fields belong into the body"_s;
    if (!contentType.match(QString::fromLatin1(request.header("Content-Type"))).hasMatch())
        return u"Content-Type must be application/x-www-form-urlencoded;charset=utf-8"_s;
    if (!QByteArrayList { "APAC", "EU", "US" }.contains(request.header("TenantRegion")))
        return u"TenantRegion must be APAC, EU or US"_s;
    return {};
}

Answer priavaTokenAnswer(const Tokens &tokens)
{
    QByteArray body = "{ \n\"access_token\": " + quoted(tokens.accessToken);
    if (!tokens.refreshToken.isEmpty())
        body += ", \"refresh_token\": " + quoted(tokens.refreshToken);
    body += R"(, "token_type" : "BEARER")";
    if (tokens.lifetime)
        body += ", \"expires_in\": " + QByteArray::number(*tokens.lifetime);
    return jsonAnswer(200, body + " }");
}

// Priava: form requests, a tenant region in each, refresh tokens that rotate.
class PriavaServer final : public VendorServer
{
public:
    explicit PriavaServer(SimulatorState &state) : m_state(state) {}
    [[nodiscard]] std::optional<Answer> answer(const Request &request) override;

private:
    Answer authorize(const Request &request);
    Answer admin(const Request &request);
    [[nodiscard]] Answer adminPage(const QString &newCode) const;
    Answer token(const Request &request);
    Answer exchange(const Request &request, const std::optional<Fields> &fields, bool silent);
    Answer grantTokens(const Fields &fields, Client &client, bool silent);
    [[nodiscard]] Answer ping(const Request &request) const;

    SimulatorState &m_state;
};

} // namespace

std::optional<Answer> PriavaServer::answer(const Request &request)
{
    if (request.path == "/priava/authorize"_L1)
        return authorize(request);
    if (request.path == "/priava/admin"_L1)
        return admin(request);
    if (request.path == "/api/rest/oauth/token"_L1)
        return request.method == "POST" ? token(request) : methodNotAllowed("POST");
    if (request.path == "/api/rest/ping"_L1)
        return request.method == "GET" ? ping(request) : methodNotAllowed("GET");
    return std::nullopt;
}

Answer PriavaServer::authorize(const Request &request)
{
    const auto fields = Fields::fromForm(request.query);
    if (!fields)
        return refusedVisit(u"Priava"_s, u"The query is damaged."_s);
    const QString complaint =
        fields->complaint({ u"client_id"_s, u"redirect_uri"_s, u"response_type"_s, u"state"_s });
    if (!complaint.isEmpty())
        return refusedVisit(u"Priava"_s, complaint);
    const Client *client = m_state.configuration.client(u"priava"_s, fields->value(u"client_id"_s));
    if (!client)
        return refusedVisit(u"Priava"_s, u"There is no client with this client_id."_s);
    if (!client->redirectUris.contains(fields->value(u"redirect_uri"_s)))
        return refusedVisit(u"Priava"_s, u"redirect_uri is not the registered one."_s);
    if (fields->value(u"response_type"_s) != "code"_L1)
        return refusedVisit(u"Priava"_s, u"response_type must be code."_s);
    return receiveVisit(m_state, request,
                        { .vendorName = u"Priava"_s,
                          .accent = "#0b6e6e",
                          .vendor = u"priava"_s,
                          .client = client->id,
                          .redirectUri = fields->value(u"redirect_uri"_s),
                          .state = fields->value(u"state"_s),
                          .codeParameter = "code",
                          .challenge = {} });
}

// The vendor's page "API Access": it starts the redirect itself, without a state.
Answer PriavaServer::admin(const Request &request)
{
    if (request.method != "POST")
        return adminPage({});
    const auto fields = Fields::fromForm(request.body);
    Client *client =
        fields ? m_state.configuration.client(u"priava"_s, fields->value(u"client_id"_s)) : nullptr;
    const QString redirectUri = fields ? fields->value(u"redirect_uri"_s) : QString();
    if (!client || !client->redirectUris.contains(redirectUri))
        return refusedVisit(u"Priava"_s, u"There is no such client or redirect URI."_s);
    Grant grant;
    grant.user = client->user;
    grant.redirectUri = redirectUri;
    const QString code = m_state.ledger.issueCode(*client, grant);
    if (fields->value(u"act"_s) == "show"_L1)
        return adminPage(code);
    return redirectAnswer(302, redirectLocation(redirectUri, "code=" + QUrl::toPercentEncoding(code)));
}

Answer PriavaServer::adminPage(const QString &newCode) const
{
    QByteArray content = "<p>Access tokens for your own applications.</p>\n";
    if (!newCode.isEmpty())
        content += "<p>Code: <code id=\"code\">" + newCode.toHtmlEscaped().toUtf8() + "</code></p>\n";
    for (const Client &client : m_state.configuration.clients) {
        if (client.vendor != "priava"_L1)
            continue;
        for (const QString &redirectUri : client.redirectUris) {
            const QByteArray id = client.id.toHtmlEscaped().toUtf8();
            const QByteArray uri = redirectUri.toHtmlEscaped().toUtf8();
            content += "<article><form method=\"post\">\n<input type=\"hidden\" name=\"client_id\" value=\""
                + id + R"("><input type="hidden" name="redirect_uri" value=")" + uri
                + "\">\n<p>Client ID: <code>" + id + "</code><br>Tenant region: <code>"
                + client.region.toUtf8() + "</code><br>Redirect URI: <code>" + uri
                + "</code></p>\n<div class=\"buttons\"><button class=\"main generate\" name=\"act\" "
                  "value=\"generate\">Generate code</button><button class=\"show\" name=\"act\" "
                  "value=\"show\">Show a code</button></div>\n</form></article>\n";
        }
    }
    return htmlAnswer(200, plainPage(u"Priava: API Access"_s, content));
}

Answer PriavaServer::token(const Request &request)
{
    const auto fields = Fields::fromForm(request.body);
    const TokenCall call { .vendor = u"priava"_s,
                           .client = fields ? fields->value(u"client_id"_s) : QString(),
                           .grant = fields ? fields->value(u"grant_type"_s) : QString() };
    return answerTokenCall(m_state, call, { .refuse = priavaRefusal, .serve = [&](bool silent) {
                                               return exchange(request, fields, silent);
                                           } });
}

Answer PriavaServer::exchange(const Request &request, const std::optional<Fields> &fields, bool silent)
{
    if (const QString complaint = headerComplaint(request); !complaint.isEmpty())
        return priavaRefusal(u"invalid_request"_s, complaint);
    if (!fields)
        return priavaRefusal(u"invalid_request"_s, u"The body is not a form"_s);
    const QString grantType = fields->value(u"grant_type"_s);
    if (grantType != "authorization_code"_L1 && grantType != "refresh_token"_L1)
        return priavaRefusal(u"unsupported_grant_type"_s,
                             u"grant_type must be authorization_code or refresh_token"_s);
    const QString proof = grantType == "refresh_token"_L1 ? u"refresh_token"_s : u"code"_s;
    const QString complaint =
        fields->complaint({ u"grant_type"_s, u"client_id"_s, u"client_secret"_s, proof, u"redirect_uri"_s });
    if (!complaint.isEmpty())
        return priavaRefusal(u"invalid_request"_s, complaint);

    Client *client = m_state.configuration.client(u"priava"_s, fields->value(u"client_id"_s));
    if (!client || client->secret != fields->value(u"client_secret"_s)
        || client->region.toLatin1() != request.header("TenantRegion"))
        return priavaRefusal(u"invalid_client"_s,
                             u"There is no such client in this region, or its secret is wrong"_s);
    return grantTokens(*fields, *client, silent);
}

Answer PriavaServer::grantTokens(const Fields &fields, Client &client, bool silent)
{
    const QString redirectUri = fields.value(u"redirect_uri"_s);
    Grant *grant = fields.has(u"code"_s)
        ? m_state.ledger.byCode(client, fields.value(u"code"_s))
        : m_state.ledger.byRefreshToken(client, fields.value(u"refresh_token"_s));
    if (!grant)
        return priavaRefusal(u"invalid_grant"_s, u"The code or refresh token is unknown, used or expired"_s);
    if (!client.redirectUris.contains(redirectUri)
        || (!grant->redirectUri.isEmpty() && grant->redirectUri != redirectUri))
        return priavaRefusal(u"invalid_grant"_s, u"redirect_uri is not the one the code was made for"_s);
    grant->redirectUri = redirectUri;
    return priavaTokenAnswer(m_state.ledger.issueTokens(*grant, client, silent));
}

Answer PriavaServer::ping(const Request &request) const
{
    const QString authorization = QString::fromUtf8(request.header("Authorization"));
    const Grant *grant = authorization.startsWith("Bearer "_L1)
        ? m_state.ledger.byAccessToken(u"priava"_s, authorization.mid(7))
        : nullptr;
    if (!grant)
        return jsonAnswer(401, R"({"error": "invalid_token"})");
    for (const Client &client : m_state.configuration.clients) {
        if (client.vendor != grant->vendor || client.id != grant->client)
            continue;
        if (client.region.toLatin1() != request.header("TenantRegion"))
            return jsonAnswer(400, R"({"error": "invalid_request", "error_description": "TenantRegion"})");
        return jsonAnswer(client.apiStatus, R"({"status": "ok"})");
    }
    return jsonAnswer(401, R"({"error": "invalid_token"})");
}

Vendor priavaVendor()
{
    return { .id = u"priava"_s,
             .harmless = u"/api/rest/ping"_s,
             .complete =
                 [](Client &client) {
                     client.region = u"EU"_s;
                     client.lifetime = 21600;
                 },
             .server = [](SimulatorState &state) -> std::unique_ptr<VendorServer> {
                 return std::make_unique<PriavaServer>(state);
             } };
}

} // namespace latchkey::simulator
