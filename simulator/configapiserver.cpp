// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>

#include "simulator/faults.h"
#include "simulator/fields.h"
#include "simulator/vendors.h"

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

namespace {

// This vendor documents no errors; RFC 6749, section 5.2 stands in.
Answer configApiRefusal(const QString &code, const QString &description)
{
    return jsonAnswer(code == "invalid_client"_L1 ? 401 : 400,
                      "{\"error\":" + quoted(code) + ",\"error_description\":" + quoted(description) + "}");
}

// The answer as documented, with its comma before the closing brace.
Answer configApiTokenAnswer(const Tokens &tokens)
{
    QByteArray body = "{\n\"access_token\":" + quoted(tokens.accessToken) + ",\n\"token_type\":\"Bearer\",\n";
    if (!tokens.refreshToken.isEmpty())
        body += "\"refresh_token\":" + quoted(tokens.refreshToken) + ",\n";
    if (tokens.lifetime)
        body += R"("expires_in":")" + QByteArray::number(*tokens.lifetime) + "\",\n";
    return jsonAnswer(200, body + "}");
}

bool isForm(const Request &request)
{
    static const QRegularExpression contentType(u"^application/x-www-form-urlencoded(; ?charset=utf-8)?$"_s,
                                                QRegularExpression::CaseInsensitiveOption);
    return contentType.match(QString::fromLatin1(request.header("Content-Type"))).hasMatch();
}

// Bright Pattern's configuration API: client credentials only, an answer that is not quite JSON.
class ConfigApiServer final : public VendorServer
{
public:
    explicit ConfigApiServer(SimulatorState &state) : m_state(state) {}
    [[nodiscard]] std::optional<Answer> answer(const Request &request) override;

private:
    Answer token(const Request &request);
    Answer grantToken(const Request &request, const std::optional<Fields> &fields, bool silent);
    [[nodiscard]] Answer data(const Request &request) const;

    SimulatorState &m_state;
};

} // namespace

std::optional<Answer> ConfigApiServer::answer(const Request &request)
{
    if (request.path == "/configapi/v2/oauth/token"_L1)
        return request.method == "POST" ? token(request) : methodNotAllowed("POST");
    if (request.path == "/configapi/v2/data"_L1 || request.path == "/data"_L1)
        return request.method == "GET" ? data(request) : methodNotAllowed("GET");
    return std::nullopt;
}

Answer ConfigApiServer::token(const Request &request)
{
    const auto fields = Fields::fromForm(request.body);
    const TokenCall call { .vendor = u"configapi"_s,
                           .client = fields ? fields->value(u"client_id"_s) : QString(),
                           .grant = fields ? fields->value(u"grant_type"_s) : QString() };
    return answerTokenCall(m_state, call, { .refuse = configApiRefusal, .serve = [&](bool silent) {
                                               return grantToken(request, fields, silent);
                                           } });
}

Answer ConfigApiServer::grantToken(const Request &request, const std::optional<Fields> &fields, bool silent)
{
    if (!request.query.isEmpty() || !fields || !isForm(request))
        return configApiRefusal(u"invalid_request"_s, u"A form is expected"_s);
    if (fields->value(u"grant_type"_s) != "client_credentials"_L1)
        return configApiRefusal(u"unsupported_grant_type"_s, u"grant_type must be client_credentials"_s);
    Client *client = m_state.configuration.client(u"configapi"_s, fields->value(u"client_id"_s));
    const QString scopeParameter = client ? client->scopeParameter : u"scope"_s;
    const QString complaint =
        fields->complaint({ u"grant_type"_s, u"client_id"_s, u"client_secret"_s, scopeParameter });
    if (!complaint.isEmpty())
        return configApiRefusal(u"invalid_request"_s, complaint);
    if (!client || client->secret != fields->value(u"client_secret"_s))
        return configApiRefusal(u"invalid_client"_s, u"The login or its secret is wrong"_s);
    if (!client->scopes.isEmpty() && !client->scopes.contains(fields->value(scopeParameter)))
        return configApiRefusal(u"invalid_scope"_s, u"There is no such tenant"_s);
    return configApiTokenAnswer(m_state.ledger.issueTokens(m_state.ledger.open(*client), *client, silent));
}

Answer ConfigApiServer::data(const Request &request) const
{
    const QString authorization = QString::fromUtf8(request.header("Authorization"));
    const Grant *grant = authorization.startsWith("Bearer "_L1)
        ? m_state.ledger.byAccessToken(u"configapi"_s, authorization.mid(7))
        : nullptr;
    if (!grant)
        return jsonAnswer(401, R"({"error":"invalid_token"})");
    for (const Client &client : m_state.configuration.clients) {
        if (client.vendor == grant->vendor && client.id == grant->client)
            return jsonAnswer(client.apiStatus,
                              client.apiStatus == 200 ? R"({"users":[]})" : R"({"error":"forbidden"})");
    }
    return jsonAnswer(401, R"({"error":"invalid_token"})");
}

Vendor configApiVendor()
{
    return { .id = u"configapi"_s,
             .harmless = u"/configapi/v2/data"_s,
             .complete =
                 [](Client &client) {
                     client.scopeParameter = u"scope"_s;
                     client.lifetime = 3599;
                     client.refresh = RefreshPolicy::None;
                 },
             .server = [](SimulatorState &state) -> std::unique_ptr<VendorServer> {
                 return std::make_unique<ConfigApiServer>(state);
             } };
}

} // namespace latchkey::simulator
