// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/vaultservice.h"

#include "core/flow/store/porterrors.h"
#include "core/flow/store/preferencesservice.h"
#include "core/port/sessionevents.h"

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

Result<void, Problem> vaultRefusal(Problem::Kind kind, const QString &detail, const Clock &clock)
{
    return failure(makeProblem(kind, clock(), detail));
}

} // namespace

VaultService::VaultService(Vault *vault, Clock clock, QObject *parent)
    : QObject(parent), m_vault(vault), m_clock(std::move(clock))
{
    if (m_vault)
        connect(m_vault, &Vault::lockedChanged, this, [this](bool isLocked) {
            if (m_isUsed)
                Q_EMIT lockedChanged(isLocked);
        });
}

void VaultService::setUsed(bool isUsed)
{
    if (std::exchange(m_isUsed, isUsed) != isUsed && m_vault)
        Q_EMIT lockedChanged(isLocked());
}

bool VaultService::exists() const
{
    return m_vault && m_vault->exists();
}

bool VaultService::isLocked() const
{
    return isUsed() && m_vault->isLocked();
}

bool VaultService::isOpen() const
{
    return exists() && !m_vault->isLocked();
}

VaultHead VaultService::head() const
{
    return m_vault ? m_vault->head() : VaultHead {};
}

VaultNotes VaultService::notes() const
{
    return isUsed() ? m_vault->notes() : VaultNotes {};
}

void VaultService::create(const Secret &passphrase, const Done &done)
{
    if (!m_vault)
        return done(vaultRefusal(Problem::Kind::VaultDamaged, {}, m_clock));
    if (passphraseFault(passphrase))
        return done(vaultRefusal(Problem::Kind::FieldRefused, u"passphrase"_s, m_clock));
    m_vault->create(passphrase, answering(done));
}

void VaultService::unlock(const Secret &passphrase, const Done &done)
{
    if (!m_vault)
        return done(vaultRefusal(Problem::Kind::VaultDamaged, {}, m_clock));
    m_vault->unlock(passphrase, answering(done));
}

void VaultService::changePassphrase(const Secret &old, const Secret &now, const Done &done)
{
    if (!m_vault)
        return done(vaultRefusal(Problem::Kind::VaultDamaged, {}, m_clock));
    if (passphraseFault(now))
        return done(vaultRefusal(Problem::Kind::FieldRefused, u"passphrase"_s, m_clock));
    m_vault->changePassphrase(old, now, answering(done));
}

void VaultService::erase(const Done &done)
{
    if (!m_vault)
        return done(vaultRefusal(Problem::Kind::VaultDamaged, {}, m_clock));
    m_vault->erase(answering(done));
}

void VaultService::lock()
{
    if (m_vault)
        m_vault->lock();
}

void VaultService::setAutoLock(std::chrono::milliseconds idle)
{
    if (m_vault)
        m_vault->setAutoLock(idle);
}

void VaultService::noteUse()
{
    if (m_vault)
        m_vault->noteUse();
}

Reply<Result<void, SecretStoreError>> VaultService::answering(const Done &done)
{
    return { this, [this, done](const Result<void, SecretStoreError> &answer) {
                if (answer)
                    done({});
                else
                    done(failure(problemOf(answer.error(), m_clock())));
            } };
}

VaultAutoLock::VaultAutoLock(VaultService &vault, PreferencesService &preferences, SessionEvents *events,
                             QObject *parent)
    : QObject(parent), m_vault(vault), m_preferences(preferences)
{
    connect(&m_preferences, &PreferencesService::changed, this, &VaultAutoLock::apply);
    apply();
    if (!events)
        return;
    connect(events, &SessionEvents::screenLocked, this, &VaultAutoLock::lockWithTheSession);
    connect(events, &SessionEvents::aboutToSleep, this, &VaultAutoLock::lockWithTheSession);
}

void VaultAutoLock::apply()
{
    m_vault.setAutoLock(m_preferences.current().vaultIdleTime);
}

void VaultAutoLock::lockWithTheSession()
{
    if (m_preferences.current().locksVaultWithScreen)
        m_vault.lock();
}

} // namespace latchkey
