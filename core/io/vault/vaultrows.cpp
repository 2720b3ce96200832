// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultrows.h"

#include "core/io/profile/sqliteconnection.h"

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using VaultFault = SecretStoreError::Kind;

namespace {

// Longer than any request takes.
constexpr std::chrono::milliseconds longestReservation = 10min;

// The largest secret, and the pages around it.
constexpr qint64 spaceOfAWrite = vaultCiphertextLimit + 32'768;

// Overwrites every page that becomes free, too: what is deleted stays in no part of the file. The setting
// goes back to the connection's usual one.
StoreResult eraseSecretRows(const SqliteConnection &connection, const QString &statement,
                            const QVariantList &values = {})
{
    return connection.execute(u"PRAGMA secure_delete=ON"_s)
        .and_then([&] { return connection.execute(statement, values); })
        .and_then([&] { return connection.execute(u"PRAGMA secure_delete=FAST"_s); });
}

} // namespace

SecretStoreError vaultErrorOf(const AccountStoreError &error)
{
    switch (error.kind) {
    case AccountStoreError::Kind::Full: return { VaultFault::ProfileFull, error.detail };
    case AccountStoreError::Kind::ReadOnly: return { VaultFault::ProfileReadOnly, error.detail };
    case AccountStoreError::Kind::Busy: return { VaultFault::ProfileBusy, error.detail };
    case AccountStoreError::Kind::Failed:
    case AccountStoreError::Kind::Newer:
    case AccountStoreError::Kind::Corrupt:
    case AccountStoreError::Kind::NameTaken:
    case AccountStoreError::Kind::Missing: break;
    }
    return { VaultFault::VaultDamaged, error.detail };
}

Result<std::optional<VaultRow>, AccountStoreError> readVaultRow(const SqliteConnection &connection)
{
    // Another program may have written larger values; do not read those whole.
    auto query = connection.run(u"SELECT substr(id, 1, 64), format, passes, kibibytes, substr(salt, 1, 64), "
                                "substr(nonce, 1, 64), substr(wrapped_key, 1, 64) FROM vault"_s);
    if (!query)
        return failure(query.error());
    std::optional<VaultRow> row;
    if (query->next())
        row = VaultRow { query->value(0).toString(),
                         query->value(1).toLongLong(),
                         { query->value(2).toLongLong(), query->value(3).toLongLong() },
                         query->value(4).toByteArray(),
                         query->value(5).toByteArray(),
                         query->value(6).toByteArray() };
    return connection.finish(*query).transform([&row] { return row; });
}

Result<void, AccountStoreError> writeVaultRow(const SqliteConnection &connection, const VaultRow &row)
{
    return connection.execute(
        u"INSERT OR REPLACE INTO vault (one, id, format, passes, kibibytes, salt, "
        "nonce, wrapped_key) VALUES (1, ?, ?, ?, ?, ?, ?, ?)"_s,
        { row.id, row.format, row.work.passes, row.work.kibibytes, row.salt, row.nonce, row.wrappedKey });
}

Result<void, AccountStoreError> eraseVaultRows(const SqliteConnection &connection)
{
    for (const QString &table : { u"vault"_s, u"sealed_secret"_s, u"reserved_space"_s }) {
        if (auto erased = eraseSecretRows(connection, u"DELETE FROM "_s + table); !erased)
            return erased;
    }
    return {};
}

Result<FoundSecret, AccountStoreError> findSealedSecret(const SqliteConnection &connection,
                                                        const QString &account)
{
    // Reads no more than a vault writes; a larger value does not open.
    auto query = connection.run(u"SELECT substr(vault.id, 1, 64), account, substr(bound_to, 1, 65536), "
                                "substr(sealed_secret.nonce, 1, 64), substr(ciphertext, 1, ?) "
                                "FROM vault LEFT JOIN sealed_secret ON account = ?"_s,
                                { vaultCiphertextLimit + 1, account });
    if (!query)
        return failure(query.error());
    FoundSecret found;
    if (query->next()) {
        found.vaultId = query->value(0).toString();
        if (!query->value(1).isNull())
            found.sealed = SealedSecret { account, query->value(2).toString(), query->value(3).toByteArray(),
                                          query->value(4).toByteArray() };
    }
    return connection.finish(*query).transform([&found] { return found; });
}

Result<void, AccountStoreError> writeSealedSecret(const SqliteConnection &connection,
                                                  const SealedSecret &sealed)
{
    return connection.execute(u"INSERT INTO sealed_secret (account, bound_to, nonce, ciphertext) "
                              "VALUES (?, ?, ?, ?) ON CONFLICT (account) DO UPDATE SET "
                              "bound_to=excluded.bound_to, nonce=excluded.nonce, "
                              "ciphertext=excluded.ciphertext"_s,
                              { sealed.account, notNull(sealed.boundTo), sealed.nonce, sealed.ciphertext });
}

Result<void, AccountStoreError> removeSealedSecret(const SqliteConnection &connection, const QString &account)
{
    return eraseSecretRows(connection, u"DELETE FROM sealed_secret WHERE account=?"_s, { account });
}

Result<void, AccountStoreError> reserveSpace(const SqliteConnection &connection, const QString &id,
                                             const QDateTime &now)
{
    const qint64 begin = now.toMSecsSinceEpoch();
    const qint64 end = begin + longestReservation.count();
    // One that ends later than this was made before the clock was set back.
    return connection.execute(u"DELETE FROM reserved_space WHERE until < ? OR until > ?"_s, { begin, end })
        .and_then([&] {
            return connection.execute(
                u"INSERT INTO reserved_space (id, until, space) VALUES (?, ?, zeroblob(?))"_s,
                { id, end, spaceOfAWrite });
        });
}

Result<void, AccountStoreError> freeSpace(const SqliteConnection &connection, const QString &id)
{
    return connection.execute(u"DELETE FROM reserved_space WHERE id=?"_s, { id });
}

} // namespace latchkey
