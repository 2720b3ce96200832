// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/preparedaccount.h"

#include "core/account/account.h"
#include "core/account/problemtable.h"
#include "core/flow/draft/draftcheck.h"
#include "core/flow/draft/redirectsharing.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/secretbinding.h"
#include "core/provider/providers.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

Problem refusalOf(const FieldProblem &found, const QDateTime &now)
{
    return isSharing(found) ? makeProblem(Problem::Kind::RedirectUriShared, now, found.where.join(u' '))
                            : makeProblem(Problem::Kind::FieldRefused, now, found.fieldId);
}

void noteMissing(PreparedAccount &prepared, const QDateTime &now)
{
    Account &account = prepared.account;
    account.missingSecrets = neededSecrets(*prepared.provider, account.fields);
    account.missingSecrets.removeIf(
        [&prepared](const QString &id) { return prepared.secrets.fields.contains(id); });
    if (const auto lack = missingSecret(account, now))
        account.lastProblem = lack;
    else if (account.lastProblem && account.lastProblem->kind == Problem::Kind::SecretNotEntered)
        account.lastProblem.reset();
}

void dropBoundSecrets(const Provider &provider, AccountSecrets &secrets)
{
    for (const Field &field : provider.fields) {
        if (field.secret && field.bindsToken)
            secrets.fields.erase(field.id);
    }
}

PreparedAccount joined(const AccountRepository &repository, const AccountDraft &draft,
                       const Provider &provider, const FieldValues &completed, AccountSecrets stored,
                       const QDateTime &now)
{
    PreparedAccount prepared { &provider, {}, std::move(stored), false };
    const Account *edited = editedAccount(repository, draft);
    if (edited) {
        prepared.account = *edited;
        prepared.origin = { edited->name, edited->fields };
        // What was obtained from one host, or for one client, is never sent for another.
        if (hostChanged(provider, edited, completed))
            dropBoundSecrets(provider, prepared.secrets);
        if (differs(provider, edited->fields, completed, &Field::bindsToken)) {
            prepared.secrets.token.reset();
            prepared.secrets.authorizationCode = {};
            prepared.account.token.reset();
        }
        prepared.userBefore = tokenUser(prepared.account, prepared.secrets);
    } else {
        prepared.isNew = true;
        prepared.account.id = AccountId::create();
        prepared.account.createdAt = now;
    }
    prepared.account.name = normalizedAccountName(draft.name);
    prepared.account.providerId = provider.id;
    prepared.account.fields = completed;
    for (const auto &[id, secret] : draft.secrets) {
        if (!secret.isEmpty())
            prepared.secrets.fields.insert_or_assign(id, secret);
    }
    // Editing binds the secrets again: what was stored for another host is gone by now.
    prepared.secrets.boundTo = bindingOf(provider, completed);
    // What the list shows is what the secret store holds.
    prepared.account.token =
        prepared.secrets.token ? std::optional(prepared.secrets.token->facts) : std::nullopt;
    noteMissing(prepared, now);
    return prepared;
}

bool bringsEverySecret(const Provider &provider, const AccountDraft &draft)
{
    return std::all_of(provider.fields.begin(), provider.fields.end(), [&draft](const Field &field) {
        return !field.secret || !field.required || isTyped(draft, field.id);
    });
}

// What is typed is meant for the addresses that the form showed when it was opened.
std::optional<Problem> movedAway(const AccountRepository &repository, const AccountDraft &draft,
                                 const QDateTime &now)
{
    const Account *current = editedAccount(repository, draft);
    const Provider *provider = current ? findProvider(current->providerId) : nullptr;
    if (!provider || !draft.origin || bringsNoSecret(draft))
        return {};
    const QString shown = bindingOf(*provider, draft.origin->fields);
    const QString is = bindingOf(*provider, current->fields);
    return shown == is ? std::nullopt : std::optional(boundElsewhere(shown, is, now));
}

// Secrets that were entered for other addresses than the profile names give way to ones typed in sight of the
// address, or where the user enters another address; never in passing.
bool bindsAnew(const AccountRepository &repository, const AccountDraft &draft, const Provider &provider,
               const FieldValues &completed)
{
    const Account *edited = editedAccount(repository, draft);
    return (draft.isAddressSeen && !bringsNoSecret(draft))
        || (edited && bindingOf(provider, edited->fields) != bindingOf(provider, completed));
}

// The stored secrets are gone for good, or the user chose to do without the store they are in: then what the
// draft brings has to do, and must be all that is needed.
bool canDoWithoutStored(const AccountSecretStore &store, Problem::Kind kind)
{
    return areSecretsGone(kind) || (canKeepInMemory(kind) && store.keepsInMemory());
}

// A draft that may be saved, on its way to be joined with what is stored.
struct CheckedDraft
{
    AccountRepository &repository;
    AccountDraft draft;
    const Provider &provider;
    FieldValues completed;
    Clock clock;
    bool bringsAll; // every secret that is needed
    bool isMeant; // its secrets are for the address that the account gets

    [[nodiscard]] PreparedAccount with(AccountSecrets stored) const
    {
        return joined(repository, draft, provider, completed, std::move(stored), clock());
    }
    [[nodiscard]] Result<PreparedAccount, Problem>
    withRead(const Result<AccountSecrets, Problem> &read) const;
};

Result<PreparedAccount, Problem> CheckedDraft::withRead(const Result<AccountSecrets, Problem> &read) const
{
    // If the account was deleted while we read its secrets, saving must not recreate it.
    if (!repository.find(*draft.id))
        return failure(makeProblem(Problem::Kind::NoSuchAccount, clock()));
    if (read)
        return with(*read);
    const bool mayGoWithout = read.error().kind == Problem::Kind::SecretsBoundElsewhere
        ? isMeant
        : canDoWithoutStored(repository.secrets(), read.error().kind);
    if (bringsAll && mayGoWithout)
        return with({});
    return failure(read.error());
}

// Nothing is set aside in a locked keychain, which may be opened before the answer comes; nor for an account
// whose secrets were just read, but where the disk is full.
void addSpace(AccountRepository &repository, const Result<PreparedAccount, Problem> &prepared,
              bool isLookedAt, const Reply<Result<PreparedAccount, Problem>> &reply)
{
    if (!prepared)
        return reply(prepared);
    const auto take = [whole = *prepared, isLookedAt,
                       reply](const Result<AccountSecretStore::SpaceReservation, Problem> &made) mutable {
        if (made) {
            whole.reservation = *made;
            return reply(whole);
        }
        const auto kind = made.error().kind;
        const bool mayCome =
            kind != Problem::Kind::CannotSave && (isLookedAt || kind == Problem::Kind::KeychainLocked);
        if (!mayCome)
            return reply(failure(made.error()));
        reply(whole);
    };
    repository.secrets().reserveSpace({ &repository, take });
}

// Reserving space shows, like a probe, whether the secret store can be used: it is asked once.
void prepareNew(const CheckedDraft &checked, SpaceFor space,
                const Reply<Result<PreparedAccount, Problem>> &reply)
{
    const bool hasNoSecrets = checked.draft.mayLackSecrets && bringsNoSecret(checked.draft);
    if (space == SpaceFor::TheAnswer)
        return addSpace(checked.repository, checked.with({}), hasNoSecrets, reply);
    if (hasNoSecrets)
        return reply(checked.with({}));
    checked.repository.secrets().probe(
        { &checked.repository, [checked, reply](const Result<void, Problem> &probed) {
             reply(probed.transform([&checked] { return checked.with({}); }));
         } });
}

void prepareStored(const CheckedDraft &checked, SpaceFor space,
                   const Reply<Result<PreparedAccount, Problem>> &reply)
{
    const auto take = [checked, space, reply](const Result<AccountSecrets, Problem> &read) {
        const auto prepared = checked.withRead(read);
        if (space == SpaceFor::TheAnswer)
            return addSpace(checked.repository, prepared, true, reply);
        reply(prepared);
    };
    checked.repository.readSecrets(*checked.draft.id, { &checked.repository, take });
}

} // namespace

void keepChangesOf(const Account &current, PreparedAccount &prepared)
{
    Account &account = prepared.account;
    account.copyChoice = current.copyChoice;
    if (account.name == prepared.origin.name)
        account.name = current.name;
    for (const Field &field : prepared.provider->fields) {
        const QString before = prepared.origin.fields.value(field.id);
        if (!field.secret && !field.bindsToken && account.fields.value(field.id) == before
            && current.fields.value(field.id) != before)
            account.fields.insert(field.id, current.fields.value(field.id));
    }
}

void prepare(AccountRepository &repository, const AccountDraft &typed, SpaceFor space, const Clock &clock,
             const Reply<Result<PreparedAccount, Problem>> &reply)
{
    if (const auto fault = movedAway(repository, typed, clock()))
        return reply(failure(*fault));
    const AccountDraft draft = broughtUpToDate(repository, typed);
    const auto problems = checkDraft(repository, draft);
    if (!problems.isEmpty())
        return reply(failure(refusalOf(problems.first(), clock())));
    const Provider &provider = *findProvider(draft.providerId);
    const FieldValues completed = completeFields(provider, draft.fields);
    const CheckedDraft checked { repository,
                                 draft,
                                 provider,
                                 completed,
                                 clock,
                                 bringsEverySecret(provider, draft),
                                 bindsAnew(repository, draft, provider, completed) };
    if (draft.id)
        return prepareStored(checked, space, reply);
    prepareNew(checked, space, reply);
}

QString tokenUser(const Account &account, const AccountSecrets &secrets)
{
    const QString stored = secrets.token ? secrets.token->facts.user : QString();
    return stored.isEmpty() && account.token ? account.token->user : stored;
}

void takeToken(Account &account, AccountSecrets &secrets, const Grant &grant, TokenSet tokens,
               const QString &userBefore)
{
    if (const auto *exchange = std::get_if<AuthorizationCodeGrant>(&grant)) {
        // The old session's refresh token goes with its code; the code itself works only once.
        secrets.token.reset();
        secrets.fields.erase(u"code"_s);
        secrets.authorizationCode = exchange->code;
    }
    if (!tokens.refreshToken && secrets.token)
        tokens.refreshToken = secrets.token->refreshToken;
    if (tokens.facts.user.isEmpty() && secrets.token)
        tokens.facts.user = secrets.token->facts.user;
    if (!tokens.facts.user.isEmpty() && !userBefore.isEmpty() && tokens.facts.user != userBefore)
        tokens.facts.notes.append(TokenNote::OtherUser);

    account.token = tokens.facts;
    account.needsSignIn = false;
    account.lastProblem.reset();
    account.lastRefreshAt = tokens.facts.issuedAt;
    secrets.token = std::move(tokens);
    ++secrets.generation;
}

} // namespace latchkey
