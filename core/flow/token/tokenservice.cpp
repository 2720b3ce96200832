// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/tokenservice.h"

#include "core/account/expiry.h"
#include "core/flow/draft/accountdraft.h"
#include "core/flow/draft/draftcheck.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/secretbinding.h"
#include "core/flow/token/browserauthorizationoperation.h"
#include "core/flow/token/refreshoperation.h"
#include "core/provider/providers.h"

#include <map>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A token without a lifetime counts as good for an hour after it was issued; then a new one is worth a
// request.
constexpr auto unknownLife = 1h;

bool isGoodFor(const TokenFacts &facts, std::chrono::seconds minLife, const QDateTime &now)
{
    if (minLife <= 0s)
        return true;
    if (const auto left = remaining(facts, now))
        return *left >= minLife;
    return facts.issuedAt <= now && facts.issuedAt.secsTo(now) < std::chrono::seconds(unknownLife).count();
}

} // namespace

using NewReply = Reply<Result<AccountSecrets, Problem>>;
using TokenReply = Reply<Result<HandedToken, Problem>>;

class TokenService::Private
{
public:
    // What a recipe needs, from the stored secrets. `problem`: why the token is older than asked for.
    [[nodiscard]] Result<HandedToken, Problem> handOut(const AccountId &id, const AccountSecrets &secrets,
                                                       const std::optional<Problem> &problem) const;
    // While its secrets were read: a token of the old host would be handed out with the new one's address.
    [[nodiscard]] bool wasEdited(const AccountId &id, const FieldValues &before) const;
    [[nodiscard]] bool isStillValid(const AccountId &id) const;
    // A token at hand is not good for `minLife`, and a new one can be asked for. Where that takes the user,
    // one without a lifetime is as good as any.
    [[nodiscard]] bool needsNew(const AccountId &id, const AccountSecrets &secrets,
                                std::chrono::seconds minLife) const;
    // Not good for `minLife`, and got before `asked`: a new one may be better.
    [[nodiscard]] bool isStale(const AccountId &id, std::chrono::seconds minLife,
                               const QDateTime &asked) const;
    [[nodiscard]] Problem problem(Problem::Kind kind) const { return makeProblem(kind, context.clock()); }

    FlowContext &context;
    AccountRepository &repository;
    std::map<AccountId, QList<NewReply>> refreshing; // with the replies of all callers
};

Result<HandedToken, Problem> TokenService::Private::handOut(const AccountId &id,
                                                            const AccountSecrets &secrets,
                                                            const std::optional<Problem> &why) const
{
    const Account *account = repository.find(id);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    if (!provider)
        return failure(problem(Problem::Kind::NoSuchAccount));
    if (const auto fault = bindingFault(*account, secrets, context.clock())) // edited while they were read
        return failure(*fault);
    if (!secrets.token)
        return failure(why.value_or(problem(Problem::Kind::SignInNeeded)));
    HandedToken handed = requestContext(*account, *provider, secrets.token->facts);
    handed.accessToken = secrets.token->accessToken;
    handed.refreshFailed = why;
    return handed;
}

bool TokenService::Private::wasEdited(const AccountId &id, const FieldValues &before) const
{
    const Account *account = repository.find(id);
    return account && account->fields != before;
}

bool TokenService::Private::isStillValid(const AccountId &id) const
{
    const Account *account = repository.find(id);
    if (!account || !account->token)
        return false;
    return remaining(*account->token, context.clock()).value_or(1s) > 0s;
}

bool TokenService::Private::needsNew(const AccountId &id, const AccountSecrets &secrets,
                                     std::chrono::seconds minLife) const
{
    if (!secrets.token)
        return true;
    if (isGoodFor(secrets.token->facts, minLife, context.clock()))
        return false;
    const Account *account = repository.find(id);
    return secrets.token->facts.expiresAt || (account && silentGrant(*account, secrets));
}

bool TokenService::Private::isStale(const AccountId &id, std::chrono::seconds minLife,
                                    const QDateTime &asked) const
{
    const Account *account = repository.find(id);
    if (!account || !account->token || account->token->issuedAt >= asked)
        return false;
    return !isGoodFor(*account->token, minLife, context.clock());
}

HandedToken requestContext(const Account &account, const Provider &provider, const TokenFacts &facts)
{
    const FieldValues &fields = account.fields;
    HandedToken handed { account.id, facts, {}, provider.headerScheme(fields, facts), {}, {}, {} };
    // A request of its own answers 200, where the base address may be a page for people.
    handed.url = testAddress(account, provider);
    if (handed.url.isEmpty())
        handed.url = provider.baseUrl(fields);
    if (provider.apiHeaders)
        handed.extraHeaders = provider.apiHeaders(fields);
    return handed;
}

TokenService::TokenService(FlowContext &context, AccountRepository &repository, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(Private { context, repository, {} }))
{
}

TokenService::~TokenService() = default;

std::unique_ptr<AuthorizationOperation> TokenService::signIn(const AccountDraft &draft)
{
    return std::make_unique<BrowserAuthorizationOperation>(d->context, d->repository, draft);
}

std::unique_ptr<AuthorizationOperation> TokenService::signIn(const AccountId &id)
{
    const Account *account = d->repository.find(id);
    if (account)
        return signIn(draftOf(*account));
    AccountDraft gone; // about which the operation says just that
    gone.id = id;
    return signIn(gone);
}

void TokenService::refresh(const AccountId &id, Reply<Result<void, Problem>> reply)
{
    const auto take = [reply = std::move(reply)](const Result<AccountSecrets, Problem> &renewed) {
        reply(renewed.transform([](const AccountSecrets &) {}));
    };
    renew(id, RefreshOperation::Asked::ByTheUser, { this, take });
}

void TokenService::newToken(const AccountId &id, TokenReply reply)
{
    const auto take = [this, id, reply = std::move(reply)](const Result<AccountSecrets, Problem> &renewed) {
        if (renewed)
            return handOutNew(id, 0s, *renewed, reply);
        if (renewed.error().kind != Problem::Kind::NotSaved)
            return reply(failure(renewed.error()));
        readAndHandOut(id, 0s, renewed.error(), reply);
    };
    renew(id, RefreshOperation::Asked::ByTheUser, { this, take });
}

void TokenService::renew(const AccountId &id, RefreshOperation::Asked asked, NewReply reply)
{
    if (const auto running = d->refreshing.find(id); running != d->refreshing.end()) {
        running->second.append(std::move(reply));
        return;
    }
    const Account *account = d->repository.find(id);
    const QDateTime now = d->context.clock();
    if (const auto lack = account ? missingSecret(*account, now) : std::nullopt)
        return reply(failure(*lack));
    // The provider asked to be left alone until then (R40).
    if (account && account->lastProblem && pauseLeft(*account->lastProblem, now) > 0s)
        return reply(failure(*account->lastProblem));

    d->refreshing[id].append(std::move(reply));
    Q_EMIT refreshingChanged(id, true);
    auto *operation = new RefreshOperation(d->context, d->repository, { id, asked }, this);
    connect(operation, &RefreshOperation::finished, this,
            [this, id, operation](const Result<AccountSecrets, Problem> &result) {
                operation->deleteLater();
                const auto waiting = std::move(d->refreshing[id]);
                d->refreshing.erase(id);
                Q_EMIT refreshingChanged(id, false);
                for (const NewReply &each : waiting)
                    each(result);
            });
    operation->start();
}

void TokenService::token(const AccountId &id, std::chrono::seconds minLife, const TokenReply &reply)
{
    const Account *account = d->repository.find(id);
    if (!account)
        return reply(failure(d->problem(Problem::Kind::NoSuchAccount)));
    if (const auto lack = missingSecret(*account, d->context.clock()); lack && !account->token)
        return reply(failure(*lack));
    const bool isUnknown = account->token && !account->token->expiresAt;
    if (minLife > 0s && !isUnknown
        && !(account->token && isGoodFor(*account->token, minLife, d->context.clock())))
        return renewAndHandOut(id, minLife, reply);
    readAndHandOut(id, minLife, {}, reply);
}

// `why`: no new token could be obtained. Else what is read may be found to be too old: the profile may say
// more than is true, when a full disk kept a change from it.
void TokenService::readAndHandOut(const AccountId &id, std::chrono::seconds minLife,
                                  const std::optional<Problem> &why, const TokenReply &reply)
{
    const Account *account = d->repository.find(id);
    const FieldValues fields = account ? account->fields : FieldValues();
    const auto take = [this, id, minLife, fields, why, reply](const Result<AccountSecrets, Problem> &read) {
        if (!read)
            return reply(failure(read.error()));
        if (d->wasEdited(id, fields))
            return token(id, minLife, reply);
        if (!why && d->needsNew(id, *read, minLife))
            return renewAndHandOut(id, minLife, reply);
        reply(d->handOut(id, *read, why));
    };
    d->repository.readSecrets(id, { this, take });
}

// An edit that waited for the refresh may have dropped the token that came.
void TokenService::handOutNew(const AccountId &id, std::chrono::seconds minLife,
                              const AccountSecrets &renewed, const TokenReply &reply)
{
    const Account *account = d->repository.find(id);
    if (account && (!account->token || !renewed.token || *account->token != renewed.token->facts))
        return readAndHandOut(id, minLife, {}, reply);
    reply(d->handOut(id, renewed, {}));
}

void TokenService::renewAndHandOut(const AccountId &id, std::chrono::seconds minLife, const TokenReply &reply)
{
    const auto handOut = [this, id, minLife, reply](const Result<AccountSecrets, Problem> &renewed) {
        if (renewed)
            return handOutNew(id, minLife, *renewed, reply);
        // Held in memory or merely old: still good for use.
        if (d->isStillValid(id))
            return readAndHandOut(id, minLife, renewed.error(), reply);
        reply(failure(renewed.error()));
    };
    // What another process had stored and the profile did not know of yet may be almost used up.
    constexpr auto inPassing = RefreshOperation::Asked::InPassing;
    const auto take = [this, id, minLife, handOut,
                       asked = d->context.clock()](const Result<AccountSecrets, Problem> &renewed) {
        if (renewed && d->isStale(id, minLife, asked))
            return renew(id, inPassing, { this, handOut });
        handOut(renewed);
    };
    renew(id, inPassing, { this, take });
}

bool TokenService::isRefreshing(const AccountId &id) const
{
    return d->refreshing.contains(id);
}

QList<AccountId> TokenService::unsaved() const
{
    return d->repository.secrets().held();
}

void TokenService::retrySaving(const Reply<Result<void, Problem>> &reply)
{
    d->repository.retryHeld(reply);
}

void TokenService::keepInMemory()
{
    d->repository.secrets().keepInMemory();
}

bool TokenService::keepsInMemory() const
{
    return d->repository.secrets().keepsInMemory();
}

AccountSecretStore &TokenService::secrets() const
{
    return d->repository.secrets();
}

} // namespace latchkey
