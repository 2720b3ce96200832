// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/passphrase.h"
#include "core/account/problem.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/port/reply.h"
#include "core/port/vault.h"

#include <QObject>

#include <chrono>

namespace latchkey {

class PreferencesService;
class SessionEvents;

// The encrypted vault as the window and the command line see it. In a profile whose secrets are elsewhere
// nothing is locked, but there may be a vault: to be moved into, or left behind.
class VaultService final : public QObject
{
    Q_OBJECT

public:
    using Done = Reply<Result<void, Problem>>;

    // `vault` may be null, and outlives the service: then nothing exists, and every request is refused.
    explicit VaultService(Vault *vault, Clock clock, QObject *parent = nullptr);

    // The profile's secrets are in a vault, or are to be.
    [[nodiscard]] bool isUsed() const { return m_vault && m_isUsed; }
    void setUsed(bool isUsed);
    [[nodiscard]] bool exists() const;
    [[nodiscard]] bool isLocked() const; // never while it is not used
    [[nodiscard]] bool isOpen() const; // used or not
    [[nodiscard]] VaultHead head() const;
    [[nodiscard]] VaultNotes notes() const; // nothing while it is not used
    // PassphraseWrong; FieldRefused "passphrase": see passphraseFault(); the vault's other kinds.
    void create(const Secret &passphrase, const Done &done);
    void unlock(const Secret &passphrase, const Done &done);
    void changePassphrase(const Secret &old, const Secret &now, const Done &done);
    void erase(const Done &done); // with all that it holds
    void lock();
    void setAutoLock(std::chrono::milliseconds idle); // 0: never
    void noteUse(); // the user did something: restarts the idle time

Q_SIGNALS:
    void lockedChanged(bool isLocked);

private:
    [[nodiscard]] Reply<Result<void, SecretStoreError>> answering(const Done &done);

    Vault *m_vault;
    bool m_isUsed = true;
    Clock m_clock;
};

// Locks the vault when the user did nothing for as long as they said, and when the screen locks or the
// machine is about to sleep, unless they want it otherwise (F91; docs/vault-format.md, section 8).
class VaultAutoLock final : public QObject
{
    Q_OBJECT

public:
    // `events` may be null: where the desktop tells nothing, time alone locks.
    VaultAutoLock(VaultService &vault, PreferencesService &preferences, SessionEvents *events,
                  QObject *parent = nullptr);

private:
    void apply();
    void lockWithTheSession();

    VaultService &m_vault;
    PreferencesService &m_preferences;
};

} // namespace latchkey
