// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profileschema.h"

#include "core/io/profile/accountrows.h"

#include <QFileInfo>
#include <QStringList>

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

// SQLite keeps the text of each statement, by which the tables are recognised later.
QStringList schemaStatements()
{
    return {
        // Moments are milliseconds since 1970 in UTC; fields, token and problem are JSON objects;
        // missing_secrets are ids of fields, with blanks between them; sum is accountrows' checksum.
        u"CREATE TABLE account ("
        "id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, "
        "provider TEXT NOT NULL, fields TEXT NOT NULL, created_at INTEGER, token TEXT, "
        "needs_sign_in INTEGER NOT NULL, last_refresh_at INTEGER, problem TEXT, copy_choice TEXT NOT NULL, "
        "kept_in_memory INTEGER NOT NULL, missing_secrets TEXT NOT NULL, sum TEXT NOT NULL)"_s,
        u"CREATE TABLE removal (id TEXT PRIMARY KEY NOT NULL)"_s,
        u"CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)"_s,
        u"CREATE TABLE activity ("
        "id INTEGER PRIMARY KEY, at INTEGER NOT NULL, account TEXT NOT NULL, account_name TEXT NOT NULL, "
        "form TEXT NOT NULL, program TEXT NOT NULL)"_s,
        u"CREATE INDEX activity_by_time ON activity (at)"_s,
        u"CREATE INDEX activity_by_account ON activity (account, at)"_s,
        u"CREATE TABLE recipe (id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL)"_s,
        // docs/vault-format.md. They are empty while the secrets are in the keychain.
        u"CREATE TABLE vault ("
        "one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, format INTEGER NOT NULL, "
        "passes INTEGER NOT NULL, kibibytes INTEGER NOT NULL, salt BLOB NOT NULL, nonce BLOB NOT NULL, "
        "wrapped_key BLOB NOT NULL)"_s,
        u"CREATE TABLE sealed_secret ("
        "account TEXT PRIMARY KEY NOT NULL, bound_to TEXT NOT NULL, nonce BLOB NOT NULL, "
        "ciphertext BLOB NOT NULL)"_s,
        // Space for answers that are awaited; a moment is milliseconds since 1970 in UTC.
        u"CREATE TABLE reserved_space (id TEXT PRIMARY KEY NOT NULL, until INTEGER NOT NULL, "
        "space BLOB NOT NULL)"_s,
    };
}

StoreResult damaged(const QString &finding)
{
    return failure(AccountStoreError { AccountStoreFault::Corrupt, finding });
}

StoreResult checkOrigin(const SqliteConnection &connection)
{
    const auto owner = connection.valueOf(u"PRAGMA application_id"_s);
    if (!owner)
        return failure(owner.error());
    const auto version = connection.valueOf(u"PRAGMA user_version"_s);
    if (!version)
        return failure(version.error());
    if (owner->toInt() != profileApplicationId || version->toInt() < 1)
        return damaged(u"not a Latchkey profile"_s);
    if (version->toInt() != profileSchemaVersion)
        return failure(AccountStoreError { AccountStoreFault::Newer, version->toString() });
    return {};
}

// SQLite takes what a cut left of the last page for a page, and reads zeros where the rest was.
StoreResult checkLength(const SqliteConnection &connection)
{
    const auto pages = connection.valueOf(u"PRAGMA page_count"_s);
    if (!pages)
        return failure(pages.error());
    const auto pageSize = connection.valueOf(u"PRAGMA page_size"_s);
    if (!pageSize)
        return failure(pageSize.error());
    const bool isWhole = QFileInfo(connection.path()).size() >= pages->toLongLong() * pageSize->toLongLong();
    return isWhole ? StoreResult() : damaged(u"the last page is cut"_s);
}

StoreResult checkTables(const SqliteConnection &connection)
{
    QStringList found;
    const auto read =
        connection.forEach(u"SELECT sql FROM sqlite_schema WHERE sql NOT NULL"_s, {},
                           [&found](const QSqlQuery &row) { found += row.value(0).toString(); });
    if (!read)
        return failure(read.error());
    QStringList expected = schemaStatements();
    found.sort();
    expected.sort();
    return found == expected ? StoreResult() : damaged(u"the tables are not those of a profile"_s);
}

// The check of the whole file reads no index. An account that is not in the index of ids would be taken for a
// removed one when it is saved. The indexes of the record of activity would cost more than they are worth.
StoreResult checkContent(const SqliteConnection &connection)
{
    for (const QString &check :
         { u"PRAGMA quick_check(1)"_s, u"PRAGMA integrity_check(account)"_s,
           u"PRAGMA integrity_check(removal)"_s, u"PRAGMA integrity_check(setting)"_s,
           u"PRAGMA integrity_check(recipe)"_s, u"PRAGMA integrity_check(sealed_secret)"_s }) {
        const auto finding = connection.valueOf(check);
        if (!finding)
            return failure(finding.error());
        if (finding->toString() != "ok"_L1)
            return damaged(finding->toString());
    }
    return {};
}

} // namespace

StoreResult createSchema(const SqliteConnection &connection)
{
    return connection.inTransaction([&connection]() -> StoreResult {
        QStringList statements = schemaStatements();
        statements += u"PRAGMA application_id=%1"_s.arg(profileApplicationId);
        statements += u"PRAGMA user_version=%1"_s.arg(profileSchemaVersion);
        for (const QString &statement : std::as_const(statements)) {
            if (auto done = connection.execute(statement); !done)
                return done;
        }
        return {};
    });
}

StoreResult checkProfile(const SqliteConnection &connection)
{
    return checkOrigin(connection)
        .and_then([&connection] { return checkLength(connection); })
        .and_then([&connection] { return checkTables(connection); })
        .and_then([&connection] { return checkContent(connection); });
}

Result<int, AccountStoreError> countReadableAccounts(const SqliteConnection &connection)
{
    return checkProfile(connection)
        .and_then([&connection] { return readAccountRows(connection); })
        .transform([](const QList<Account> &accounts) { return static_cast<int>(accounts.size()); });
}

} // namespace latchkey
