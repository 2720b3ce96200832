// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilerecovery.h"

#include "core/io/desktop/systemclock.h"
#include "core/io/profile/databasefile.h"
#include "core/io/profile/profilebackup.h"
#include "core/io/profile/profilecheck.h"
#include "core/io/profile/sqliteconnection.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

#include <algorithm>
#include <cstdio>

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

constexpr auto keptAsKey = "restoration.kept_as"_L1;
constexpr auto madeKey = "restoration.backup_made_at"_L1;

Result<int, AccountStoreError> accountsIn(const QString &path)
{
    if (const auto fit = checkDatabaseFile(path); !fit)
        return failure(fit.error());
    const auto connection = SqliteConnection::open(path);
    if (!connection)
        return failure(connection.error());
    return countReadableAccounts(**connection);
}

// An empty backup is none: it must never take the place of accounts.
bool isUsableBackup(const QString &path)
{
    return accountsIn(path).value_or(0) > 0;
}

QString freeNameFor(const QString &path)
{
    const QString name = path + ".corrupt-"_L1 + SystemClock()().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    QString free = name;
    for (int i = 2; QFileInfo::exists(free) || QFileInfo(free).isSymLink(); ++i)
        free = u"%1-%2"_s.arg(name).arg(i);
    return free;
}

// The journal goes with its file: beside another one SQLite would play it back into that.
Result<void, AccountStoreError> keepAside(const QString &path, const QString &kept)
{
    const auto encoded = [](const QString &name) { return QFile::encodeName(name); };
#ifdef Q_OS_UNIX
    // A second name first, so that the profile is there all the time; not every file system knows how.
    const bool isKept = ::link(encoded(path).constData(), encoded(kept).constData()) == 0
        || std::rename(encoded(path).constData(), encoded(kept).constData()) == 0;
#else
    const bool isKept = std::rename(encoded(path).constData(), encoded(kept).constData()) == 0;
#endif
    if (!isKept)
        return failure(AccountStoreError {
            isWritableFile(QFileInfo(path).path()) ? AccountStoreFault::Failed : AccountStoreFault::ReadOnly,
            u"%1: cannot be kept aside"_s.arg(path) });
    for (const auto suffix : { "-journal"_L1, "-wal"_L1, "-shm"_L1 })
        static_cast<void>(
            std::rename(encoded(path + suffix).constData(), encoded(kept + suffix).constData()));
    return {};
}

Result<void, AccountStoreError> copyTo(const QString &unfinished, const QString &backup,
                                       const ProfileRestoration &restoration)
{
    removeDatabaseFile(unfinished);
    if (auto made = makeEmptyDatabaseFile(unfinished); !made)
        return made;
    {
        const auto source = SqliteConnection::open(backup);
        if (!source)
            return failure(source.error());
        if (const auto copied = (*source)->run(u"VACUUM INTO ?"_s, { unfinished }); !copied)
            return failure(copied.error());
    }
    const auto copy = SqliteConnection::open(unfinished);
    if (!copy)
        return failure(copy.error());
    return (*copy)->inTransaction([&] {
        return (*copy)
            ->run(u"INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?), (?, ?)"_s,
                  { keptAsKey, notNull(restoration.keptAs), madeKey,
                    restoration.backupMadeAt.toString(Qt::ISODate) })
            .transform([](const QSqlQuery &) {});
    });
}

Result<void, AccountStoreError> putInPlace(const FolderLock &lock, const QString &backup, const QString &path)
{
    const bool isThere = QFileInfo::exists(path);
    const QString kept = isThere ? freeNameFor(path) : QString();
    const QString unfinished = path + ".new"_L1;
    auto done = copyTo(unfinished, backup,
                       { QFileInfo(kept).fileName(), QFileInfo(backup).lastModified().toUTC(), true });
    if (done && isThere)
        done = keepAside(path, kept);
    if (done)
        done = lock.finish(unfinished, path);
    if (!done)
        removeDatabaseFile(unfinished);
    return done;
}

} // namespace

bool hadProfile(const QString &folder, const QString &path)
{
    QStringList left { QFileInfo(path).fileName() + ".corrupt-*"_L1 };
    for (const QString &backup : backupsOf(path))
        left += QFileInfo(backup).fileName();
    return !QDir(folder).entryList(left, QDir::Files).isEmpty();
}

Result<void, AccountStoreError> restoreFromBackup(const QString &folder, const QString &path,
                                                  const AccountStoreError &why)
{
    if (!isWritableFile(folder))
        return failure(why);
    const auto lock = FolderLock::take(folder);
    if (!lock)
        return failure(lock.error());
    const auto now = accountsIn(path);
    if (now) // another process was first
        return {};
    // Nor is what others work on, or a newer version has made of it meanwhile, taken for damaged.
    if (now.error().kind == AccountStoreFault::Busy || now.error().kind == AccountStoreFault::Newer)
        return failure(now.error());
    const QStringList backups = backupsOf(path);
    const auto usable = std::find_if(backups.begin(), backups.end(), &isUsableBackup);
    if (usable == backups.end())
        return failure(why);
    return putInPlace(**lock, *usable, path);
}

std::optional<ProfileRestoration> restorationOf(const SqliteConnection &connection, const QString &folder,
                                                bool isRecent)
{
    auto query =
        connection.run(u"SELECT key, value FROM setting WHERE key IN (?, ?)"_s, { keptAsKey, madeKey });
    if (!query)
        return {};
    ProfileRestoration restoration { {}, {}, isRecent };
    while (query->next()) {
        const QString value = query->value(1).toString();
        if (query->value(0).toString() == keptAsKey)
            restoration.keptAs = value;
        else
            restoration.backupMadeAt = QDateTime::fromString(value, Qt::ISODate);
    }
    const bool isKept = !restoration.keptAs.isEmpty() && !restoration.keptAs.contains(u'/')
        && QFileInfo::exists(folder + u'/' + restoration.keptAs);
    if (!isRecent && !isKept)
        return {};
    return restoration;
}

} // namespace latchkey
