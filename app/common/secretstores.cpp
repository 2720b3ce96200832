// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/secretstores.h"

#include "core/io/keychain/keychainsecretstore.h"
#include "core/io/vault/vaultsecretstore.h"
#include "core/port/accountstore.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QString wordOf(StoreKind kind)
{
    switch (kind) {
    case StoreKind::Keychain: return u"keychain"_s;
    case StoreKind::Vault: return u"vault"_s;
    case StoreKind::Memory: return u"memory"_s;
    }
    Q_UNREACHABLE();
}

std::optional<StoreKind> storeKindNamed(const QString &word)
{
    for (const StoreKind kind : { StoreKind::Keychain, StoreKind::Vault, StoreKind::Memory }) {
        if (word == wordOf(kind))
            return kind;
    }
    return {};
}

std::optional<StoreKind> storeKindOf(const QString &backend)
{
    if (backend.isEmpty())
        return {};
    // Every keychain records a name of its own ("libsecret", "kwallet").
    return storeKindNamed(backend).value_or(StoreKind::Keychain);
}

StoreChoice chooseStore(const QString &backend, std::optional<StoreKind> asked)
{
    const auto recorded = storeKindOf(backend);
    if (!recorded)
        return { asked.value_or(StoreKind::Keychain) };
    if (!asked || *asked == *recorded)
        return { *recorded };
    return { *recorded, asked };
}

SecretStores::SecretStores(AccountStore &accounts, const Parts &parts)
    : m_accounts(accounts), m_choice(chooseStore(accounts.secretBackend().value_or(QString()), parts.asked))
{
    if (parts.isDemo) {
        m_keychain = std::make_unique<MemorySecretStore>();
        return;
    }
    if (m_choice.kind == StoreKind::Memory)
        return;
    m_vault = std::make_unique<VaultSecretStore>(VaultSecretStore::Parts { parts.profile, parts.clock });
    auto keychain = std::make_unique<KeychainSecretStore>(u"Latchkey"_s);
    if (!parts.mayPrompt)
        keychain->forbidPrompts();
    m_keychain = std::move(keychain);
}

SecretStores::~SecretStores() = default;

AccountSecretStore::Stores SecretStores::parts()
{
    return { m_keychain ? *m_keychain : m_memory, m_memory, m_accounts, m_vault.get(),
             m_choice.kind == StoreKind::Vault };
}

Vault *SecretStores::vault()
{
    return m_vault.get();
}

} // namespace latchkey
