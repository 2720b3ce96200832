// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/accountdraftrules.h"

#include "core/account/accountname.h"
#include "core/base/characters.h"
#include "core/flow/draft/missingsecrets.h"
#include "core/flow/draft/namecheck.h"
#include "core/flow/draft/redirectsharing.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/secretbinding.h"
#include "core/provider/providers.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// What is stored may be spelt as an earlier version let it be.
bool differs(const Provider &provider, const FieldValues &stored, const FieldValues &completed,
             bool Field::*kind)
{
    const FieldValues before = completeFields(provider, stored);
    return std::any_of(provider.fields.begin(), provider.fields.end(), [&](const Field &field) {
        return !field.secret && field.*kind && before.value(field.id) != completed.value(field.id);
    });
}

const Account *editedAccount(const AccountRepository &repository, const AccountDraft &draft)
{
    return draft.id ? repository.find(*draft.id) : nullptr;
}

AccountDraft withoutMarks(AccountDraft draft)
{
    draft.name = withoutMark(draft.name);
    for (QString &value : draft.fields)
        value = withoutMark(value);
    for (auto &[id, secret] : draft.secrets)
        secret = Secret(withoutMark(secret.reveal()));
    return draft;
}

// With what others changed since the draft was made: two who edit different fields both have their way.
AccountDraft broughtUpToDate(const AccountRepository &repository, const AccountDraft &given)
{
    AccountDraft draft = withoutMarks(given);
    const Account *current = editedAccount(repository, draft);
    if (!current || !draft.origin)
        return draft;
    if (draft.name == draft.origin->name)
        draft.name = current->name;
    const FieldValues typed = draft.fields;
    draft.fields = current->fields;
    for (auto field = typed.begin(); field != typed.end(); ++field) {
        if (field.value() != draft.origin->fields.value(field.key()))
            draft.fields.insert(field.key(), field.value());
    }
    draft.origin = AccountDraft::Origin { current->name, current->fields };
    return draft;
}

bool hostChanged(const Provider &provider, const Account *edited, const FieldValues &completed)
{
    return edited && differs(provider, edited->fields, completed, &Field::bindsSecrets);
}

std::optional<FieldProblem> sharingProblem(const AccountRepository &repository, AccountDraft draft,
                                           FieldValues completed)
{
    draft.fields = std::move(completed);
    return sharingProblem(repository.accounts(), draft);
}

Problem refusalOf(const FieldProblem &found, const QDateTime &now)
{
    return isSharing(found)
        ? Problem { Problem::Kind::RedirectUriShared, found.where.join(u' '), {}, now, {} }
        : Problem { Problem::Kind::FieldRefused, found.fieldId, {}, now, {} };
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
    // Bound anew by who edits the account: what was stored for another host is gone by now.
    prepared.secrets.boundTo = bindingOf(provider, completed);
    // What the list shows is what the secret store holds.
    prepared.account.token =
        prepared.secrets.token ? std::optional(prepared.secrets.token->facts) : std::nullopt;
    noteMissing(prepared, now);
    return prepared;
}

bool isTyped(const AccountDraft &draft, const QString &id)
{
    const auto secret = draft.secrets.find(id);
    return secret != draft.secrets.end() && !secret->second.isEmpty();
}

bool bringsEverySecret(const Provider &provider, const AccountDraft &draft)
{
    return std::all_of(provider.fields.begin(), provider.fields.end(), [&draft](const Field &field) {
        return !field.secret || !field.required || isTyped(draft, field.id);
    });
}

bool bringsNoSecret(const AccountDraft &draft)
{
    return std::all_of(draft.secrets.begin(), draft.secrets.end(),
                       [](const auto &entry) { return entry.second.isEmpty(); });
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

// The account has it stored, as far as the profile knows.
bool isStored(const Account *edited, const Field &field)
{
    return edited && !edited->missingSecrets.contains(field.id)
        && (field.required
            || neededSecrets(*findProvider(edited->providerId), edited->fields).contains(field.id));
}

// The stored secrets are gone for good, or the user chose to do without the store they are in: then what the
// draft brings has to do, and must be all that is needed.
bool canDoWithoutStored(const AccountSecretStore &store, Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::SecretMissing:
    case Problem::Kind::MemoryGone: return true;
    case Problem::Kind::NoSessionBus:
    case Problem::Kind::NoKeychainService:
    case Problem::Kind::NoDefaultCollection:
    case Problem::Kind::KeychainLocked:
    case Problem::Kind::PromptDismissed:
    case Problem::Kind::KeychainDenied:
    case Problem::Kind::KeychainTimedOut:
    case Problem::Kind::KeychainFailed:
    case Problem::Kind::KeychainChanged: return store.keepsInMemory();
    default: return false;
    }
}

} // namespace

QList<FieldProblem> checkDraft(const AccountRepository &repository, const AccountDraft &typed)
{
    const AccountDraft draft = broughtUpToDate(repository, typed);
    const Provider *provider = findProvider(draft.providerId);
    if (!provider)
        return { { u"provider"_s, QT_TRANSLATE_NOOP("Provider", "Choose a provider.") } };

    QList<FieldProblem> problems;
    if (const auto problem = nameProblem(repository, draft))
        problems.append(*problem);

    const FieldValues completed = completeFields(*provider, draft.fields);
    const Account *edited = editedAccount(repository, draft);
    const bool asksAgain = hostChanged(*provider, edited, completed);
    const QStringList needed = neededSecrets(*provider, completed);
    QSet<QString> present;
    for (const Field &field : provider->fields) {
        const bool isKnown = isStored(edited, field);
        const bool isOwed = needed.contains(field.id) && !isTyped(draft, field.id);
        if (isOwed && isKnown && field.required && asksAgain) {
            problems.append({ field.id,
                              QT_TRANSLATE_NOOP("Provider",
                                                "The address changed: enter the secret again, so that "
                                                "it is not sent to another host unasked.") });
        }
        // As far as the provider's own check is concerned.
        if (isTyped(draft, field.id) || (isOwed && (isKnown || draft.mayLackSecrets)))
            present.insert(field.id);
    }
    problems += checkFields(*provider, completed, draft.secrets, present);
    problems.removeIf([&draft](const FieldProblem &problem) {
        return problem.mayBeMeant && draft.takenAsIs.contains(problem.fieldId);
    });
    if (const auto shared = sharingProblem(repository, draft, completed))
        problems.append(*shared);
    return problems;
}

FirstToken firstTokenFor(const AccountRepository &repository, const AccountDraft &typed)
{
    const AccountDraft draft = broughtUpToDate(repository, typed);
    const Provider *provider = findProvider(draft.providerId);
    if (!provider)
        return FirstToken::NotNeeded;
    const Account *edited = editedAccount(repository, draft);
    if (edited) {
        const bool secretReplaced =
            std::any_of(provider->fields.begin(), provider->fields.end(), [&](const Field &field) {
                return field.secret && field.bindsToken && isTyped(draft, field.id);
            });
        const FieldValues completed = completeFields(*provider, draft.fields);
        if (!secretReplaced && !differs(*provider, edited->fields, completed, &Field::bindsToken))
            return FirstToken::NotNeeded;
    }
    if (provider->grant == GrantKind::ClientCredentials)
        return FirstToken::Request;
    return isTyped(draft, u"code"_s) ? FirstToken::ExchangeTypedCode : FirstToken::SignIn;
}

std::optional<Problem> missingSecret(const Account &account, const QDateTime &now)
{
    const Provider *provider = findProvider(account.providerId);
    return provider ? missingSecret(*provider, account.missingSecrets, now) : std::nullopt;
}

std::optional<Problem> missingSecret(const AccountRepository &repository, const AccountDraft &draft,
                                     const QDateTime &now)
{
    const Provider *provider = findProvider(draft.providerId);
    if (!provider)
        return {};
    const Account *edited = editedAccount(repository, draft);
    QStringList missing =
        edited ? edited->missingSecrets : neededSecrets(*provider, completeFields(*provider, draft.fields));
    missing.removeIf([&draft](const QString &id) { return isTyped(draft, id); });
    return missingSecret(*provider, missing, now);
}

AccountDraft draftOf(const Account &account)
{
    return { account.id,
             account.name,
             account.providerId,
             account.fields,
             {},
             true,
             AccountDraft::Origin { account.name, account.fields } };
}

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

void prepare(AccountRepository &repository, const AccountDraft &typed, const Clock &clock,
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
    const auto join = [&repository, draft, &provider, completed, clock](AccountSecrets stored) {
        return joined(repository, draft, provider, completed, std::move(stored), clock());
    };
    if (!draft.id && draft.mayLackSecrets && bringsNoSecret(draft))
        return reply(join({}));
    if (!draft.id)
        return repository.secrets().probe({ &repository, [join, reply](const Result<void, Problem> &probed) {
                                               reply(probed.transform([&join] { return join({}); }));
                                           } });
    const bool bringsAll = bringsEverySecret(provider, draft);
    const bool isMeant = bindsAnew(repository, draft, provider, completed);
    const auto withStored =
        [&repository, id = *draft.id, clock, join, bringsAll,
         isMeant](const Result<AccountSecrets, Problem> &read) -> Result<PreparedAccount, Problem> {
        // Removed while its secrets were read, it must not come back as a new one.
        if (!repository.find(id))
            return failure(Problem { Problem::Kind::NoSuchAccount, {}, {}, clock(), {} });
        if (read)
            return join(*read);
        const bool mayGoWithout = read.error().kind == Problem::Kind::SecretsBoundElsewhere
            ? isMeant
            : canDoWithoutStored(repository.secrets(), read.error().kind);
        if (bringsAll && mayGoWithout)
            return join({});
        return failure(read.error());
    };
    repository.readSecrets(*draft.id,
                           { &repository, [withStored, reply](const Result<AccountSecrets, Problem> &read) {
                                reply(withStored(read));
                            } });
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
