// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The token endpoint's answer, as each vendor's (R30 to R33, F1 to F38). The input is written like
// an answer: the status in the first line, headers, an empty line, the body. What it does to an account that
// has a token already is asked of the refresh itself.
#include "core/account/accountjson.h"
#include "core/base/characters.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/secretbinding.h"
#include "core/flow/token/refreshoperation.h"
#include "core/provider/providers.h"
#include "support/fakes/fakes.h"

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype tokenCap = 65'536;

HttpResponse answerIn(const QByteArray &input)
{
    HttpResponse answer { 200, "application/json", {}, {}, {}, {} };
    const qsizetype end = input.indexOf("\n\n");
    if (end < 0) {
        answer.body = input;
        return answer;
    }
    answer.body = input.mid(end + 2);
    for (const QByteArray &line : input.left(end).split('\n')) {
        const QByteArray value = line.mid(line.indexOf(':') + 1).trimmed();
        if (line.startsWith("Content-Type:"))
            answer.contentType = value;
        else if (line.startsWith("Date:"))
            answer.date = value;
        else if (line.startsWith("Retry-After:"))
            answer.retryAfter = value;
        else if (line.startsWith("Location:"))
            answer.location = value;
        else
            answer.status = line.left(3).toInt();
    }
    return answer;
}

void checkFacts(const TokenFacts &facts, const TokenRequestContext &context)
{
    require(facts.issuedAt == context.startedAt, "a life begins with the request");
    if (facts.expiresAt) {
        require(facts.expiresAt->isValid() && facts.expiresAt->timeSpec() == Qt::UTC,
                "an end is a moment in UTC");
        require(*facts.expiresAt <= context.startedAt.addDays(3650), "no life is longer than ten years");
        require(*facts.expiresAt >= context.startedAt.addDays(-3650), "no life is over for longer than ten");
        const bool isOver = *facts.expiresAt <= context.startedAt;
        require(!isOver || facts.notes.contains(TokenNote::AlreadyExpired),
                "what is over is said to be over");
    }
    require(!facts.headerScheme.isEmpty() && facts.headerScheme.size() <= 32
                && isPrintable(facts.headerScheme) && !facts.headerScheme.contains(u' '),
            "a scheme can stand in a header");
    require(facts.user.size() <= 128
                && std::none_of(facts.user.begin(), facts.user.end(),
                                [](QChar c) { return c.category() == QChar::Other_Control; }),
            "a user's name is short and has no control characters");
    for (const QString &scope : facts.scopes)
        require(!scope.isEmpty() && !firstInvisible(scope), "a scope is visible");
}

// One line of printable ASCII, from which the same comes back (docs/platform-facts.md, facts 16 and 17).
void checkStoring(const TokenSet &tokens)
{
    AccountSecrets secrets;
    secrets.token = tokens;
    const Secret stored = toStoredText(secrets);
    require(isVschars(stored.reveal()), "what is stored is one line of printable ASCII");
    const auto again = fromStoredText(stored);
    require(again && *again == secrets, "what was stored is read again");
}

void checkTokens(const TokenSet &tokens, const HttpResponse &answer, const TokenRequestContext &context)
{
    require(answer.status == 200, "only status 200 carries a token");
    require(answer.contentType.toLower().split(';').front().trimmed() != "text/html", "a page is no answer");
    const QByteArrayView token = tokens.accessToken.reveal();
    require(!token.isEmpty(), "a token set without a token is an error");
    require(token.size() <= tokenCap && isVschars(token) && token.front() != ' ' && token.back() != ' ',
            "a token can stand in a header");
    if (tokens.refreshToken) {
        const QByteArrayView refresh = tokens.refreshToken->reveal();
        require(!refresh.isEmpty() && refresh.size() <= tokenCap && isVschars(refresh),
                "a refresh token is made of VSCHAR");
    }
    checkFacts(tokens.facts, context);
    checkStoring(tokens);
}

// What is said of a refused answer: printable, short, and nothing of a token in it.
void checkRefusal(const TokenError &error, const HttpResponse &answer)
{
    if (const auto *malformed = std::get_if<MalformedResponse>(&error)) {
        require(!malformed->reason.isEmpty() && isPrintable(malformed->reason),
                "a reason is in our own words");
        require(!malformed->reason.contains(u"CANARY"_s), "a reason does not quote the answer");
    } else if (const auto *oauth = std::get_if<OAuthError>(&error)) {
        require(!oauth->error.isNull() && oauth->error.size() <= 64 && !firstInvisible(oauth->error)
                    && oauth->description.size() <= 512 && !firstInvisible(oauth->description),
                "an error is visible and short");
    } else if (const auto *refusal = std::get_if<HttpRefusal>(&error)) {
        require(!refusal->retryAfter || (*refusal->retryAfter >= 0s && *refusal->retryAfter <= 1h),
                "nobody waits longer than an hour");
        require(refusal->status >= 400 && refusal->status < 600, "a refusal has its status");
        require(refusal->words.size() <= 64 + 2 + 512 && !firstInvisible(refusal->words),
                "its words are visible and short");
    } else if (const auto *moved = std::get_if<EndpointMoved>(&error)) {
        require(moved->host.size() <= 255 && isPrintable(moved->host), "a host is printable and short");
        require(!moved->host.contains(u'?') && !moved->host.contains(u'@'), "only a host is named");
        require(answer.status >= 300 && answer.status < 400, "a redirect has its status");
    } else {
        require(false, "a whole answer is no failure of the network");
    }
}

void check(const TokenResult &result, const HttpResponse &answer, const TokenRequestContext &context)
{
    if (result)
        checkTokens(*result, answer, context);
    else
        checkRefusal(result.error(), answer);
}

const QDateTime now({ 2031, 5, 4 }, { 10, 0 }, Qt::UTC);

// An account whose token is used up, in a world that is all in memory and answers at once.
struct Fixture
{
    Fixture(const Provider &provider, const HttpResponse &answer, bool hasCode);
    void refresh();

    test::ScriptedHttpClient http;
    test::FakeBrowser browser;
    test::FakeLock lock;
    test::FakeSecretStore keychain;
    test::FakeSecretStore memory;
    test::FakeAccountStore profile;
    Clock clock = [] { return now; };
    FlowContext context { http, browser, lock, nullptr, clock };
    AccountSecretStore secretStore { { keychain, memory, profile }, clock };
    AccountRepository repository { profile, secretStore, lock, clock };
    Account account;
    AccountSecrets secrets;
};

Fixture::Fixture(const Provider &provider, const HttpResponse &answer, bool hasCode)
{
    account.id = { u"6d5f6c0e-1111-4222-8333-444455556666"_s };
    account.name = u"Fuzz"_s;
    account.providerId = provider.id;
    account.createdAt = now.addDays(-1);
    for (const Field &field : provider.fields) {
        if (!field.secret)
            account.fields.insert(field.id, field.id == u"url"_s ? u"https://host.example"_s : u"EU"_s);
        else if (field.id != u"code"_s || hasCode)
            secrets.fields.insert_or_assign(field.id, Secret("CANARY-entered"));
    }
    secrets.authorizationCode = Secret("CANARY-code-1");
    const TokenFacts facts { now.addSecs(-3600), now.addSecs(-1), u"Bearer"_s, {}, u"ada"_s, {} };
    secrets.token = TokenSet { Secret("CANARY-access-1"), Secret("CANARY-refresh-1"), facts };
    secrets.generation = 7;
    secrets.boundTo = bindingOf(provider, account.fields);
    account.token = facts;
    account.lastRefreshAt = facts.issuedAt;

    http.respond = [&answer](const HttpRequest &) { return answer; };
    profile.accounts.insert(account.id, account);
    keychain.values.insert(secretKeyOf(account.id), toStoredText(secrets));
    require(repository.load().has_value(), "the profile can be read");
}

void Fixture::refresh()
{
    bool isDone = false;
    RefreshOperation operation(context, repository, { account.id, RefreshOperation::Asked::ByTheUser });
    QObject::connect(&operation, &RefreshOperation::finished, &operation, [&isDone] { isDone = true; });
    operation.start();
    require(isDone && http.requests.size() == 1, "a refresh asks once, and ends");
}

// What was refused leaves nothing behind: the old token stays, whole, with what is known of it (R39, R41).
// What was accepted takes its place, whole too.
void checkRefresh(const Provider &provider, const HttpResponse &answer, bool hasCode)
{
    Fixture fixture(provider, answer, hasCode);
    const QStringList scopes =
        provider.requestedScopes ? provider.requestedScopes(fixture.account.fields) : QStringList();
    const TokenResult result = provider.parseTokenResponse(answer, { now, now, scopes });
    fixture.refresh();

    require(fixture.keychain.values.size() == 1 && fixture.memory.values.isEmpty(),
            "an account has one item");
    const Secret stored = fixture.keychain.values.first();
    const auto kept = fromStoredText(stored);
    require(kept && kept->token, "an account that had a token has one");
    const Account &listed = fixture.profile.accounts.first();
    if (result) {
        require(kept->token->accessToken == result->accessToken, "the new token is stored");
        const bool isNewSession = fixture.secrets.fields.contains(u"code"_s);
        require(kept->token->refreshToken
                    == (result->refreshToken || isNewSession ? result->refreshToken
                                                             : fixture.secrets.token->refreshToken),
                "a refresh token that was not renewed is kept, unless a code began a new session");
        require(listed.token == kept->token->facts && !listed.needsSignIn, "both stores know the same token");
        return;
    }
    require(*kept->token == *fixture.secrets.token, "a refused answer leaves the old token as it was");
    require(hasCode || stored == toStoredText(fixture.secrets), "a refused answer changes no secret");
    AccountSecrets expected = fixture.secrets;
    expected.fields.erase(u"code"_s);
    require(kept->fields == fixture.secrets.fields || kept->fields == expected.fields,
            "a refused answer takes nothing but a used code");
    Account before = fixture.account;
    before.needsSignIn = listed.needsSignIn;
    before.lastProblem = listed.lastProblem;
    require(listed.lastProblem && listed == before,
            "a refused answer leaves its reason with the account alone");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const HttpResponse answer = answerIn(bytesOf(data, size));
    for (const Provider &provider : providers()) {
        checkRefresh(provider, answer, false);
        if (provider.field(u"code"_s))
            checkRefresh(provider, answer, true);
    }
    // No vendor names a lifetime and its end in one answer; a later one may.
    const TokenResponseFormat everyMember { .expiration = u"expiration"_s,
                                            .user = { u"username"_s },
                                            .headerScheme = {} };
    for (const QStringList &scopes : { QStringList(), QStringList { u"read"_s, u"write"_s } }) {
        const TokenRequestContext context { now, now.addSecs(1), scopes };
        for (const Provider &provider : providers())
            check(provider.parseTokenResponse(answer, context), answer, context);
        check(parseTokenResponse(answer, context, everyMember), answer, context);
    }
    return 0;
}
