// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/io/vault/idletimer.h"
#include "core/io/vault/vaultformat.h"
#include "core/port/accountstore.h"
#include "core/port/vault.h"

#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <type_traits>

namespace latchkey {

class SqliteConnection;
class SqliteProfile;

// The vault in the rows of a profile. While it is open it holds the data key, and nothing else: rows are
// read again for each request, so that several processes can use one vault. A passphrase becomes a key on a
// thread of its own; all else is done at once, and answered from the event loop.
class VaultSecretStore final : public Vault
{
    Q_OBJECT

public:
    struct Parts
    {
        SqliteProfile &profile; // outlives the store
        Clock clock;
        VaultWork work = usualVaultWork;
    };
    explicit VaultSecretStore(const Parts &parts, QObject *parent = nullptr);

    void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) override;
    void write(const QString &key, const QString &label, const Secret &secret,
               Reply<Result<void, SecretStoreError>> reply) override;
    void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) override;
    void probe(Reply<Result<void, SecretStoreError>> reply) override;
    // A row of the largest secret's size, which the next write replaces.
    void reserveSpace(Reply<Result<SpaceReservation, SecretStoreError>> reply) override;
    [[nodiscard]] QString backendName() const override { return QStringLiteral("vault"); }

    [[nodiscard]] bool exists() const override;
    [[nodiscard]] bool isLocked() const override;
    [[nodiscard]] VaultHead head() const override;
    [[nodiscard]] VaultNotes notes() const override;
    void create(const Secret &passphrase, Done done) override;
    void unlock(const Secret &passphrase, Done done) override;
    void changePassphrase(const Secret &old, const Secret &now, Done done) override;
    void erase(Done done) override;
    void lock() override;
    void setAutoLock(std::chrono::milliseconds idle) override;
    void noteUse() override;

private:
    // A vault and what opens its secrets.
    struct Opened
    {
        VaultRow row;
        VaultBytes dataKey;
    };
    using Derived = Result<Opened, SecretStoreError>;
    class Reservation;

    // Answers from the event loop.
    template <typename T>
    void answer(const Reply<Result<T, SecretStoreError>> &reply,
                std::type_identity_t<Result<T, SecretStoreError>> result);
    void derive(std::function<Derived()> work, std::function<void(Derived &&)> then);
    void open(Derived &&derived, int lockings, const Done &done);
    [[nodiscard]] Result<void, SecretStoreError> put(const VaultRow &row, const VaultRow *instead);
    [[nodiscard]] Result<VaultRow, SecretStoreError> presentRow() const;

    [[nodiscard]] Result<const SqliteConnection *, SecretStoreError> connection() const;
    // VaultLocked.
    [[nodiscard]] Result<const SqliteConnection *, SecretStoreError> openedConnection();
    [[nodiscard]] Result<SealedSecret, SecretStoreError> find(const QString &account);
    [[nodiscard]] Result<void, SecretStoreError> store(const QString &account, const Secret &secret);
    // One transaction, if the vault is still the one that was unlocked.
    using Change = std::function<Result<void, AccountStoreError>(const SqliteConnection &)>;
    [[nodiscard]] Result<void, SecretStoreError> change(const Change &change);
    void release(const QString &reservation);
    // Another vault is in the place of the one that was unlocked, or none.
    [[nodiscard]] SecretStoreError lockedOut();

    Parts m_parts;
    Opened m_opened; // without a key while it is locked
    QStringList m_reservations;
    int m_lockings = 0; // tells an unlocking that it was overtaken
    IdleTimer m_idle;
    QThreadPool m_deriving; // waits for its thread when it dies, before anything else of this does
};

} // namespace latchkey
