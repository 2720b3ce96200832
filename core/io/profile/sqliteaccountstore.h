// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/profile/sqliteprofile.h"

#include <QSet>

namespace latchkey {

// The accounts and the preferences of a profile.
class SqliteAccountStore final : public AccountStore
{
public:
    explicit SqliteAccountStore(SqliteProfile &profile) : m_profile(profile) {}

    [[nodiscard]] Result<QList<Account>, AccountStoreError> load() override;
    [[nodiscard]] bool wasChangedElsewhere() override;
    [[nodiscard]] Result<void, AccountStoreError> markAddition(const AccountId &id) override;
    // NameTaken: another account has the name, in any case of letters. Missing: it is being removed, or was
    // known here and is gone.
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
    [[nodiscard]] Result<QList<Account>, AccountStoreError> readAccounts();

    SqliteProfile &m_profile;
    SqliteProfile::DataVersion m_dataVersion; // when the accounts were loaded
    QSet<QString> m_adding; // the ids of accounts whose addition was marked here
    QSet<QString> m_known; // the ids of all that were ever loaded or saved here
};

} // namespace latchkey
