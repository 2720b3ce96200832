// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/storechoice.h"
#include "core/base/clock.h"
#include "core/io/memorysecretstore.h"

#include <memory>

namespace latchkey {

class AccountStore;
class SqliteProfile;
class Vault;
class VaultGenerationRows;
class VaultSession;

// The secret stores of a profile, made for the one that it chose.
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
    // With the choice of memory both are the same store.
    [[nodiscard]] SecretStore &chosen() { return *m_chosen; }
    [[nodiscard]] SecretStore &memory() { return m_memory; }
    [[nodiscard]] Vault *vault(); // null: the secrets are elsewhere

private:
    StoreChoice m_choice;
    MemorySecretStore m_memory;
    std::unique_ptr<VaultGenerationRows> m_generations;
    std::unique_ptr<VaultSession> m_vault;
    std::unique_ptr<SecretStore> m_own;
    SecretStore *m_chosen = &m_memory;
};

} // namespace latchkey
