// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteconnection.h"

#include "core/io/file/privatefile.h"

#include <QFileInfo>
#include <QSqlError>
#include <QStorageInfo>
#include <QUuid>

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

// SQLite's result codes (sqlite.org/rescode.html): the low byte is the class, the rest the case.
constexpr int errorCode = 1;
constexpr int busyCode = 5;
constexpr int lockedCode = 6;
constexpr int readOnlyCode = 8;
constexpr int readOnlyMovedCode = 1032;
constexpr int inputOutputCode = 10;
constexpr int corruptCode = 11;
constexpr int fullCode = 13;
constexpr int cannotOpenCode = 14;
constexpr int uniqueCode = 2067;
constexpr int notADatabaseCode = 26;

AccountStoreFault kindOf(int code, const QString &path)
{
    const QString folder = QFileInfo(path).path();
    if (code == uniqueCode)
        return AccountStoreFault::NameTaken;
    if (code == readOnlyMovedCode)
        return AccountStoreFault::Failed;
    switch (code & 0xff) {
    case corruptCode:
    case notADatabaseCode: return AccountStoreFault::Corrupt;
    case busyCode:
    case lockedCode: return AccountStoreFault::Busy;
    case readOnlyCode: return AccountStoreFault::ReadOnly;
    case fullCode: return AccountStoreFault::Full;
    // The journal cannot be made in a folder that is read-only.
    case cannotOpenCode: return isWritable(folder) ? AccountStoreFault::Failed : AccountStoreFault::ReadOnly;
    // Some file systems say "input/output error" when they are full.
    case inputOutputCode:
        return QStorageInfo(folder).bytesAvailable() == 0 ? AccountStoreFault::Full
                                                          : AccountStoreFault::Failed;
    default: return AccountStoreFault::Failed;
    }
}

} // namespace

Result<std::unique_ptr<SqliteConnection>, AccountStoreError> SqliteConnection::open(const QString &path)
{
    // A name of its own: Qt keeps connections by name for the whole process.
    const QString name = "latchkey-"_L1 + QUuid::createUuid().toString(QUuid::WithoutBraces);
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(path, name));
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    database.setDatabaseName(path);
    // Another process holds the file for some milliseconds; the window must not stand still much longer.
    database.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=2000"_s);
    if (!database.open())
        return failure(connection->errorOf(database.lastError()));
    // With a rollback journal, EXTRA is FULL and syncs the folder too: what was committed survives a power
    // cut. FAST: a deleted row is overwritten in its page; pages that become free are not, so that freeing
    // space needs no space (see eraseSecretRows()).
    for (const QString &setting :
         { u"PRAGMA synchronous=EXTRA"_s, u"PRAGMA trusted_schema=OFF"_s, u"PRAGMA secure_delete=FAST"_s }) {
        if (const auto set = connection->run(setting); !set)
            return failure(set.error());
    }
    return connection;
}

SqliteConnection::SqliteConnection(QString path, QString name)
    : m_path(std::move(path)), m_name(std::move(name))
{
}

SqliteConnection::~SqliteConnection()
{
    QSqlDatabase::database(m_name, false).close();
    QSqlDatabase::removeDatabase(m_name);
}

Result<QSqlQuery, AccountStoreError> SqliteConnection::run(const QString &statement,
                                                           const QVariantList &values) const
{
    QSqlQuery query(QSqlDatabase::database(m_name, false));
    query.setForwardOnly(true);
    if (!query.prepare(statement)) {
        auto error = errorOf(query.lastError());
        // The statements are right, so it is a table or a column that is not there.
        if (query.lastError().nativeErrorCode().toInt() == errorCode) {
            error.kind = AccountStoreFault::Corrupt;
            m_isUseless = true;
        }
        return failure(error);
    }
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return failure(errorOf(query.lastError()));
    return query;
}

StoreResult SqliteConnection::finish(const QSqlQuery &query) const
{
    if (query.lastError().isValid())
        return failure(errorOf(query.lastError()));
    return {};
}

StoreResult SqliteConnection::execute(const QString &statement, const QVariantList &values) const
{
    return run(statement, values).transform([](const QSqlQuery &) {});
}

StoreResult SqliteConnection::forEach(const QString &statement, const QVariantList &values,
                                      const std::function<void(const QSqlQuery &)> &take) const
{
    auto query = run(statement, values);
    if (!query)
        return failure(query.error());
    while (query->next())
        take(*query);
    return finish(*query);
}

Result<QVariant, AccountStoreError> SqliteConnection::valueOf(const QString &statement,
                                                              const QVariantList &values) const
{
    auto query = run(statement, values);
    if (!query)
        return failure(query.error());
    QVariant value;
    if (query->next())
        value = query->value(0);
    if (const auto done = finish(*query); !done)
        return failure(done.error());
    return value;
}

StoreResult SqliteConnection::inTransaction(const std::function<StoreResult()> &changes) const
{
    // IMMEDIATE takes the write lock at once: a transaction that begins by reading could not wait for it
    // later.
    if (const auto begun = run(u"BEGIN IMMEDIATE"_s); !begun)
        return failure(begun.error());
    auto done = changes();
    if (done) {
        if (const auto committed = run(u"COMMIT"_s); committed)
            return {};
        else // NOLINT(readability-else-after-return): the error lives in this scope only
            done = failure(committed.error());
    }
    // SQLite may have rolled back by itself (a full disk); then this fails and changes nothing.
    [[maybe_unused]] const auto rolledBack = run(u"ROLLBACK"_s);
    return done;
}

AccountStoreError SqliteConnection::errorOf(const QSqlError &error) const
{
    const QString word = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    const int code = error.nativeErrorCode().toInt();
    const AccountStoreFault kind = kindOf(code, m_path);
    m_isUseless = m_isUseless || kind == AccountStoreFault::Corrupt || code == readOnlyMovedCode;
    return { kind, u"%1: %2"_s.arg(m_path, word) };
}

} // namespace latchkey
