// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteaccountstore.h"

#include "core/io/profile/accountrows.h"
#include "core/io/profile/profilebackup.h"
#include "core/io/profile/settingrows.h"

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

Result<bool, AccountStoreError> hasRow(const SqliteConnection &database, const QString &statement,
                                       const QVariantList &values)
{
    return database.valueOf(statement, values).transform([](const QVariant &value) {
        return value.isValid();
    });
}

StoreResult unmark(const SqliteConnection &database, const QString &id)
{
    return database.execute(u"DELETE FROM removal WHERE id=?"_s, { id });
}

// What a user entered is worth a backup; what a token brings along is not.
StoreResult noteIfEdited(const SqliteConnection &database, const Account &account)
{
    const QVariantList row = toRow(account);
    const auto isSame =
        hasRow(database, u"SELECT 1 FROM account WHERE id=? AND name=? AND provider=? AND fields=?"_s,
               { row.at(0), row.at(1), row.at(3), row.at(4) });
    if (!isSame)
        return failure(isSame.error());
    return *isSame ? StoreResult() : noteChangeForBackup(database);
}

} // namespace

Result<QList<Account>, AccountStoreError> SqliteAccountStore::load()
{
    auto loaded = readAccounts();
    if (!loaded && loaded.error().kind == AccountStoreFault::Corrupt && m_profile.replaceUnreadable())
        loaded = readAccounts();
    return loaded;
}

Result<QList<Account>, AccountStoreError> SqliteAccountStore::readAccounts()
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    // Asked before the rows are read, so that a change in between is not missed, and remembered only once
    // they were.
    const auto version = m_profile.dataVersion();
    if (!version)
        return failure(version.error());
    auto accounts = readAccountRows(**database);
    if (!accounts) {
        if (accounts.error().kind == AccountStoreFault::Corrupt)
            accounts.error().detail = m_profile.folder();
        return accounts;
    }
    m_dataVersion = *version;
    for (const Account &account : std::as_const(*accounts))
        m_known.insert(account.id.value);
    return accounts;
}

bool SqliteAccountStore::wasChangedElsewhere()
{
    // A profile that cannot be read now is not read again, which would wait for its lock once more.
    const auto version = m_profile.dataVersion();
    return version && *version != m_dataVersion;
}

StoreResult SqliteAccountStore::markAddition(const AccountId &id)
{
    auto marked = m_profile.change([&id](const SqliteConnection &database) {
        return database.execute(u"INSERT OR IGNORE INTO removal (id) VALUES (?)"_s, { id.value });
    });
    if (marked)
        m_adding.insert(id.value);
    return marked;
}

StoreResult SqliteAccountStore::save(const Account &account)
{
    const QString id = account.id.value;
    auto saved = m_profile.change([&](const SqliteConnection &database) -> StoreResult {
        // A token that arrives late must not bring back an account that was removed meanwhile, whether the
        // removal is under way or done.
        const auto isRemoved = hasRow(database, u"SELECT 1 FROM removal WHERE id=?"_s, { id });
        if (!isRemoved)
            return failure(isRemoved.error());
        const auto isThere = hasRow(database, u"SELECT 1 FROM account WHERE id=?"_s, { id });
        if (!isThere)
            return failure(isThere.error());
        // The mark of an addition is ours; where it has gone, so have the secrets.
        if (*isRemoved != m_adding.contains(id) || (!*isThere && m_known.contains(id)))
            return failure(AccountStoreError { AccountStoreFault::Missing, id });
        return unmark(database, id).and_then([&] { return noteIfEdited(database, account); }).and_then([&] {
            return writeAccountRow(database, account);
        });
    });
    if (saved) {
        m_adding.remove(id);
        m_known.insert(id);
    }
    return saved;
}

StoreResult SqliteAccountStore::markRemoval(const AccountId &id)
{
    return m_profile.change([&id](const SqliteConnection &database) -> StoreResult {
        const auto isThere = hasRow(database, u"SELECT 1 FROM account WHERE id=?"_s, { id.value });
        if (!isThere)
            return failure(isThere.error());
        if (!*isThere)
            return failure(AccountStoreError { AccountStoreFault::Missing, id.value });
        return database.execute(u"INSERT OR IGNORE INTO removal (id) VALUES (?)"_s, { id.value })
            .and_then([&] { return noteChangeForBackup(database); })
            // Only the id is needed from here on, and the name is free at once.
            .and_then([&] { return database.execute(u"DELETE FROM account WHERE id=?"_s, { id.value }); });
    });
}

StoreResult SqliteAccountStore::restore(const Account &account)
{
    return m_profile.change([&account](const SqliteConnection &database) {
        return unmark(database, account.id.value).and_then([&] {
            return writeAccountRow(database, account);
        });
    });
}

StoreResult SqliteAccountStore::erase(const AccountId &id)
{
    auto erased = m_profile.change([&id](const SqliteConnection &database) {
        return database.execute(u"DELETE FROM account WHERE id=?"_s, { id.value }).and_then([&] {
            return unmark(database, id.value);
        });
    });
    if (erased)
        m_adding.remove(id.value);
    return erased;
}

Result<QList<AccountId>, AccountStoreError> SqliteAccountStore::removalsUnderWay()
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    QList<AccountId> ids;
    return (*database)
        ->forEach(u"SELECT id FROM removal ORDER BY id"_s, {},
                  [&](const QSqlQuery &row) {
                      if (const QString id = row.value(0).toString(); !m_adding.contains(id))
                          ids.append({ id });
                  })
        .transform([&ids] { return ids; });
}

Result<Preferences, AccountStoreError> SqliteAccountStore::loadPreferences()
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return readPreferences(**database);
}

StoreResult SqliteAccountStore::savePreferences(const Preferences &preferences)
{
    return m_profile.change([&preferences](const SqliteConnection &database) {
        return writePreferences(database, preferences).and_then([&] {
            return noteChangeForBackup(database);
        });
    });
}

Result<QString, AccountStoreError> SqliteAccountStore::secretBackend()
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return readSetting(**database, secretBackendKey);
}

StoreResult SqliteAccountStore::recordSecretBackend(const QString &backend)
{
    // A backup that names another place would look for the secrets there.
    return m_profile.change([&backend](const SqliteConnection &database) {
        return writeSetting(database, secretBackendKey, backend).and_then([&] {
            return noteChangeForBackup(database);
        });
    });
}

} // namespace latchkey
