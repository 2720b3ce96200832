// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/io/profile/accountrows.h"
#include "core/io/profile/sqliteconnection.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <sys/stat.h>

// Accounts to store, and what a test does to the files they are stored in.
namespace latchkey::profile {

using namespace Qt::StringLiterals;

inline const QDateTime noon(QDate(2026, 1, 15), QTime(12, 0, 0, 123), Qt::UTC);

inline Account simpleAccount(const QString &name)
{
    Account account;
    account.id = AccountId::create();
    account.name = name;
    account.providerId = u"priava"_s;
    account.fields = { { u"url"_s, u"https://api.example.com"_s } };
    account.createdAt = noon;
    return account;
}

inline Account fullAccount(const QString &name)
{
    Account account = simpleAccount(name);
    account.fields.insert(u"client_id"_s, u"schön \"quoted\" 'x'; -- \n\t"_s);
    account.token = TokenFacts { noon,        noon.addSecs(3600),
                                 u"Bearer"_s, { u"read"_s, u"write"_s },
                                 u"me"_s,     { TokenNote::UnusualContentType, TokenNote::OtherUser } };
    account.needsSignIn = true;
    account.lastRefreshAt = noon.addSecs(-5);
    account.lastProblem =
        Problem { Problem::Kind::InvalidGrant, u"api.example.com"_s, u"too old"_s, noon, noon.addSecs(60) };
    account.copyChoice = u"curl"_s;
    account.keptInMemory = true;
    account.missingSecrets = { u"client_secret"_s, u"tls_key"_s };
    return account;
}

inline mode_t modeOf(const QString &path)
{
    struct stat facts = {};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 ? facts.st_mode & 07777 : 0;
}

inline void setMode(const QString &path, mode_t mode)
{
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
}

inline QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void replaceContents(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

inline void runSql(const QString &path, const QString &statement)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY2(query.exec(statement), qPrintable(statement));
    }
    QSqlDatabase::removeDatabase(u"test"_s);
}

// To rows that a test put in by itself.
inline void addChecksums(const QString &path)
{
    const auto connection = SqliteConnection::open(path);
    QVERIFY(connection);
    QStringList ids;
    QVERIFY((*connection)->forEach(u"SELECT id FROM account"_s, {}, [&ids](const QSqlQuery &row) {
        ids.append(row.value(0).toString());
    }));
    QVERIFY((*connection)->inTransaction([&]() -> StoreResult {
        for (const QString &id : std::as_const(ids)) {
            if (auto written = writeChecksum(**connection, id); !written)
                return written;
        }
        return {};
    }));
}

} // namespace latchkey::profile
