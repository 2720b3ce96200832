// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/account/templateservice.h"
#include "core/flow/store/vaultservice.h"
#include "core/port/vault.h"
#include "support/fakes/handoutworld.h"
#include "support/fakes/movefakes.h"
#include "ui/acts/uiservices.h"
#include "ui/secrets/secretoffers.h"

namespace latchkey::test {

// Opens with one passphrase, as soon as the test says so.
class LockedVault final : public Vault
{
public:
    // Nobody asks it for a secret: the world keeps them in a store of its own.
    void read(const QString &, Reply<Result<Secret, SecretStoreError>>) override {}
    void write(const QString &, const QString &, const Secret &,
               Reply<Result<void, SecretStoreError>>) override
    {
    }
    void remove(const QString &, Reply<Result<void, SecretStoreError>>) override {}
    void probe(Reply<Result<void, SecretStoreError>>) override {}
    [[nodiscard]] QString backendName() const override { return QStringLiteral("vault"); }

    [[nodiscard]] bool exists() const override { return true; }
    [[nodiscard]] bool isLocked() const override { return locked; }
    [[nodiscard]] VaultHead head() const override { return { {}, 3, 256 }; }
    [[nodiscard]] VaultNotes notes() const override { return told; }
    void create(const Secret &, Done done) override { done({}); }
    void unlock(const Secret &passphrase, Done done) override
    {
        m_isRight = passphrase == Secret("CANARY-passphrase-1");
        m_waiting.emplace(done);
    }
    void changePassphrase(const Secret &, const Secret &, Done done) override { done({}); }
    void erase(Done done) override
    {
        setLocked(true);
        done({});
    }
    void lock() override { setLocked(true); }
    void setAutoLock(std::chrono::milliseconds) override {}
    void noteUse() override { ++uses; }

    void finish()
    {
        const Done done = *std::exchange(m_waiting, {});
        if (!m_isRight)
            return done(failure(SecretStoreError { SecretStoreError::Kind::VaultPassphraseWrong, {} }));
        done({});
        setLocked(false);
    }
    void setLocked(bool isLocked)
    {
        locked = isLocked;
        Q_EMIT lockedChanged(isLocked);
    }

    bool locked = true;
    VaultNotes told;
    int uses = 0;

private:
    std::optional<Done> m_waiting;
    bool m_isRight = false;
};

// Everything the window works with, over a world that is all in memory.
class FakeUiServices : public HandoutWorld
{
public:
    LockedVault lockedVault;
    TemplateService templates { accounts, files, clock };
    VaultService noVault { nullptr, clock };
    VaultService vaultService { &lockedVault, clock };
    Life life;
    MortalMoves moveRows { life, profile };
    // With a vault the one store of the world is the vault's.
    SecretPlaces vaultPlaces { { memory, profile, &keychain, true }, clock };
    SecretMoveService noMoves { { context, repository, secrets.places(), moveRows, noVault } };
    SecretMoveService moves { { context, repository, vaultPlaces, moveRows, vaultService } };

    [[nodiscard]] SecretOffers offers() { return SecretOffers({ tokens, noVault, noMoves }); }
    [[nodiscard]] UiServices services() { return over(noVault, noMoves); }
    [[nodiscard]] UiServices servicesWithVault() { return over(vaultService, moves); }

private:
    [[nodiscard]] UiServices over(VaultService &service, SecretMoveService &itsMoves)
    {
        return { accounts, tokens,  preferences, handouts, exports,    templates,
                 activity, service, itsMoves,    context,  repository, clock };
    }
};

} // namespace latchkey::test
