// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCryptographicHash>
#include <QRegularExpression>

#include "simulator/faults.h"
#include "simulator/fields.h"
#include "simulator/signin.h"
#include "simulator/vendors.h"

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

namespace {

Answer revOAuth2Refusal(const QString &code, const QString &description)
{
    return jsonAnswer(code == "invalid_client"_L1 ? 401 : 400,
                      "{\"error\":" + quoted(code) + ",\"error_description\":" + quoted(description) + "}");
}

QString challengeOf(const QString &verifier)
{
    return QString::fromLatin1(QCryptographicHash::hash(verifier.toUtf8(), QCryptographicHash::Sha256)
                                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

// RFC 7636, section 4.1.
bool isVerifier(const QString &text)
{
    static const QRegularExpression form(u"^[A-Za-z0-9._~-]{43,128}$"_s);
    return form.match(text).hasMatch();
}

QString visitComplaint(const Fields &fields)
{
    static const QRegularExpression challenge(u"^[A-Za-z0-9_-]{43}$"_s);
    QString complaint = fields.complaint(
        { u"client_id"_s, u"code_challenge"_s, u"redirect_uri"_s, u"response_type"_s, u"state"_s },
        { u"code_challenge_method"_s });
    if (!complaint.isEmpty())
        return complaint;
    if (fields.value(u"response_type"_s) != "code"_L1)
        return u"response_type must be code."_s;
    if (!challenge.match(fields.value(u"code_challenge"_s)).hasMatch())
        return u"code_challenge must be a SHA-256 in base64url."_s;
    if (fields.has(u"code_challenge_method"_s) && fields.value(u"code_challenge_method"_s) != "S256"_L1)
        return u"code_challenge_method must be S256."_s;
    return {};
}

// Vbrick Rev with OAuth 2: a public client with PKCE, JSON requests, a lifetime that is a string.
class RevOAuth2Server final : public VendorServer
{
public:
    explicit RevOAuth2Server(SimulatorState &state) : m_state(state) {}
    [[nodiscard]] std::optional<Answer> answer(const Request &request) override;

private:
    Answer authorize(const Request &request);
    Answer token(const Request &request);
    Answer exchange(const Request &request, const std::optional<Fields> &fields, bool silent);
    Answer grantTokens(const Fields &fields, Client &client, bool silent);
    [[nodiscard]] Answer tokenAnswer(const Tokens &tokens, const Grant &grant) const;
    [[nodiscard]] Answer metadata() const;

    SimulatorState &m_state;
};

} // namespace

std::optional<Answer> RevOAuth2Server::answer(const Request &request)
{
    if (request.path == "/api/v2/oauth2/authorize"_L1)
        return authorize(request);
    if (request.path == "/api/v2/oauth2/token"_L1)
        return request.method == "POST" ? token(request) : methodNotAllowed("POST");
    if (request.path == "/api/v2/oauth2/.well-known/oauth-authorization-server"_L1)
        return request.method == "GET" ? metadata() : methodNotAllowed("GET");
    return std::nullopt;
}

Answer RevOAuth2Server::authorize(const Request &request)
{
    const auto fields = Fields::fromForm(request.query);
    if (!fields)
        return refusedVisit(u"Vbrick Rev"_s, u"The query is damaged."_s);
    if (const QString complaint = visitComplaint(*fields); !complaint.isEmpty())
        return refusedVisit(u"Vbrick Rev"_s, complaint);
    const Client *client = m_state.configuration.client(u"rev-oauth2"_s, fields->value(u"client_id"_s));
    if (!client)
        return refusedVisit(u"Vbrick Rev"_s, u"There is no such client_id."_s);
    if (!client->redirectUris.contains(fields->value(u"redirect_uri"_s)))
        return refusedVisit(u"Vbrick Rev"_s, u"redirect_uri is not the registered one."_s);
    return receiveVisit(m_state, request,
                        { .vendorName = u"Vbrick Rev"_s,
                          .accent = "#8a3a12",
                          .vendor = u"rev-oauth2"_s,
                          .client = client->id,
                          .redirectUri = fields->value(u"redirect_uri"_s),
                          .state = fields->value(u"state"_s),
                          .codeParameter = "code",
                          .challenge = fields->value(u"code_challenge"_s) });
}

Answer RevOAuth2Server::token(const Request &request)
{
    const auto fields = Fields::fromJson(request.body);
    const TokenCall call { .vendor = u"rev-oauth2"_s,
                           .client = fields ? fields->value(u"client_id"_s) : QString(),
                           .grant = fields ? fields->value(u"grant_type"_s) : QString() };
    return answerTokenCall(m_state, call, { .refuse = revOAuth2Refusal, .serve = [&](bool silent) {
                                               return exchange(request, fields, silent);
                                           } });
}

Answer RevOAuth2Server::exchange(const Request &request, const std::optional<Fields> &fields, bool silent)
{
    static const QRegularExpression contentType(u"^application/json(; ?charset=utf-8)?$"_s,
                                                QRegularExpression::CaseInsensitiveOption);
    if (!request.query.isEmpty() || !fields
        || !contentType.match(QString::fromLatin1(request.header("Content-Type"))).hasMatch())
        return revOAuth2Refusal(u"invalid_request"_s, u"A JSON object with strings is expected"_s);
    QStringList expected { u"client_id"_s, u"grant_type"_s, u"redirect_uri"_s };
    const QString grantType = fields->value(u"grant_type"_s);
    if (grantType == "authorization_code"_L1)
        expected << u"code"_s << u"code_verifier"_s;
    else if (grantType == "refresh_token"_L1)
        expected << u"refresh_token"_s;
    else
        return revOAuth2Refusal(u"unsupported_grant_type"_s,
                                u"grant_type must be authorization_code or refresh_token"_s);
    if (const QString complaint = fields->complaint(expected); !complaint.isEmpty())
        return revOAuth2Refusal(u"invalid_request"_s, complaint);
    Client *client = m_state.configuration.client(u"rev-oauth2"_s, fields->value(u"client_id"_s));
    if (!client)
        return revOAuth2Refusal(u"invalid_client"_s, u"There is no such client_id"_s);
    return grantTokens(*fields, *client, silent);
}

Answer RevOAuth2Server::grantTokens(const Fields &fields, Client &client, bool silent)
{
    const bool first = fields.has(u"code"_s);
    const QString redirectUri = fields.value(u"redirect_uri"_s);
    Grant *grant = first ? m_state.ledger.byCode(client, fields.value(u"code"_s))
                         : m_state.ledger.byRefreshToken(client, fields.value(u"refresh_token"_s));
    if (!grant)
        return revOAuth2Refusal(u"invalid_grant"_s,
                                u"The code or refresh token is unknown, used or expired"_s);
    if (!client.redirectUris.contains(redirectUri)
        || (!grant->redirectUri.isEmpty() && grant->redirectUri != redirectUri))
        return revOAuth2Refusal(u"invalid_grant"_s, u"redirect_uri is not the one the code was made for"_s);
    const QString verifier = fields.value(u"code_verifier"_s);
    if (first && (!isVerifier(verifier) || challengeOf(verifier) != grant->challenge))
        return revOAuth2Refusal(u"invalid_grant"_s, u"code_verifier does not fit code_challenge"_s);
    grant->redirectUri = redirectUri;
    const Tokens tokens = m_state.ledger.issueTokens(*grant, client, silent);
    return tokenAnswer(tokens, *grant);
}

Answer RevOAuth2Server::tokenAnswer(const Tokens &tokens, const Grant &grant) const
{
    const User user = m_state.configuration.users.value(grant.user);
    QByteArray body = "{\"access_token\":" + quoted(tokens.accessToken);
    if (!tokens.refreshToken.isEmpty())
        body += ",\"refresh_token\":" + quoted(tokens.refreshToken);
    body += ",\"userId\":" + quoted(user.userId);
    if (tokens.lifetime)
        body += ",\"expires_in\":\"" + QByteArray::number(*tokens.lifetime) + '"';
    body += ",\"token_type\":\"Bearer\",\"username\":" + quoted(grant.user) + ",\"firstName\":"
        + quoted(user.firstName) + ",\"lastName\":" + quoted(user.lastName) + ",\"scope\":\"user:full\"}";
    return jsonAnswer(200, body);
}

// RFC 8414, section 2.
Answer RevOAuth2Server::metadata() const
{
    const QString issuer = m_state.url + u"/api/v2/oauth2"_s;
    return jsonAnswer(200,
                      R"({"issuer":)" + quoted(issuer) + R"(,"authorization_endpoint":)"
                          + quoted(issuer + u"/authorize"_s) + R"(,"token_endpoint":)"
                          + quoted(issuer + u"/token"_s)
                          + R"(,"response_types_supported":["code"],)"
                            R"("grant_types_supported":["authorization_code","refresh_token"],)"
                            R"("code_challenge_methods_supported":["S256"],)"
                            R"("token_endpoint_auth_methods_supported":["none"],)"
                            R"("scopes_supported":["user:full"]})");
}

Vendor revOAuth2Vendor()
{
    return { .id = u"rev-oauth2"_s,
             .harmless = u"/api/v2/user/session"_s,
             .complete = [](Client &client) { client.headerScheme = u"VBrick"_s; },
             .server = [](SimulatorState &state) -> std::unique_ptr<VendorServer> {
                 return std::make_unique<RevOAuth2Server>(state);
             } };
}

} // namespace latchkey::simulator
