// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/vaultautolock.h"

#include "core/flow/store/preferencesservice.h"
#include "core/flow/store/vaultservice.h"
#include "core/port/sessionevents.h"

namespace latchkey {

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
