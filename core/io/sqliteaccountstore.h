// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/accountstore.h"

#include <memory>

namespace latchkey {

class SqliteConnection;

// The accounts in "profile.sqlite" in the profile's folder. The file is opened at the first call; as long
// as it cannot be, every call says why. Several processes may use one profile at once.
//
// It has a rollback journal, not a write-ahead log: at rest there is one file to copy, and a profile on a
// read-only disk can still be read. Writes are rare and small, so what a log would save does not matter.
class SqliteAccountStore final : public AccountStore
{
public:
    explicit SqliteAccountStore(QString folder);
    ~SqliteAccountStore() override;

    [[nodiscard]] Result<QList<Account>, AccountStoreError> load() override;
    [[nodiscard]] bool wasChangedElsewhere() override;
    // NameTaken: another account has the name, in any case of letters. Missing: it is being removed.
    [[nodiscard]] Result<void, AccountStoreError> save(const Account &account) override;
    // Missing: there is no such account.
    [[nodiscard]] Result<void, AccountStoreError> markRemoval(const AccountId &id) override;
    [[nodiscard]] Result<void, AccountStoreError> restore(const Account &account) override;
    [[nodiscard]] Result<void, AccountStoreError> erase(const AccountId &id) override;
    [[nodiscard]] Result<QList<AccountId>, AccountStoreError> removalsUnderWay() override;

    [[nodiscard]] Result<Preferences, AccountStoreError> loadPreferences() override;
    [[nodiscard]] Result<void, AccountStoreError> savePreferences(const Preferences &preferences) override;
    [[nodiscard]] Result<QString, AccountStoreError> secretBackend() override;
    [[nodiscard]] Result<void, AccountStoreError> recordSecretBackend(const QString &backend) override;

private:
    [[nodiscard]] Result<SqliteConnection *, AccountStoreError> connection();
    [[nodiscard]] int dataVersion();

    QString m_folder;
    std::unique_ptr<SqliteConnection> m_connection;
    int m_dataVersion = 0; // when the accounts were loaded
};

} // namespace latchkey
