// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/io/keychain/memorysecretstore.h"

#include <QString>

#include <memory>
#include <optional>

namespace latchkey {

class SqliteProfile;
class Vault;

// Where a profile keeps its secrets. Chosen once, recorded with the first secret, never switched (R44, R45).
enum class StoreKind { Keychain, Vault, Memory };

// "keychain", "vault", "memory": what the user says and reads.
[[nodiscard]] QString wordOf(StoreKind kind);
[[nodiscard]] std::optional<StoreKind> storeKindNamed(const QString &word);
// Of the backend that the profile recorded; nothing: it recorded none yet.
[[nodiscard]] std::optional<StoreKind> storeKindOf(const QString &backend);

struct StoreChoice
{
    StoreKind kind = StoreKind::Keychain;
    std::optional<StoreKind> refused = {}; // asked for, but the profile has recorded `kind`
};
// The recorded one; before there is one, what was asked for, and the keychain where nothing was asked for.
[[nodiscard]] StoreChoice chooseStore(const QString &backend, std::optional<StoreKind> asked);

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
