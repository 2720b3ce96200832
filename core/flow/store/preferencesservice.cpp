// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/preferencesservice.h"

#include "core/flow/store/porterrors.h"
#include "core/port/accountstore.h"

#include <algorithm>

namespace latchkey {

using namespace std::chrono_literals;

PreferencesService::PreferencesService(AccountStore &store, QObject *parent) : QObject(parent), m_store(store)
{
    if (const auto stored = m_store.loadPreferences())
        m_current = *stored;
}

Result<void, Problem> PreferencesService::change(const Preferences &wanted)
{
    Preferences bounded = wanted;
    if (bounded.clipboardLife != 0s)
        bounded.clipboardLife = std::clamp<std::chrono::seconds>(bounded.clipboardLife, 5s, 10min);
    bounded.expiringThreshold = std::clamp<std::chrono::minutes>(bounded.expiringThreshold, 1min, 120min);
    bounded.vaultIdleTime = std::clamp<std::chrono::minutes>(bounded.vaultIdleTime, 0min, 24h);
    bounded.proxyPort = std::clamp(bounded.proxyPort, 1, 65535);
    if (bounded == m_current)
        return {};
    if (const auto saved = m_store.savePreferences(bounded); !saved)
        return failure(problemOf(saved.error(), {}));
    m_current = bounded;
    Q_EMIT changed(m_current);
    return {};
}

void PreferencesService::catchUp()
{
    const auto stored = m_store.loadPreferences();
    if (!stored || *stored == m_current)
        return;
    m_current = *stored;
    Q_EMIT changed(m_current);
}

} // namespace latchkey
