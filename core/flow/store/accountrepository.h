// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/port/reply.h"

#include <QList>
#include <QObject>

#include <functional>
#include <optional>

namespace latchkey {

class AccountStore;
class Lock;

// The accounts in memory, and the one place that changes them: secrets first, then the profile
// (R37, F79), then the signal to the views.
class AccountRepository final : public QObject
{
    Q_OBJECT

public:
    AccountRepository(AccountStore &profile, AccountSecretStore &secrets, Lock &lock, Clock clock,
                      QObject *parent = nullptr);

    // Reads the profile. Touches no secret, unless a crash left some without their account.
    [[nodiscard]] Result<void, Problem> load();
    // Takes over what another process wrote into the profile. Called when the profile changed, and before an
    // account is changed, so that nothing is put back over it.
    void catchUp();
    [[nodiscard]] const QList<Account> &accounts() const { return m_accounts; }
    [[nodiscard]] const Account *find(const AccountId &id) const;
    [[nodiscard]] AccountSecretStore &secrets() { return m_secrets; }
    [[nodiscard]] bool isInOurMemory(const AccountId &id) const { return m_inOurMemory.contains(id); }

    // Accounts whose addition or removal was begun and has not ended: their secrets may still be there.
    [[nodiscard]] QList<AccountId> removalsUnderWay() const;

    void readSecrets(const AccountId &id, const Reply<Result<AccountSecrets, Problem>> &reply);
    // Both together. With Hold, secrets that could not be written are held in memory and the account is
    // changed all the same (R41); the reply is the problem NotSaved.
    void store(const Account &account, const AccountSecrets &secrets, AccountSecretStore::OnFailure onFailure,
               const Reply<Result<void, Problem>> &reply);
    // The same for an account that is not in the profile yet. Waits until no move is under way, which would
    // not know of it. With Hold the token is there already, and is not given up for a lock.
    void add(const Account &account, const AccountSecrets &secrets, AccountSecretStore::OnFailure onFailure,
             const Reply<Result<void, Problem>> &reply);
    // Only what is not secret.
    Result<void, Problem> storeAccount(const Account &account);
    // These two wait for a move likewise.
    void remove(const AccountId &id, const Reply<Result<void, Problem>> &reply);
    void retryHeld(const Reply<Result<void, Problem>> &reply);
    // Deletes the secrets of accounts whose addition or removal a crash cut short, where that needs no
    // prompt (F75). Called when the secret store has become usable.
    void deleteLeftovers();

Q_SIGNALS:
    void accountAdded(const latchkey::AccountId &id);
    void accountChanged(const latchkey::AccountId &id);
    void accountRemoved(const latchkey::AccountId &id);

private:
    [[nodiscard]] Result<void, Problem> keepWritten(const Account &account,
                                                    const std::optional<Account> &before,
                                                    const Result<Account, Problem> &written);
    [[nodiscard]] Result<std::optional<Account>, Problem> markChange(const Account &account);
    void takeOver(const Account &loaded);
    void noteWhereKept(const Account &written);
    Result<void, Problem> put(const Account &account);
    void deleteLeftover(const AccountId &id);
    // The answer keeps the lock until it was given.
    void lockPlaces(const Reply<Result<void, Problem>> &reply,
                    const std::function<void(Reply<Result<void, Problem>>)> &step);
    void removeNow(const AccountId &id, const Reply<Result<void, Problem>> &reply);
    void retryNext(const Reply<Result<void, Problem>> &reply);

    AccountStore &m_profile;
    AccountSecretStore &m_secrets;
    Lock &m_lock;
    Clock m_clock;
    QList<Account> m_accounts;
    QList<AccountId> m_removing;
    QList<AccountId> m_inOurMemory; // the accounts whose secrets this process keeps in memory
};

} // namespace latchkey
