// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteaccountstore.h"

#include "core/io/profile/accountrow.h"
#include "core/io/profile/accountrows.h"
#include "core/io/profile/preferencerows.h"
#include "core/io/profile/profilebackup.h"
#include "core/io/profile/schemamigration.h"
#include "core/io/profile/settingrows.h"
#include "core/io/profile/sqliteconnection.h"

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

constexpr auto preferencePrefix = "preference."_L1;

Result<void, AccountStoreError> write(const SqliteConnection &connection, const QString &statement,
                                      const QVariantList &values)
{
    if (const auto done = connection.run(statement, values); !done)
        return failure(done.error());
    return {};
}

Result<bool, AccountStoreError> hasRow(const SqliteConnection &connection, const QString &statement,
                                       const QVariantList &values)
{
    auto query = connection.run(statement, values);
    if (!query)
        return failure(query.error());
    if (query->next())
        return true;
    return connection.finish(*query).transform([] { return false; });
}

// What a user entered is worth a backup; what a token brings along is not.
Result<void, AccountStoreError> noteIfEdited(const SqliteConnection &connection, const Account &account)
{
    const QVariantList row = toRow(account);
    const auto isSame =
        hasRow(connection, u"SELECT 1 FROM account WHERE id=? AND name=? AND provider=? AND fields=?"_s,
               { row.at(0), row.at(1), row.at(3), row.at(4) });
    if (!isSame)
        return failure(isSame.error());
    return *isSame ? Result<void, AccountStoreError>() : noteChangeForBackup(connection);
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
    auto accounts = readAccountRows(**database, accountSchemaVersion);
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
    // A profile that cannot be read now is not read anew, which would make everybody wait for its lock again.
    const auto version = m_profile.dataVersion();
    return version && *version != m_dataVersion;
}

Result<void, AccountStoreError> SqliteAccountStore::markAddition(const AccountId &id)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    auto marked = (*database)->inTransaction(
        [&] { return write(**database, u"INSERT OR IGNORE INTO removal (id) VALUES (?)"_s, { id.value }); });
    if (marked)
        m_adding.insert(id.value);
    return marked;
}

Result<void, AccountStoreError> SqliteAccountStore::save(const Account &account)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    const QString id = account.id.value;
    auto saved = (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        // A token that arrives late must not bring back an account that was removed meanwhile, whether the
        // removal is under way or done.
        const auto isRemoved = hasRow(**database, u"SELECT 1 FROM removal WHERE id=?"_s, { id });
        if (!isRemoved)
            return failure(isRemoved.error());
        const auto isThere = hasRow(**database, u"SELECT 1 FROM account WHERE id=?"_s, { id });
        if (!isThere)
            return failure(isThere.error());
        // The mark of an addition is ours; where it has gone, so have the secrets.
        if (*isRemoved != m_adding.contains(id) || (!*isThere && m_known.contains(id)))
            return failure(AccountStoreError { AccountStoreFault::Missing, id });
        if (auto unmarked = write(**database, u"DELETE FROM removal WHERE id=?"_s, { id }); !unmarked)
            return unmarked;
        if (auto noted = noteIfEdited(**database, account); !noted)
            return noted;
        return writeAccountRow(**database, account);
    });
    if (saved) {
        m_adding.remove(id);
        m_known.insert(id);
    }
    return saved;
}

Result<void, AccountStoreError> SqliteAccountStore::markRemoval(const AccountId &id)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        const auto isThere = hasRow(**database, u"SELECT 1 FROM account WHERE id=?"_s, { id.value });
        if (!isThere)
            return failure(isThere.error());
        if (!*isThere)
            return failure(AccountStoreError { AccountStoreFault::Missing, id.value });
        if (auto marked = write(**database, u"INSERT OR IGNORE INTO removal (id) VALUES (?)"_s, { id.value });
            !marked)
            return marked;
        if (auto noted = noteChangeForBackup(**database); !noted)
            return noted;
        // Only the id is needed from here on, and the name is free at once.
        return write(**database, u"DELETE FROM account WHERE id=?"_s, { id.value });
    });
}

Result<void, AccountStoreError> SqliteAccountStore::restore(const Account &account)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        if (auto unmarked = write(**database, u"DELETE FROM removal WHERE id=?"_s, { account.id.value });
            !unmarked)
            return unmarked;
        return writeAccountRow(**database, account);
    });
}

Result<void, AccountStoreError> SqliteAccountStore::erase(const AccountId &id)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    auto erased = (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        if (auto done = write(**database, u"DELETE FROM account WHERE id=?"_s, { id.value }); !done)
            return done;
        return write(**database, u"DELETE FROM removal WHERE id=?"_s, { id.value });
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
    auto query = (*database)->run(u"SELECT id FROM removal ORDER BY id"_s);
    if (!query)
        return failure(query.error());
    QList<AccountId> ids;
    while (query->next()) {
        if (const QString id = query->value(0).toString(); !m_adding.contains(id))
            ids.append({ id });
    }
    return (*database)->finish(*query).transform([&ids] { return ids; });
}

Result<Preferences, AccountStoreError> SqliteAccountStore::loadPreferences()
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    auto query = (*database)->run(u"SELECT key, value FROM setting"_s);
    if (!query)
        return failure(query.error());
    QMap<QString, QString> rows;
    while (query->next()) {
        const QString key = query->value(0).toString();
        if (key.startsWith(preferencePrefix))
            rows.insert(key.mid(preferencePrefix.size()), query->value(1).toString());
    }
    return (*database)->finish(*query).transform([&rows] { return preferencesFromRows(rows); });
}

Result<void, AccountStoreError> SqliteAccountStore::savePreferences(const Preferences &preferences)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        const auto rows = toRows(preferences);
        for (auto row = rows.begin(); row != rows.end(); ++row) {
            if (auto written = writeSetting(**database, preferencePrefix + row.key(), row.value()); !written)
                return written;
        }
        return noteChangeForBackup(**database);
    });
}

Result<QString, AccountStoreError> SqliteAccountStore::secretBackend()
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return readSetting(**database, secretBackendKey);
}

Result<void, AccountStoreError> SqliteAccountStore::recordSecretBackend(const QString &backend)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    // A backup that names another place would look for the secrets there.
    return (*database)->inTransaction([&] {
        return writeSetting(**database, secretBackendKey, backend).and_then([&] {
            return noteChangeForBackup(**database);
        });
    });
}

} // namespace latchkey
