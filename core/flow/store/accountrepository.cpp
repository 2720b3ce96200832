// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/accountrepository.h"

#include "core/flow/store/porterrors.h"
#include "core/port/accountstore.h"
#include "core/port/lock.h"
#include "core/provider/providers.h"

#include <algorithm>

namespace latchkey {

namespace {

// The run that kept these secrets is over, or is another process's; here there is no token.
void forgetMemory(Account &account)
{
    if (!account.keptInMemory)
        return;
    account.token.reset();
    account.needsSignIn = true;
    account.lastProblem = makeProblem(Problem::Kind::MemoryGone, account.lastRefreshAt);
}

// Of secrets in memory each process has its own, and its own truth about them: only what else was changed is
// taken over.
void keepOwnFacts(Account &loaded, const Account &own)
{
    loaded.token = own.token;
    loaded.needsSignIn = own.needsSignIn;
    loaded.lastRefreshAt = own.lastRefreshAt;
    loaded.lastProblem = own.lastProblem;
    loaded.missingSecrets = own.missingSecrets;
}

// What the secrets belong to: the host they go to, and whom they prove there.
bool isForAnother(const Provider &provider, const Account &before, const Account &after)
{
    return std::any_of(provider.fields.begin(), provider.fields.end(), [&](const Field &field) {
        return !field.secret && field.bindsToken
            && before.fields.value(field.id) != after.fields.value(field.id);
    });
}

} // namespace

AccountRepository::AccountRepository(AccountStore &profile, AccountSecretStore &secrets, Lock &lock,
                                     Clock clock, QObject *parent)
    : QObject(parent), m_profile(profile), m_secrets(secrets), m_lock(lock), m_clock(std::move(clock))
{
    connect(&secrets, &AccountSecretStore::opened, this, &AccountRepository::deleteLeftovers);
}

Result<void, Problem> AccountRepository::load()
{
    auto loaded = m_profile.load();
    if (!loaded)
        return failure(problemOf(loaded.error(), m_clock()));
    m_accounts = std::move(*loaded);
    for (Account &account : m_accounts)
        forgetMemory(account);
    deleteLeftovers();
    return {};
}

void AccountRepository::catchUp()
{
    if (!m_profile.wasChangedElsewhere())
        return;
    const auto loaded = m_profile.load();
    if (!loaded)
        return;
    const auto isLoaded = [&loaded](const AccountId &id) {
        return std::any_of(loaded->begin(), loaded->end(),
                           [&id](const Account &account) { return account.id == id; });
    };
    QList<AccountId> gone;
    for (const Account &known : std::as_const(m_accounts)) {
        if (!isLoaded(known.id) && !m_removing.contains(known.id))
            gone.append(known.id);
    }
    for (const AccountId &id : gone) {
        m_secrets.dropHeld(id);
        m_inOurMemory.removeAll(id);
        m_accounts.removeIf([&id](const Account &account) { return account.id == id; });
        Q_EMIT accountRemoved(id);
    }
    for (const Account &account : *loaded)
        takeOver(account);
}

void AccountRepository::takeOver(const Account &loaded)
{
    Account account = loaded;
    const auto found = std::find_if(m_accounts.begin(), m_accounts.end(),
                                    [&account](const Account &known) { return known.id == account.id; });
    if (found == m_accounts.end()) {
        forgetMemory(account);
        m_accounts.append(account);
        Q_EMIT accountAdded(account.id);
        return;
    }
    if (!account.keptInMemory)
        m_inOurMemory.removeAll(account.id);
    if (m_inOurMemory.contains(account.id))
        keepOwnFacts(account, *found);
    else
        forgetMemory(account);
    if (*found == account)
        return;
    *found = account;
    Q_EMIT accountChanged(account.id);
}

const Account *AccountRepository::find(const AccountId &id) const
{
    const auto found = std::find_if(m_accounts.begin(), m_accounts.end(),
                                    [&id](const Account &account) { return account.id == id; });
    return found == m_accounts.end() ? nullptr : &*found;
}

QList<AccountId> AccountRepository::removalsUnderWay() const
{
    return m_profile.removalsUnderWay().value_or(QList<AccountId>());
}

void AccountRepository::readSecrets(const AccountId &id, const Reply<Result<AccountSecrets, Problem>> &reply)
{
    const Account *account = find(id);
    if (!account)
        return reply(failure(makeProblem(Problem::Kind::NoSuchAccount, m_clock())));
    m_secrets.read(*account, reply);
}

void AccountRepository::store(const Account &account, const AccountSecrets &secrets,
                              AccountSecretStore::OnFailure onFailure,
                              const Reply<Result<void, Problem>> &reply)
{
    // Written now, the secrets would outlive their account.
    if (m_removing.contains(account.id))
        return reply(failure(makeProblem(Problem::Kind::NoSuchAccount, m_clock())));
    if (!find(account.id) && !m_secrets.keepsInMemory()) {
        if (const auto marked = m_profile.markAddition(account.id); !marked)
            return reply(failure(problemOf(marked.error(), m_clock())));
    }
    const auto before = markChange(account);
    if (!before)
        return reply(failure(before.error()));
    m_secrets.write(
        account, secrets, onFailure,
        { this, [this, account, before = *before, reply](const Result<Account, Problem> &written) {
             reply(keepWritten(account, before, written));
         } });
}

// The profile follows what became of the secrets: they are stored, held in memory, or neither.
Result<void, Problem> AccountRepository::keepWritten(const Account &account,
                                                     const std::optional<Account> &before,
                                                     const Result<Account, Problem> &written)
{
    if (written) {
        noteWhereKept(*written);
        return put(*written);
    }
    if (written.error().kind != Problem::Kind::NotSaved) {
        if (before)
            static_cast<void>(m_profile.save(*before));
        return failure(written.error());
    }
    Account held = account;
    held.lastProblem = written.error();
    const auto kept = put(held);
    if (find(account.id))
        return failure(written.error());
    return kept;
}

void AccountRepository::add(const Account &account, const AccountSecrets &secrets,
                            AccountSecretStore::OnFailure onFailure,
                            const Reply<Result<void, Problem>> &reply)
{
    const bool isObtained = onFailure == AccountSecretStore::OnFailure::Hold;
    const auto storeUnder = [this, account, secrets, onFailure, isObtained, reply](const LockResult &places,
                                                                                   const LockResult &own) {
        if (!own && !isObtained)
            return reply(failure(problemOf(own.error(), m_clock())));
        store(account, secrets, onFailure,
              { this, [places, own, reply](const Result<void, Problem> &stored) { reply(stored); } });
    };
    m_lock.acquire(secretPlacesLock,
                   { this, [this, id = account.id, isObtained, reply, storeUnder](const LockResult &places) {
                        if (!places && !isObtained)
                            return reply(failure(problemOf(places.error(), m_clock())));
                        m_lock.acquire(id.value, { this, [places, storeUnder](const LockResult &own) {
                                                      storeUnder(places, own);
                                                  } });
                    } });
}

// Secrets for one host must not be sent to another because a crash kept one of the two stores from changing:
// until both have, the profile says that the secrets have to be entered, and then nothing is sent. The answer
// is the account as it was, if that was needed.
Result<std::optional<Account>, Problem> AccountRepository::markChange(const Account &account)
{
    const Account *current = find(account.id);
    const Provider *provider = findProvider(account.providerId);
    if (!current || !provider || m_secrets.keepsInMemory() || !isForAnother(*provider, *current, account))
        return std::optional<Account>();
    Account between = account;
    between.token.reset();
    for (const Field &field : provider->fields) {
        if (field.secret && field.required && !between.missingSecrets.contains(field.id))
            between.missingSecrets.append(field.id);
    }
    if (const auto marked = m_profile.save(between); !marked)
        return failure(problemOf(marked.error(), m_clock()));
    return std::optional<Account>(*current);
}

void AccountRepository::noteWhereKept(const Account &written)
{
    m_inOurMemory.removeAll(written.id);
    if (written.keptInMemory)
        m_inOurMemory.append(written.id);
}

Result<void, Problem> AccountRepository::storeAccount(const Account &account)
{
    return put(account);
}

Result<void, Problem> AccountRepository::put(const Account &account)
{
    const auto saved = m_profile.save(account);
    const auto found = std::find_if(m_accounts.begin(), m_accounts.end(),
                                    [&account](const Account &other) { return other.id == account.id; });
    const bool isNew = found == m_accounts.end();
    if (!saved) {
        const Problem problem = problemOf(saved.error(), m_clock());
        // A new account that is not in the profile does not exist, nor does one that another process removed
        // while its secrets were written: they must not stay behind.
        if (isNew || saved.error().kind == AccountStoreError::Kind::Missing) {
            m_secrets.dropHeld(account.id);
            m_secrets.remove(account, { this, [this, id = account.id](const Result<void, Problem> &removed) {
                                           if (removed)
                                               static_cast<void>(m_profile.erase(id));
                                       } });
            return failure(problem);
        }
        // What the secret store holds is true, whatever became of the profile: show it.
        *found = account;
        found->lastProblem = problem;
        Q_EMIT accountChanged(account.id);
        return failure(problem);
    }
    if (isNew) {
        m_accounts.append(account);
        Q_EMIT accountAdded(account.id);
    } else {
        *found = account;
        Q_EMIT accountChanged(account.id);
    }
    return {};
}

void AccountRepository::lockPlaces(const Reply<Result<void, Problem>> &reply,
                                   const std::function<void(Reply<Result<void, Problem>>)> &step)
{
    m_lock.acquire(secretPlacesLock,
                   { this, [this, reply, step](const LockResult &lock) {
                        if (!lock)
                            return reply(failure(problemOf(lock.error(), m_clock())));
                        step({ this, [lock, reply](const Result<void, Problem> &r) { reply(r); } });
                    } });
}

void AccountRepository::remove(const AccountId &id, const Reply<Result<void, Problem>> &reply)
{
    lockPlaces(reply, [this, id](const Reply<Result<void, Problem>> &then) { removeNow(id, then); });
}

void AccountRepository::removeNow(const AccountId &id, const Reply<Result<void, Problem>> &reply)
{
    const Account *found = find(id);
    if (!found)
        return reply(failure(makeProblem(Problem::Kind::NoSuchAccount, m_clock())));
    const Account account = *found;
    if (const auto marked = m_profile.markRemoval(id); !marked)
        return reply(failure(problemOf(marked.error(), m_clock())));
    m_removing.append(id);
    m_secrets.remove(account, { this, [this, account, reply](const Result<void, Problem> &removed) {
                                   m_removing.removeAll(account.id);
                                   if (!removed) {
                                       // The secrets are still there, so the account is too.
                                       static_cast<void>(m_profile.restore(account));
                                       return reply(failure(removed.error()));
                                   }
                                   const auto erased = m_profile.erase(account.id);
                                   m_accounts.removeIf(
                                       [&account](const Account &other) { return other.id == account.id; });
                                   Q_EMIT accountRemoved(account.id);
                                   if (!erased)
                                       return reply(failure(problemOf(erased.error(), m_clock())));
                                   reply({});
                               } });
}

void AccountRepository::retryHeld(const Reply<Result<void, Problem>> &reply)
{
    lockPlaces(reply, [this](const Reply<Result<void, Problem>> &then) { retryNext(then); });
}

void AccountRepository::retryNext(const Reply<Result<void, Problem>> &reply)
{
    const auto held = m_secrets.held();
    if (held.isEmpty())
        return reply({});
    const Account *account = find(held.first());
    if (!account)
        return reply(failure(makeProblem(Problem::Kind::NoSuchAccount, m_clock())));
    Account copy = *account;
    copy.lastProblem.reset();
    m_secrets.retry(copy, { this, [this, reply](const Result<Account, Problem> &written) {
                               if (!written)
                                   return reply(failure(written.error()));
                               noteWhereKept(*written);
                               if (const auto kept = put(*written); !kept)
                                   return reply(kept);
                               retryNext(reply);
                           } });
}

void AccountRepository::deleteLeftovers()
{
    for (const AccountId &id : removalsUnderWay()) {
        if (!m_removing.contains(id))
            deleteLeftover(id);
    }
}

// Under the account's lock, since its addition may be under way in another process, which holds that.
void AccountRepository::deleteLeftover(const AccountId &id)
{
    const auto isStillLeft = [this, id] { return removalsUnderWay().contains(id); };
    const auto remove = [this, id, isStillLeft](const std::shared_ptr<LockHold> &hold) {
        if (!isStillLeft())
            return;
        Account gone;
        gone.id = id;
        m_secrets.remove(gone, { this, [this, id, hold](const Result<void, Problem> &removed) {
                                    if (removed)
                                        static_cast<void>(m_profile.erase(id));
                                } });
    };
    m_lock.acquire(id.value,
                   { this, [this, remove](const LockResult &lock) {
                        if (!lock)
                            return;
                        m_secrets.probe({ this,
                                          [remove, hold = *lock](const Result<void, Problem> &open) {
                                              if (open)
                                                  remove(hold);
                                          } },
                                        AccountSecretStore::WhenLocked::Refuse);
                    } });
}

} // namespace latchkey
