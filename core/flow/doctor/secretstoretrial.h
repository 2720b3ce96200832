// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/base/clock.h"
#include "core/base/randombytes.h"
#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/port/secretstore.h"

#include <QObject>

#include <optional>

namespace latchkey {

class AccountSecretStore;

// Writes, reads and deletes a value that means nothing, where an account's secrets would go: the keychain,
// the vault, or memory. Leaves nothing behind, and records no backend. Lives for one call.
class SecretStoreTrial final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype size = 4096; // bytes; what a large token comes to

    SecretStoreTrial(AccountSecretStore &secrets, Clock clock, RandomBytes random, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(const std::optional<latchkey::Problem> &problem);

private:
    void read();
    void removeAfter(const SecretStoreError &error);
    void remove(const std::optional<Problem> &problem);
    [[nodiscard]] Problem problemOf(const SecretStoreError &error) const;

    AccountSecretStore &m_secrets;
    Clock m_clock;
    SecretStore *m_store = nullptr;
    Secret m_value;
    QString m_key;
};

} // namespace latchkey
