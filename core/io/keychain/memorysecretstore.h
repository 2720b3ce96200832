// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretstore.h"

#include <map>

namespace latchkey {

// Keeps the secrets for this run only: for the demo, and as the user's explicit choice without a keychain.
// Refuses what the keychain refuses, and also answers from the event loop.
class MemorySecretStore final : public SecretStore
{
    Q_OBJECT

public:
    using SecretStore::SecretStore;

    void read(const QString &key, Reply<Result<Secret, SecretStoreError>> reply) override;
    void write(const QString &key, const QString &label, const Secret &secret,
               Reply<Result<void, SecretStoreError>> reply) override;
    void remove(const QString &key, Reply<Result<void, SecretStoreError>> reply) override;
    void probe(Reply<Result<void, SecretStoreError>> reply) override;
    [[nodiscard]] QString backendName() const override;

private:
    std::map<QString, Secret> m_secrets;
};

} // namespace latchkey
