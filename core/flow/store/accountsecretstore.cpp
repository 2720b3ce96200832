// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/accountsecretstore.h"

#include "core/account/accountjson.h"
#include "core/account/problemtable.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/secretbinding.h"
#include "core/flow/store/vaultservice.h"
#include "core/port/accountstore.h"
#include "core/port/secretstore.h"
#include "core/provider/providers.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Added without its secrets, or it needs none and has no sign-in yet: there is nothing that
// could have been lost.
bool neverHadAny(const Account &account)
{
    const Provider *provider = findProvider(account.providerId);
    if (!provider || account.token || account.lastRefreshAt.isValid())
        return false;
    return std::all_of(provider->fields.begin(), provider->fields.end(), [&account](const Field &field) {
        return !field.secret || !field.required || account.missingSecrets.contains(field.id);
    });
}

} // namespace

AccountSecretStore::AccountSecretStore(const Stores &stores, Clock clock, QObject *parent)
    : QObject(parent),
      m_memory(stores.memory),
      m_clock(std::move(clock)),
      m_places({ stores.keychain, stores.profile, stores.vault, stores.beginsWithVault }, m_clock)
{
    connect(&stores.keychain, &SecretStore::waitingChanged, this, &AccountSecretStore::waitingChanged);
}

Result<SecretStore *, Problem> AccountSecretStore::usedStore() const
{
    return m_keepsInMemory ? Result<SecretStore *, Problem>(&m_memory) : currentStore();
}

QString AccountSecretStore::backendName() const
{
    return m_keepsInMemory ? m_memory.backendName() : m_places.store(m_places.recorded()).backendName();
}

void AccountSecretStore::probe(const Reply<Result<void, Problem>> &reply, WhenLocked whenLocked)
{
    if (m_keepsInMemory && whenLocked == WhenLocked::Accept)
        return reply({});
    const auto store = currentStore();
    if (!store)
        return reply(failure(store.error()));
    (*store)->probe({ this, [this, store, reply, whenLocked](const Result<void, SecretStoreError> &probed) {
                         learn(*store, probed ? nullptr : &probed.error());
                         const bool isAccepted = probed
                             || (probed.error().kind == SecretStoreError::Kind::Locked
                                 && whenLocked == WhenLocked::Accept);
                         if (isAccepted)
                             return reply({});
                         reply(failure(problemOf(probed.error(), m_clock())));
                     } });
}

void AccountSecretStore::reserveSpace(const Reply<Result<SpaceReservation, Problem>> &reply)
{
    const auto store = usedStore();
    if (!store)
        return reply(failure(store.error()));
    (*store)->reserveSpace({ this, [this, reply](const Result<SpaceReservation, SecretStoreError> &made) {
                                reply(made.map_error([this](const SecretStoreError &error) {
                                    return noRoom(problemOf(error, m_clock()));
                                }));
                            } });
}

Result<AccountSecrets, Problem> AccountSecretStore::secretsIn(const Result<Secret, SecretStoreError> &stored,
                                                              const Account &account) const
{
    if (!stored) {
        Problem problem = problemOf(stored.error(), m_clock());
        const bool isMissing = problem.kind == Problem::Kind::SecretMissing;
        if (isMissing && neverHadAny(account))
            return AccountSecrets {};
        if (isMissing && account.keptInMemory)
            problem.kind = Problem::Kind::MemoryGone;
        else if (isMissing && m_places.recorded() == SecretPlace::Vault)
            problem.kind = Problem::Kind::NotInVault;
        return failure(std::move(problem));
    }
    auto secrets = fromStoredText(*stored);
    if (secrets)
        return boundTo(account, std::move(*secrets));
    const bool isNewer = secrets.error() == StoredTextFault::NewerVersion;
    return failure(
        makeProblem(isNewer ? Problem::Kind::ProfileNewer : Problem::Kind::KeychainFailed, m_clock()));
}

// Every use of a secret begins here. Somebody who can write to the profile must not decide where they go.
Result<AccountSecrets, Problem> AccountSecretStore::boundTo(const Account &account,
                                                            AccountSecrets secrets) const
{
    if (auto fault = bindingFault(account, secrets, m_clock()))
        return failure(*std::move(fault));
    return secrets;
}

void AccountSecretStore::read(const Account &account, const Reply<Result<AccountSecrets, Problem>> &reply)
{
    if (const auto held = m_held.find(account.id); held != m_held.end())
        return reply(boundTo(account, held->second));

    const auto take = [this, account, reply](const Result<Secret, SecretStoreError> &stored) {
        const auto secrets = secretsIn(stored, account);
        if (secrets && !std::exchange(m_wasOpened, true))
            Q_EMIT opened();
        reply(secrets);
    };
    const QString key = secretKeyOf(account.id);
    if (account.keptInMemory)
        return m_memory.read(key, { this, take });
    const auto store = currentStore();
    if (!store)
        return reply(failure(store.error()));
    const auto look = [this, key, asked = *store, take](const Result<Secret, SecretStoreError> &stored) {
        learn(asked, stored ? nullptr : &stored.error());
        // Moved to the other place while this was read: what is not here any more is there.
        const bool isMissing = !stored && stored.error().kind == SecretStoreError::Kind::NotFound;
        if (const auto now = currentStore(); isMissing && now && *now != asked)
            return (*now)->read(key, { this, take });
        take(stored);
    };
    (*store)->read(key, { this, look });
}

void AccountSecretStore::write(Account account, AccountSecrets secrets, OnFailure onFailure,
                               const Reply<Result<Account, Problem>> &reply)
{
    // The first time. After that only the user changes it, by editing the account.
    if (const Provider *provider = findProvider(account.providerId); provider && secrets.boundTo.isEmpty())
        secrets.boundTo = bindingOf(*provider, account.fields);
    const bool toMemory = m_keepsInMemory;
    account.keptInMemory = toMemory;
    auto fail = [this, id = account.id, secrets, onFailure, reply](const Problem &why) {
        // A value that will never fit is refused, not held: the old one stays (R31).
        const bool isHopeless =
            why.kind == Problem::Kind::SecretTooLarge || why.kind == Problem::Kind::SecretUnsuitable;
        if (onFailure == OnFailure::Forget || isHopeless)
            return reply(failure(why));
        m_held.insert_or_assign(id, secrets);
        Q_EMIT heldChanged();
        reply(failure(causedBy(why, Problem::Kind::NotSaved)));
    };
    const auto store = usedStore();
    if (!store)
        return fail(store.error());

    // Memory for this run is no choice for the next one, unless the profile began with it.
    const bool isChosen = !toMemory || &m_places.store(SecretPlace::Keychain) == &m_memory;
    (*store)->write(
        secretKeyOf(account.id), secretLabelOf(account), toStoredText(secrets),
        { this, [this, store, account, isChosen, fail, reply](const Result<void, SecretStoreError> &done) {
             learn(*store, done ? nullptr : &done.error());
             if (!done)
                 return fail(problemOf(done.error(), m_clock()));
             // With the first secret, so that trying the program on another desktop leaves no mark.
             if (isChosen)
                 m_places.record();
             dropHeld(account.id);
             reply(account);
         } });
}

void AccountSecretStore::remove(const Account &account, const Reply<Result<void, Problem>> &reply)
{
    const bool isNoLoss = account.keptInMemory || neverHadAny(account);
    const auto done = [this, account, reply](const Result<void, SecretStoreError> &removed) {
        // Without a keychain there is nothing to remove: the secrets were in memory, or there were none.
        if (!removed && !account.keptInMemory) {
            const Problem problem = problemOf(removed.error(), m_clock());
            if (!neverHadAny(account) || !canBeginVault(problem.kind))
                return reply(failure(problem));
        }
        dropHeld(account.id);
        reply({});
    };
    const auto store = currentStore();
    if (!store && !isNoLoss)
        return reply(failure(store.error()));
    SecretStore *place = store.value_or(&m_places.store(SecretPlace::Keychain));
    const auto fromItsPlace = [this, place, account, done](const Result<void, SecretStoreError> &) {
        place->remove(secretKeyOf(account.id), { this, done });
    };
    m_memory.remove(secretKeyOf(account.id), { this, fromItsPlace });
}

QList<AccountId> AccountSecretStore::held() const
{
    QList<AccountId> ids;
    for (const auto &[id, secrets] : m_held)
        ids.append(id);
    return ids;
}

void AccountSecretStore::dropHeld(const AccountId &id)
{
    if (m_held.erase(id) > 0)
        Q_EMIT heldChanged();
}

void AccountSecretStore::retry(Account account, const Reply<Result<Account, Problem>> &reply)
{
    const auto held = m_held.find(account.id);
    if (held == m_held.end())
        return reply(account);
    const AccountSecrets secrets = held->second;
    // The profile may have missed it, and been read again since.
    if (secrets.token)
        account.token = secrets.token->facts;
    write(account, secrets, OnFailure::Hold, reply);
}

void AccountSecretStore::learn(const SecretStore *asked, const SecretStoreError *error)
{
    if (asked != &m_places.store(SecretPlace::Keychain))
        return;
    const bool lacksKeychain = error && canBeginVault(problemOf(*error, m_clock()).kind);
    if (std::exchange(m_lacksKeychain, lacksKeychain) != lacksKeychain)
        Q_EMIT lacksKeychainChanged(lacksKeychain);
}

void AccountSecretStore::keepInMemory()
{
    if (std::exchange(m_keepsInMemory, true))
        return;
    Q_EMIT keepInMemoryChanged(true);
}

// CannotSave says that the vendor was not asked; the problems of the profile do not.
Problem AccountSecretStore::noRoom(const Problem &why) const
{
    const bool isOfTheProfile = why.kind == Problem::Kind::ProfileFull
        || why.kind == Problem::Kind::ProfileReadOnly || why.kind == Problem::Kind::ProfileBusy;
    if (!isOfTheProfile)
        return why;
    return causedBy(why, Problem::Kind::CannotSave);
}

Problem AccountSecretStore::causedBy(const Problem &why, Problem::Kind kind) const
{
    Problem problem = makeProblem(kind, m_clock());
    problem.cause = why.kind;
    return problem;
}

SecretLocation secretLocation(AccountSecretStore &secrets, const VaultService &vault)
{
    if (secrets.keepsInMemory())
        return SecretLocation::Memory;
    if (vault.isUsed())
        return vault.isLocked() ? SecretLocation::LockedVault : SecretLocation::OpenVault;
    const auto recorded = secrets.places().recordedBackend();
    const bool isNothingKept = recorded && recorded->isEmpty();
    if (secrets.lacksKeychain())
        return isNothingKept ? SecretLocation::NoKeychain : SecretLocation::KeychainGone;
    return isNothingKept ? SecretLocation::NothingYet : SecretLocation::Keychain;
}

} // namespace latchkey
