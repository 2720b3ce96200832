// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/storechoice.h"
#include "core/base/clock.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/io/keychain/memorysecretstore.h"

#include <memory>

namespace latchkey {

class SqliteProfile;
class Vault;

// The secret stores of a profile: keychain and vault both, so that its secrets can move between them. With
// the choice of memory, and in the demo, there is memory alone.
class SecretStores final
{
public:
    struct Parts
    {
        SqliteProfile &profile;
        Clock clock;
        std::optional<StoreKind> asked = {};
        bool isDemo = false; // nothing reaches the keychain
        bool mayPrompt = true; // false: a locked keychain is an error, and its window does not open
    };
    SecretStores(AccountStore &accounts, const Parts &parts);
    SecretStores(const SecretStores &) = delete;
    SecretStores &operator=(const SecretStores &) = delete;
    ~SecretStores();

    [[nodiscard]] const StoreChoice &choice() const { return m_choice; }
    [[nodiscard]] AccountSecretStore::Stores parts();
    [[nodiscard]] Vault *vault(); // null: there is no other place than memory

private:
    AccountStore &m_accounts;
    StoreChoice m_choice;
    MemorySecretStore m_memory;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<SecretStore> m_keychain;
};

} // namespace latchkey
