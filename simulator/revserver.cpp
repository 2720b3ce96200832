// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMessageAuthenticationCode>
#include <QRegularExpression>

#include "simulator/faults.h"
#include "simulator/fields.h"
#include "simulator/signin.h"
#include "simulator/vendors.h"

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 verifierLifetime = 1800; // seconds

// Rev documents no body for a refusal, so nothing may depend on this one.
Answer revRefusal(const QString &code, const QString &description)
{
    return jsonAnswer(401, "{\"code\":" + quoted(code) + ",\"detail\":" + quoted(description) + "}");
}

bool isJson(const Request &request)
{
    static const QRegularExpression contentType(u"^application/json(; ?charset=utf-8)?$"_s,
                                                QRegularExpression::CaseInsensitiveOption);
    return contentType.match(QString::fromLatin1(request.header("Content-Type"))).hasMatch();
}

QString fieldComplaint(const Fields &fields)
{
    const QStringList always { u"authCode"_s, u"apiKey"_s, u"grantType"_s, u"redirectUri"_s };
    const QString grantType = fields.value(u"grantType"_s);
    if (grantType == "authorization_code"_L1)
        return fields.complaint(always);
    if (grantType == "refresh_token"_L1)
        return fields.complaint(always + QStringList { u"refreshToken"_s });
    return u"grantType must be authorization_code or refresh_token"_s;
}

// Vbrick Rev with API key and signature: JSON requests, an absolute expiration.
class RevServer final : public VendorServer
{
public:
    explicit RevServer(SimulatorState &state) : m_state(state) {}
    [[nodiscard]] std::optional<Answer> answer(const Request &request) override;

private:
    Answer authorize(const Request &request, const QString &prefix);
    [[nodiscard]] QString proofComplaint(const Fields &fields, const Client &client) const;
    Answer token(const Request &request, const QString &prefix);
    Answer exchange(const Request &request, const std::optional<Fields> &fields, const QString &prefix,
                    bool silent);
    [[nodiscard]] Answer tokenAnswer(const Tokens &tokens, const Grant &grant, const Client &client) const;
    [[nodiscard]] Answer session(const Request &request) const;

    SimulatorState &m_state;
};

} // namespace

std::optional<Answer> RevServer::answer(const Request &request)
{
    if (request.path == "/api/v2/user/session"_L1)
        return request.method == "GET" ? session(request) : methodNotAllowed("GET");
    for (const QString &prefix : { u"/api/v2/oauth"_s, u"/oauth"_s }) {
        if (request.path == prefix + u"/authorization"_s)
            return authorize(request, prefix);
        if (request.path == prefix + u"/token"_s)
            return request.method == "POST" ? token(request, prefix) : methodNotAllowed("POST");
    }
    return std::nullopt;
}

Answer RevServer::authorize(const Request &request, const QString &prefix)
{
    const auto fields = Fields::fromForm(request.query);
    if (!fields)
        return refusedVisit(u"Vbrick Rev"_s, u"The query is damaged."_s);
    const QString complaint = fields->complaint(
        { u"apiKey"_s, u"signature"_s, u"verifier"_s, u"redirect_uri"_s, u"response_type"_s, u"state"_s });
    if (!complaint.isEmpty())
        return refusedVisit(u"Vbrick Rev"_s, complaint);
    const Client *client = m_state.configuration.client(u"rev"_s, fields->value(u"apiKey"_s));
    if (!client || client->prefix != prefix)
        return refusedVisit(u"Vbrick Rev"_s, u"There is no such apiKey here."_s);
    if (const QString proof = proofComplaint(*fields, *client); !proof.isEmpty())
        return refusedVisit(u"Vbrick Rev"_s, proof);
    return receiveVisit(m_state, request,
                        { .vendorName = u"Vbrick Rev"_s,
                          .accent = "#8a3a12",
                          .vendor = u"rev"_s,
                          .client = client->id,
                          .redirectUri = fields->value(u"redirect_uri"_s),
                          .state = fields->value(u"state"_s),
                          .codeParameter = "auth_code",
                          .challenge = {} });
}

QString RevServer::proofComplaint(const Fields &fields, const Client &client) const
{
    static const QRegularExpression form(u"^(.+)::(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)$"_s);
    const QString verifier = fields.value(u"verifier"_s);
    const auto match = form.match(verifier);
    if (!match.hasMatch() || match.captured(1) != client.id)
        return u"verifier must be the apiKey, two colons and the time in UTC with milliseconds."_s;
    const QDateTime madeAt = QDateTime::fromString(match.captured(2), Qt::ISODateWithMs);
    if (!madeAt.isValid() || qAbs(madeAt.secsTo(m_state.clock())) > verifierLifetime)
        return u"verifier is older than 30 minutes."_s;
    const QByteArray signature = QMessageAuthenticationCode::hash(verifier.toUtf8(), client.secret.toUtf8(),
                                                                  QCryptographicHash::Sha256)
                                     .toBase64();
    if (fields.value(u"signature"_s).toLatin1() != signature)
        return u"signature is wrong."_s;
    if (!client.redirectUris.contains(fields.value(u"redirect_uri"_s)))
        return u"redirect_uri is not the registered one."_s;
    if (fields.value(u"response_type"_s) != "code"_L1)
        return u"response_type must be code."_s;
    return {};
}

Answer RevServer::token(const Request &request, const QString &prefix)
{
    const auto fields = Fields::fromJson(request.body);
    const TokenCall call { .vendor = u"rev"_s,
                           .client = fields ? fields->value(u"apiKey"_s) : QString(),
                           .grant = fields ? fields->value(u"grantType"_s) : QString() };
    return answerTokenCall(m_state, call, { .refuse = revRefusal, .serve = [&](bool silent) {
                                               return exchange(request, fields, prefix, silent);
                                           } });
}

Answer RevServer::exchange(const Request &request, const std::optional<Fields> &fields, const QString &prefix,
                           bool silent)
{
    if (!request.query.isEmpty() || !isJson(request) || !fields)
        return revRefusal(u"BadRequest"_s, u"A JSON object with strings is expected"_s);
    if (const QString complaint = fieldComplaint(*fields); !complaint.isEmpty())
        return revRefusal(u"BadRequest"_s, complaint);
    Client *client = m_state.configuration.client(u"rev"_s, fields->value(u"apiKey"_s));
    if (!client || client->prefix != prefix)
        return revRefusal(u"AuthFailure"_s, u"There is no such apiKey here"_s);

    const QString code = fields->value(u"authCode"_s);
    Grant *grant = fields->has(u"refreshToken"_s)
        ? m_state.ledger.byRefreshToken(*client, fields->value(u"refreshToken"_s))
        : m_state.ledger.byCode(*client, code);
    if (!grant || grant->code != code)
        return revRefusal(u"AuthFailure"_s, u"The code or refresh token is unknown, used or expired"_s);
    const QString redirectUri = fields->value(u"redirectUri"_s);
    if (!client->redirectUris.contains(redirectUri)
        || (!grant->redirectUri.isEmpty() && grant->redirectUri != redirectUri))
        return revRefusal(u"AuthFailure"_s, u"redirectUri is not the registered one"_s);
    grant->redirectUri = redirectUri;
    const Tokens tokens = m_state.ledger.issueTokens(*grant, *client, silent);
    return tokenAnswer(tokens, *grant, *client);
}

Answer RevServer::tokenAnswer(const Tokens &tokens, const Grant &grant, const Client &client) const
{
    const User user = m_state.configuration.users.value(grant.user);
    QByteArray body = "{\n\"accessToken\" : " + quoted(tokens.accessToken);
    if (!tokens.refreshToken.isEmpty())
        body += ",\n\"refreshToken\" : " + quoted(tokens.refreshToken);
    body += ",\n\"userId\" : " + quoted(user.userId);
    if (tokens.lifetime)
        body += ",\n\"expiration\" : " + quoted(tokens.endsAt.toUTC().toString(Qt::ISODateWithMs));
    body += ",\n\"issuedBy\": \"VBrick\"";
    if (client.names) {
        body += ",\n\"username\": " + quoted(grant.user) + ",\n\"firstName\": " + quoted(user.firstName)
            + ",\n\"lastName\": " + quoted(user.lastName);
    }
    return jsonAnswer(200, body + "\n}");
}

// Serves the tokens of both ways to sign in to Rev.
Answer RevServer::session(const Request &request) const
{
    const QString authorization = QString::fromUtf8(request.header("Authorization"));
    for (const Client &client : m_state.configuration.clients) {
        const QString scheme = client.headerScheme + u' ';
        if (!client.vendor.startsWith("rev"_L1) || !authorization.startsWith(scheme))
            continue;
        const Grant *grant = m_state.ledger.byAccessToken(client.vendor, authorization.mid(scheme.size()));
        if (grant && grant->client == client.id) {
            const User user = m_state.configuration.users.value(grant->user);
            return jsonAnswer(client.apiStatus,
                              "{\"userId\":" + quoted(user.userId) + ",\"username\":" + quoted(grant->user)
                                  + "}");
        }
    }
    return revRefusal(u"AuthFailure"_s, u"The session is over, or there was none"_s);
}

Vendor revVendor()
{
    return { .id = u"rev"_s,
             .harmless = u"/api/v2/user/session"_s,
             .complete =
                 [](Client &client) {
                     client.headerScheme = u"VBrick"_s;
                     client.prefix = u"/api/v2/oauth"_s;
                     client.refresh = RefreshPolicy::Keep;
                     client.plusInCodes = true;
                 },
             .server = [](SimulatorState &state) -> std::unique_ptr<VendorServer> {
                 return std::make_unique<RevServer>(state);
             } };
}

} // namespace latchkey::simulator
