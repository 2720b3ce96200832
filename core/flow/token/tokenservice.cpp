// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/tokenservice.h"

#include "core/account/expiry.h"
#include "core/flow/draft/accountdraftrules.h"
#include "core/flow/draft/apiaddress.h"
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

// What nobody named the lifetime of counts as good for that long after it was issued; then a new one is worth
// a request.
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

using RefreshReply = Reply<Result<void, Problem>>;
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
    // one whose lifetime nobody named is as good as any.
    [[nodiscard]] bool needsNew(const AccountId &id, const AccountSecrets &secrets,
                                std::chrono::seconds minLife) const;
    // Not good for `minLife`, and got before `asked`: a new one may be better.
    [[nodiscard]] bool isStale(const AccountId &id, std::chrono::seconds minLife,
                               const QDateTime &asked) const;
    [[nodiscard]] Problem problem(Problem::Kind kind) const { return { kind, {}, {}, context.clock(), {} }; }

    FlowContext &context;
    AccountRepository &repository;
    std::map<AccountId, QList<RefreshReply>> refreshing; // with everyone who waits for it
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
    AccountSecretStore &secrets = repository.secrets();
    connect(&secrets, &AccountSecretStore::heldChanged, this, &TokenService::unsavedChanged);
    connect(&secrets, &AccountSecretStore::keepInMemoryChanged, this, &TokenService::keepInMemoryChanged);
    connect(&secrets, &AccountSecretStore::waitingChanged, this, &TokenService::waitingForKeychainChanged);
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

void TokenService::refresh(const AccountId &id, RefreshReply reply)
{
    refresh(id, RefreshOperation::Asked::ByTheUser, std::move(reply));
}

void TokenService::refresh(const AccountId &id, RefreshOperation::Asked asked, RefreshReply reply)
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
            [this, id, operation](const std::optional<Problem> &problem) {
                operation->deleteLater();
                const auto waiting = std::move(d->refreshing[id]);
                d->refreshing.erase(id);
                Q_EMIT refreshingChanged(id, false);
                for (const RefreshReply &each : waiting)
                    each(problem ? Result<void, Problem>(failure(*problem)) : Result<void, Problem>());
            });
    operation->start();
}

void TokenService::token(const AccountId &id, std::chrono::seconds minLife, TokenReply reply)
{
    const Account *account = d->repository.find(id);
    if (!account)
        return reply(failure(d->problem(Problem::Kind::NoSuchAccount)));
    if (const auto lack = missingSecret(*account, d->context.clock()); lack && !account->token)
        return reply(failure(*lack));
    const bool isUnknown = account->token && !account->token->expiresAt;
    if (minLife > 0s && !isUnknown
        && !(account->token && isGoodFor(*account->token, minLife, d->context.clock())))
        return refreshAndHandOut(id, minLife, reply);
    d->repository.readSecrets(id,
                              { this,
                                [this, id, minLife, fields = account->fields,
                                 reply = std::move(reply)](const Result<AccountSecrets, Problem> &read) {
                                    if (!read)
                                        return reply(failure(read.error()));
                                    if (d->wasEdited(id, fields))
                                        return token(id, minLife, reply);
                                    // The profile may say more than is true: a full disk kept a change from
                                    // it.
                                    if (d->needsNew(id, *read, minLife))
                                        return refreshAndHandOut(id, minLife, reply);
                                    reply(d->handOut(id, *read, {}));
                                } });
}

void TokenService::refreshAndHandOut(const AccountId &id, std::chrono::seconds minLife,
                                     const TokenReply &reply)
{
    const auto hand = [this, id, minLife, reply](const std::optional<Problem> &why) {
        const Account *account = d->repository.find(id);
        const FieldValues fields = account ? account->fields : FieldValues();
        d->repository.readSecrets(
            id, { this, [this, id, minLife, fields, why, reply](const Result<AccountSecrets, Problem> &read) {
                     if (!read)
                         return reply(failure(read.error()));
                     if (d->wasEdited(id, fields))
                         return token(id, minLife, reply);
                     reply(d->handOut(id, *read, why));
                 } });
    };
    const auto handAfter = [this, id, hand, reply](const Result<void, Problem> &refreshed) {
        if (refreshed)
            return hand({});
        // Held in memory or merely old: still good for use.
        if (d->isStillValid(id))
            return hand(refreshed.error());
        reply(failure(refreshed.error()));
    };
    // What another process had stored and the profile did not know of yet may be almost used up.
    constexpr auto inPassing = RefreshOperation::Asked::InPassing;
    const auto tryAgain = [=, this, asked = d->context.clock()](const Result<void, Problem> &refreshed) {
        if (refreshed && d->isStale(id, minLife, asked))
            return refresh(id, inPassing, { this, handAfter });
        handAfter(refreshed);
    };
    refresh(id, inPassing, { this, tryAgain });
}

bool TokenService::isRefreshing(const AccountId &id) const
{
    return d->refreshing.contains(id);
}

QList<AccountId> TokenService::unsaved() const
{
    return d->repository.secrets().held();
}

void TokenService::retrySaving(RefreshReply reply)
{
    d->context.lock.acquire(
        secretPlacesLock,
        { this, [this, reply = std::move(reply)](const LockResult &lock) {
             if (!lock)
                 return reply(failure(problemOf(lock.error(), d->context.clock())));
             d->repository.retryHeld(
                 { this, [lock, reply](const Result<void, Problem> &done) { reply(done); } });
         } });
}

void TokenService::keepInMemory()
{
    d->repository.secrets().keepInMemory();
}

bool TokenService::keepsInMemory() const
{
    return d->repository.secrets().keepsInMemory();
}

} // namespace latchkey
