// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/move/secretmoveservice.h"
#include "core/flow/store/vaultservice.h"
#include "core/port/secretmoves.h"
#include "core/port/vault.h"
#include "support/fakes/fakes.h"
#include "support/fakes/fakeworld.h"

#include <functional>
#include <limits>

namespace latchkey::test {

// The process dies at its n-th act: what is asked for then is done or not done, and nothing after it is.
struct Life
{
    int actsLeft = std::numeric_limits<int>::max();
    bool doesLastAct = false;
    int acts = 0;

    // False: it is dead, and answers nothing any more.
    bool act(const std::function<void()> &effect)
    {
        ++acts;
        if (actsLeft <= 0)
            return false;
        const bool isLast = --actsLeft == 0;
        if (!isLast || doesLastAct)
            effect();
        return !isLast;
    }
};

// A store of secrets within a life.
class MortalSecretStore final : public SecretStore
{
public:
    MortalSecretStore(Life &life, QString backend) : m_life(life) { kept.backend = std::move(backend); }

    void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) override
    {
        if (!isOpen)
            return reply(latchkey::failure(SecretStoreError { SecretStoreError::Kind::VaultLocked, {} }));
        if (m_life.act([] {}))
            kept.read(key, std::move(reply));
    }
    void write(const QString &key, const QString &label, const Secret &secret,
               Reply<Result<void, SecretStoreError>> reply) override
    {
        if (!isOpen)
            return reply(latchkey::failure(SecretStoreError { SecretStoreError::Kind::VaultLocked, {} }));
        const bool isAlive = m_life.act([&] {
            if (!kept.failure && !kept.writeFailure)
                kept.values.insert(key, secret);
        });
        if (isAlive)
            kept.write(key, label, secret, std::move(reply));
    }
    void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) override
    {
        if (m_life.act([&] { kept.values.remove(key); }))
            kept.remove(key, std::move(reply));
    }
    void probe(Reply<Result<void, SecretStoreError>> reply) override
    {
        if (m_life.act([] {}))
            kept.probe(std::move(reply));
    }
    [[nodiscard]] QString backendName() const override { return kept.backend; }

    FakeSecretStore kept;
    bool isOpen = true;

private:
    Life &m_life;
};

// The vault over a store, which is gone when it is erased.
class MortalVault final : public Vault
{
public:
    void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) override
    {
        m_store.read(key, std::move(reply));
    }
    void write(const QString &key, const QString &label, const Secret &secret,
               Reply<Result<void, SecretStoreError>> reply) override
    {
        m_store.write(key, label, secret, std::move(reply));
    }
    void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) override
    {
        m_store.remove(key, std::move(reply));
    }
    void probe(Reply<Result<void, SecretStoreError>> reply) override { m_store.probe(std::move(reply)); }
    [[nodiscard]] QString backendName() const override { return m_store.backendName(); }

    MortalVault(Life &life, MortalSecretStore &store) : m_life(life), m_store(store)
    {
        m_store.isOpen = false;
    }

    [[nodiscard]] bool exists() const override { return isThere; }
    [[nodiscard]] bool isLocked() const override { return !m_store.isOpen; }
    [[nodiscard]] VaultHead head() const override { return {}; }
    [[nodiscard]] VaultNotes notes() const override { return told; }
    void create(const Secret &passphrase, Done done) override
    {
        if (isThere)
            return done(failure(SecretStoreError { SecretStoreError::Kind::VaultExists, {} }));
        if (!m_life.act([&] { isThere = true; }))
            return;
        m_passphrase = passphrase;
        setOpen(true);
        done({});
    }
    void unlock(const Secret &passphrase, Done done) override
    {
        if (!(passphrase == m_passphrase))
            return done(failure(SecretStoreError { SecretStoreError::Kind::VaultPassphraseWrong, {} }));
        setOpen(true);
        done({});
    }
    void changePassphrase(const Secret &, const Secret &now, Done done) override
    {
        m_passphrase = now;
        done({});
    }
    void erase(Done done) override
    {
        const bool isAlive = m_life.act([&] {
            isThere = false;
            m_store.kept.values.clear();
        });
        if (!isAlive)
            return;
        setOpen(false);
        done({});
    }
    void lock() override { setOpen(false); }
    void setAutoLock(std::chrono::milliseconds idle) override { autoLock = idle; }
    void noteUse() override {}

    void setOpen(bool isOpen)
    {
        if (std::exchange(m_store.isOpen, isOpen) != isOpen)
            Q_EMIT lockedChanged(!isOpen);
    }

    bool isThere = false;
    VaultNotes told;
    std::chrono::milliseconds autoLock { -1 };

private:
    Life &m_life;
    MortalSecretStore &m_store;
    Secret m_passphrase { "CANARY-passphrase-1" };
};

// The note of a move, in the profile of a FakeWorld.
class MortalMoves final : public SecretMoves
{
public:
    MortalMoves(Life &life, FakeAccountStore &profile) : m_life(life), m_profile(profile) {}

    Result<std::optional<SecretMove>, AccountStoreError> underWay() override { return noted; }
    Result<void, AccountStoreError> record(const SecretMove &move) override
    {
        return acting([&] { noted = move; });
    }
    Result<void, AccountStoreError> switchOver(const SecretMove &move) override
    {
        return acting([&] {
            noted = move;
            noted->isSwitched = true;
            m_profile.backend = move.to;
        });
    }
    Result<void, AccountStoreError> end() override
    {
        return acting([&] { noted.reset(); });
    }

    std::optional<SecretMove> noted;
    std::optional<AccountStoreError> failure; // of every write

private:
    // These answer at once, so a dead process is told of a failure, which it cannot act on any more.
    Result<void, AccountStoreError> acting(const std::function<void()> &effect)
    {
        if (failure)
            return latchkey::failure(*failure);
        if (!m_life.act(effect))
            return latchkey::failure(AccountStoreError { AccountStoreError::Kind::Failed, {} });
        return {};
    }

    Life &m_life;
    FakeAccountStore &m_profile;
};

// A world with both places, and accounts in the one it begins with.
class TwoPlaces
{
public:
    Life life;
    FakeWorld world;
    MortalSecretStore keychain { life, QStringLiteral("libsecret") };
    MortalSecretStore inVault { life, QStringLiteral("vault") };
    MortalVault vault { life, inVault };
    MortalMoves moves { life, world.profile };
    AccountSecretStore secrets { { keychain, world.memory, world.profile, &inVault }, world.clock };
    AccountRepository accounts { world.profile, secrets, world.lock, world.clock };
    VaultService vaultService { &vault, world.clock };
    SecretMoveService service { parts() };

    [[nodiscard]] SecretMoveParts parts()
    {
        return { world.context, accounts, secrets.places(), moves, vaultService };
    }
    [[nodiscard]] AccountId add(const QString &name, const QByteArray &secret)
    {
        Account account;
        account.id = AccountId::create();
        account.name = name;
        account.providerId = QStringLiteral("configapi");
        AccountSecrets stored;
        stored.fields.insert_or_assign(QStringLiteral("client_secret"), Secret(secret));
        accounts.store(account, stored, AccountSecretStore::OnFailure::Forget,
                       { &accounts, [](const Result<void, Problem> &) {} });
        return account.id;
    }
};

} // namespace latchkey::test
