// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace latchkey {

class PreferencesService;
class SessionEvents;
class VaultService;

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
