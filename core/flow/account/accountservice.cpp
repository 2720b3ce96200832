// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/account/accountservice.h"

#include "core/account/account.h"
#include "core/account/problemtable.h"
#include "core/flow/draft/accountdraft.h"
#include "core/flow/draft/draftcheck.h"
#include "core/flow/draft/preparedaccount.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/token/exchangeoperation.h"
#include "core/provider/providers.h"
#include "core/provider/vendorparts.h"

#include <algorithm>
#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Nothing was ever stored, and nothing is to be: the secret store is left alone.
bool hasNothingToKeep(AccountSecrets secrets)
{
    secrets.boundTo.clear();
    return secrets == AccountSecrets {};
}

// A code that was typed just now was never sent, whatever became of the one before.
void forgetRequests(LockHold &lock, const AccountDraft &draft)
{
    if (draft.secrets.contains(u"code"_s))
        lock.setNote({});
}

// Answers with the id when it is stored; the lock is held until then.
Reply<Result<void, Problem>> storing(QObject *owner, const AccountId &id,
                                     const std::shared_ptr<LockHold> &lock,
                                     const Reply<Result<AccountId, Problem>> &reply)
{
    return { owner, [id, lock, reply](const Result<void, Problem> &done) {
                if (!done)
                    return reply(failure(done.error()));
                reply(id);
            } };
}

} // namespace

class AccountService::Private
{
public:
    void saveAsItIs(AccountService *service, const AccountDraft &draft, const std::optional<Problem> &why,
                    const std::shared_ptr<LockHold> &lock, const Reply<Result<AccountId, Problem>> &reply);
    [[nodiscard]] bool wasSent(const AccountDraft &draft) const;
    void noteSent(const Secret &code, const Problem &why);

    FlowContext &context;
    AccountRepository &repository;
    std::vector<Secret> sentCodes = {}; // in this run, without a token for them
};

bool AccountService::Private::wasSent(const AccountDraft &draft) const
{
    const auto code = draft.secrets.find(u"code"_s);
    return code != draft.secrets.end()
        && std::find(sentCodes.begin(), sentCodes.end(), code->second) != sentCodes.end();
}

void AccountService::Private::noteSent(const Secret &code, const Problem &why)
{
    // Refused for the client's sake, a code was not looked at: it may be sent with the right secret.
    if (!mayBeSentAgain(why) && why.kind != Problem::Kind::InvalidClient && why.kind != Problem::Kind::Busy)
        sentCodes.push_back(code);
}

AccountService::AccountService(FlowContext &context, AccountRepository &repository, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(Private { context, repository }))
{
}

AccountService::~AccountService() = default;

AccountRepository &AccountService::repository() const
{
    return d->repository;
}

const QList<Account> &AccountService::accounts() const
{
    return d->repository.accounts();
}

const Account *AccountService::find(const AccountId &id) const
{
    return d->repository.find(id);
}

AccountDraft AccountService::proposed(AccountDraft draft) const
{
    const Provider *provider = findProvider(draft.providerId);
    for (const Field &field : provider ? provider->fields : QList<Field> {}) {
        if (field.offersLoopback && draft.fields.value(field.id).trimmed().isEmpty())
            draft.fields.insert(field.id, ownRedirectUri(field, d->context.random));
    }
    return draft;
}

QList<FieldProblem> AccountService::check(const AccountDraft &draft) const
{
    auto problems = checkDraft(d->repository, draft);
    if (d->wasSent(draft)) {
        problems.append(
            { u"code"_s,
              QT_TRANSLATE_NOOP("Provider",
                                "This code was sent before, and works only once: get a new one from "
                                "the vendor.") });
    }
    return problems;
}

FirstToken AccountService::firstToken(const AccountDraft &draft) const
{
    return firstTokenFor(d->repository, draft);
}

void AccountService::saveWithToken(const AccountDraft &draft, const Reply<Result<AccountId, Problem>> &reply)
{
    const FirstToken way = firstToken(draft);
    if (way == FirstToken::NotNeeded)
        return saveAnyway(draft, {}, reply);
    if (const auto lack = missingSecret(d->repository, draft, d->context.clock()))
        return reply(failure(*lack));
    if (way == FirstToken::SignIn)
        return reply(failure(makeProblem(Problem::Kind::SignInNeeded, d->context.clock())));

    // A code is sent once (R29).
    if (way == FirstToken::ExchangeTypedCode && d->wasSent(draft))
        return reply(failure(makeProblem(Problem::Kind::FieldRefused, d->context.clock(), u"code"_s)));

    const SpaceFor space = way == FirstToken::ExchangeTypedCode ? SpaceFor::TheAnswer : SpaceFor::Nothing;
    prepare(d->repository, draft, space, d->context.clock,
            { this, [this, way, reply](const Result<PreparedAccount, Problem> &prepared) {
                 if (!prepared)
                     return reply(failure(prepared.error()));
                 Grant grant = ClientCredentialsGrant {};
                 if (way == FirstToken::ExchangeTypedCode)
                     grant = AuthorizationCodeGrant { Secret(prepared->secrets.fields.at(u"code"_s)), {} };
                 auto *exchange = new ExchangeOperation(d->context, d->repository, this);
                 connect(exchange, &ExchangeOperation::finished, this,
                         [this, exchange, grant, reply](const Result<AccountId, Problem> &result) {
                             exchange->deleteLater();
                             if (const auto *sent = std::get_if<AuthorizationCodeGrant>(&grant);
                                 sent && !result)
                                 d->noteSent(sent->code, result.error());
                             reply(result);
                         });
                 exchange->start(*prepared, grant);
             } });
}

namespace {

// What is known of an account that is saved without a token: `why` none was got, if it was tried.
void noteUntried(PreparedAccount &prepared, const std::optional<Problem> &why, bool isHarmless,
                 const QDateTime &now)
{
    Account &account = prepared.account;
    // A code that the provider may have taken works no second time (R29).
    if (why && !mayBeSentAgain(*why))
        prepared.secrets.fields.erase(u"code"_s);
    const bool lacksSecret = missingSecret(account, now).has_value();
    if (why && !lacksSecret)
        account.lastProblem = why;
    const bool canAsk = prepared.provider->grant == GrantKind::ClientCredentials
        || prepared.secrets.fields.contains(u"code"_s);
    // Another name makes no refused grant good again. A sign-in needs the secret first.
    account.needsSignIn =
        !lacksSecret && ((!account.token && !canAsk) || (isHarmless && account.needsSignIn));
}

} // namespace

void AccountService::saveAnyway(const AccountDraft &draft, const std::optional<Problem> &why,
                                const Reply<Result<AccountId, Problem>> &reply)
{
    if (!draft.id) // nobody else knows of it yet
        return d->saveAsItIs(this, draft, why, {}, reply);
    // A refresh that is under way would put the secrets it began with back over the edited ones.
    d->context.lock.acquire(draft.id->value,
                            { this, [this, draft, why, reply](const LockResult &lock) {
                                 if (!lock) {
                                     return reply(failure(problemOf(lock.error(), d->context.clock())));
                                 }
                                 d->repository.catchUp();
                                 d->saveAsItIs(this, draft, why, *lock, reply);
                             } });
}

void AccountService::Private::saveAsItIs(AccountService *service, const AccountDraft &draft,
                                         const std::optional<Problem> &why,
                                         const std::shared_ptr<LockHold> &lock,
                                         const Reply<Result<AccountId, Problem>> &reply)
{
    const bool isHarmless = firstTokenFor(repository, draft) == FirstToken::NotNeeded;
    const auto save = [this, service, draft, why, lock, isHarmless,
                       reply](Result<PreparedAccount, Problem> prepared) {
        if (!prepared)
            return reply(failure(prepared.error()));
        const Account &account = prepared->account;
        noteUntried(*prepared, why, isHarmless, context.clock());
        const auto stored = storing(service, account.id, lock, reply);
        if (hasNothingToKeep(prepared->secrets))
            return stored(repository.storeAccount(account));
        ++prepared->secrets.generation;
        if (lock) {
            forgetRequests(*lock, draft);
            return repository.store(account, prepared->secrets, AccountSecretStore::OnFailure::Forget,
                                    stored);
        }
        repository.add(account, prepared->secrets, AccountSecretStore::OnFailure::Forget, stored);
    };
    prepare(repository, draft, SpaceFor::Nothing, context.clock, { service, save });
}

AccountDraft AccountService::duplicate(const AccountId &id) const
{
    const Account *account = find(id);
    if (!account)
        return {};
    AccountDraft draft = draftOf(*account);
    draft.id.reset();
    draft.mayLackSecrets = false;
    draft.fields.remove(shareRedirectUri); // it was allowed for the other account
    for (int number = 2;; ++number) {
        draft.name = u"%1 (%2)"_s.arg(account->name.left(accountNameLimit - 8)).arg(number);
        const QString key = accountNameKey(draft.name);
        const auto &all = accounts();
        if (std::none_of(all.begin(), all.end(),
                         [&key](const Account &other) { return accountNameKey(other.name) == key; }))
            return draft;
    }
}

void AccountService::remove(const AccountId &id, const Reply<Result<void, Problem>> &reply)
{
    d->repository.remove(id, reply);
}

void AccountService::rememberCopy(const AccountId &id, const QString &recipeId)
{
    d->repository.catchUp();
    const Account *found = find(id);
    if (!found || found->copyChoice == recipeId)
        return;
    Account account = *found;
    account.copyChoice = recipeId;
    static_cast<void>(d->repository.storeAccount(account));
}

} // namespace latchkey
