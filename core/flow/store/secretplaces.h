// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <QString>

namespace latchkey {

class AccountStore;
class SecretStore;

enum class SecretPlace { Keychain, Vault };

// Where the secrets of a profile are: as the profile says at the moment of asking, since another process may
// have moved them (R45). Nothing outlives what it was made of.
class SecretPlaces final
{
public:
    struct Parts
    {
        SecretStore &keychain;
        AccountStore &profile;
        SecretStore *vault = nullptr; // null: there is no such place here
        bool beginsWithVault = false; // counts as long as the profile has recorded nothing
    };
    SecretPlaces(const Parts &parts, Clock clock);

    // KeychainChanged: the profile's keychain is another one than this desktop's.
    [[nodiscard]] Result<SecretPlace, Problem> current() const;
    [[nodiscard]] Result<SecretStore *, Problem> currentStore() const;
    // Empty: none yet.
    [[nodiscard]] Result<QString, Problem> recordedBackend() const;
    // The place the profile has recorded, or would; never asks what keychain is here.
    [[nodiscard]] SecretPlace recorded() const;
    [[nodiscard]] bool hasVault() const { return m_parts.vault != nullptr; }
    [[nodiscard]] bool beginsWithVault() const { return m_parts.beginsWithVault; }
    [[nodiscard]] SecretStore &store(SecretPlace place) const;
    // Notes in the profile which store it began with, unless that is known.
    void record() const;

private:
    [[nodiscard]] SecretPlace placeOf(const QString &backend) const;

    Parts m_parts;
    Clock m_clock;
};

// Under which an account's secrets stand in either store, and how a keychain's own window calls them.
[[nodiscard]] QString secretKeyOf(const AccountId &id);
[[nodiscard]] QString secretLabelOf(const Account &account);

// The lock of everything that changes which accounts have secrets where: moving all of them, adding and
// removing one. Taken before any account's lock or without one (AccountRepository::add,
// MoveSecretsOperation).
inline constexpr auto secretPlacesLock = QLatin1StringView("secret-places");

} // namespace latchkey
