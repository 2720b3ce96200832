// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/flow/store/secretplaces.h"
#include "core/port/reply.h"

#include <QObject>

#include <map>
#include <memory>

namespace latchkey {

class AccountStore;
class SecretStore;
struct SecretStoreError;
class VaultService;

// The secrets of the accounts: where the profile says that they are (R45) or, on the user's word, in
// memory for this run. Holds what could not be written (R41).
class AccountSecretStore final : public QObject
{
    Q_OBJECT

public:
    struct Stores
    {
        SecretStore &keychain;
        SecretStore &memory;
        AccountStore &profile; // knows the recorded backend
        SecretStore *vault = nullptr; // null: there is none here
        bool beginsWithVault = false;
    };
    // What to do when a value cannot be written.
    enum class OnFailure { Forget, Hold };

    AccountSecretStore(const Stores &stores, Clock clock, QObject *parent = nullptr);

    enum class WhenLocked { Accept, Refuse };

    // Can secrets be kept now? A locked keychain is no obstacle where it may ask the user when something is
    // written.
    void probe(const Reply<Result<void, Problem>> &reply, WhenLocked whenLocked = WhenLocked::Accept);
    // That a write which follows will find its place: whatever it takes is set aside as long as the answer
    // lives. Asked before anything is sent that a vendor takes once (R37).
    using SpaceReservation = std::shared_ptr<void>;
    void reserveSpace(const Reply<Result<SpaceReservation, Problem>> &reply);
    // SecretsBoundElsewhere: they were entered for other addresses than the account names now.
    void read(const Account &account, const Reply<Result<AccountSecrets, Problem>> &reply);
    // `account.keptInMemory` is set to where the secrets went.
    void write(Account account, AccountSecrets secrets, OnFailure onFailure,
               const Reply<Result<Account, Problem>> &reply);
    void remove(const Account &account, const Reply<Result<void, Problem>> &reply);

    [[nodiscard]] QList<AccountId> held() const;
    void dropHeld(const AccountId &id);
    // Writes one held item again.
    void retry(Account account, const Reply<Result<Account, Problem>> &reply);
    void keepInMemory();
    [[nodiscard]] bool keepsInMemory() const { return m_keepsInMemory; }
    [[nodiscard]] SecretPlaces &places() { return m_places; }
    // Where new secrets go now.
    [[nodiscard]] Result<SecretStore *, Problem> usedStore() const;
    // "libsecret", "kwallet", "vault", "memory": the same by name, as far as the profile knows.
    [[nodiscard]] QString backendName() const;
    // The keychain was asked for something, and there was none.
    [[nodiscard]] bool lacksKeychain() const { return m_lacksKeychain; }

Q_SIGNALS:
    // For the first time in this run a secret was read, so the store is open.
    void opened();
    void heldChanged();
    void keepInMemoryChanged(bool keepsInMemory);
    void waitingChanged(bool isWaiting);
    void lacksKeychainChanged(bool lacksKeychain);

private:
    void learn(const SecretStore *asked, const SecretStoreError *error);
    [[nodiscard]] Result<AccountSecrets, Problem> secretsIn(const Result<Secret, SecretStoreError> &stored,
                                                            const Account &account) const;
    [[nodiscard]] Result<AccountSecrets, Problem> boundTo(const Account &account,
                                                          AccountSecrets secrets) const;
    [[nodiscard]] Problem causedBy(const Problem &why, Problem::Kind kind) const;
    [[nodiscard]] Problem noRoom(const Problem &why) const;

    [[nodiscard]] Result<SecretStore *, Problem> currentStore() const { return m_places.currentStore(); }

    SecretStore &m_memory;
    Clock m_clock;
    SecretPlaces m_places;
    std::map<AccountId, AccountSecrets> m_held;
    bool m_keepsInMemory = false;
    bool m_wasOpened = false;
    bool m_lacksKeychain = false;
};

// Where the secrets of a profile are at this moment, for people.
enum class SecretLocation {
    NothingYet, // the first one goes to the keychain
    NoKeychain, // nothing yet, and the keychain that was asked is none
    Keychain,
    KeychainGone, // they were put there, and now there is none
    Memory,
    LockedVault,
    OpenVault,
};

// Asks no store: what is known of the keychain is its last answer, so that a window starts without it.
[[nodiscard]] SecretLocation secretLocation(AccountSecretStore &secrets, const VaultService &vault);

} // namespace latchkey
