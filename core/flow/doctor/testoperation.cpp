// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/doctor/testoperation.h"

#include "core/base/characters.h"
#include "core/flow/account/accountservice.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/secretbinding.h"
#include "core/flow/token/tokenservice.h"
#include "core/oauth/lenientjson.h"
#include "core/oauth/tokenrefusal.h"
#include "core/oauth/tokenresponse.h"
#include "core/provider/providers.h"

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds leastLifeToTest = 2min;
constexpr qsizetype userLimit = 100; // characters

TokenTrial::Meaning meaningOf(int status)
{
    using Meaning = TokenTrial::Meaning;
    switch (status) {
    case 401: return Meaning::TokenRefused;
    case 403: return Meaning::NotAllowed;
    case 404:
    case 405:
    case 410: return Meaning::AddressUnknown;
    case 429: return Meaning::Throttled;
    default: break;
    }
    if (isPassing(status))
        return Meaning::ServerFailed;
    switch (status / 100) {
    case 2: return Meaning::Accepted;
    case 3: return Meaning::Elsewhere;
    default: return Meaning::Unclear;
    }
}

// The answer is the vendor's, so what it says is made plain (R32).
QString userIn(const HttpResponse &answer, const QStringList &members)
{
    const auto json = readJsonObject(answer.body);
    if (!json)
        return {};
    for (const QString &member : members) {
        QString user = visibleLine(json->value(member).toString(), userLimit);
        if (!user.isEmpty())
            return user;
    }
    return {};
}

} // namespace

TestOperation::TestOperation(FlowContext &context, AccountService &accounts, TokenService &tokens,
                             AccountId id, QObject *parent)
    : QObject(parent), m_context(context), m_accounts(accounts), m_tokens(tokens), m_id(std::move(id))
{
}

void TestOperation::start()
{
    const Account *account = m_accounts.find(m_id);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    if (!provider)
        return fail(Problem::Kind::NoSuchAccount);
    if (testAddress(*account, *provider).isEmpty())
        return fail(Problem::Kind::NoTestAddress);
    const QString host = foreignHost(*account, *provider);
    if (!host.isEmpty() && !isAllowedHost(host, m_allowedHosts))
        return fail(Problem::Kind::OtherHost, host);
    m_tokens.token(m_id, leastLifeToTest,
                   { this, [this](const Result<HandedToken, Problem> &handed) { take(handed); } });
}

void TestOperation::take(const Result<HandedToken, Problem> &handed)
{
    if (!handed) {
        Q_EMIT finished(failure(handed.error()));
        return;
    }
    const Account *account = m_accounts.find(m_id);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    if (!provider)
        return fail(Problem::Kind::NoSuchAccount);
    if (!isTokenText(handed->accessToken.reveal()))
        return fail(Problem::Kind::SecretUnsuitable);
    // The account may have been edited while the token was refreshed.
    const QString host = foreignHost(*account, *provider);
    if (!host.isEmpty() && !isAllowedHost(host, m_allowedHosts))
        return fail(Problem::Kind::OtherHost, host);

    HttpRequest request {
        .method = HttpMethod::Get,
        .url = handed->url,
        .headers = { { "Authorization",
                       handed->headerScheme.toLatin1() + ' ' + handed->accessToken.reveal().toByteArray() },
                     { "Accept", "application/json, */*" } },
        .body = {},
        .allowPlainHttp = account->fields.value(u"allow_http"_s) == "true"_L1,
    };
    request.headers += handed->extraHeaders;
    m_sentAt = m_context.clock();
    // What is kept until the answer holds no token.
    HttpRequest asked { .method = request.method, .url = request.url, .headers = {}, .body = {} };
    m_context.http.send(request, { this, [this, asked](const HttpResult &answer) { judge(asked, answer); } });
}

void TestOperation::judge(const HttpRequest &request, const HttpResult &answer)
{
    if (!answer) {
        Q_EMIT finished(failure(problemOf(TokenError(answer.error()), m_context.clock())));
        return;
    }
    TokenTrial trial;
    trial.status = answer->status;
    trial.meaning = meaningOf(answer->status);
    trial.address = request.url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveQuery
                                         | QUrl::RemoveFragment);
    trial.took = std::chrono::milliseconds(m_sentAt.msecsTo(m_context.clock()));
    const Account *account = m_accounts.find(m_id);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    const bool isVendors = provider && provider->testUrl && provider->testUrl(account->fields) == request.url;
    if (isVendors && trial.meaning == TokenTrial::Meaning::Accepted)
        trial.user = userIn(*answer, provider->testUserMembers);
    Q_EMIT finished(trial);
}

void TestOperation::fail(Problem::Kind kind, const QString &detail)
{
    Q_EMIT finished(failure(makeProblem(kind, m_context.clock(), detail)));
}

} // namespace latchkey
