// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilebackup.h"

#include "core/io/desktop/systemclock.h"
#include "core/io/file/filelock.h"
#include "core/io/file/privatefile.h"
#include "core/io/profile/databasefile.h"
#include "core/io/profile/profileschema.h"
#include "core/io/profile/settingrows.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

constexpr auto changesKey = "backup.changes"_L1; // counted up with every change
constexpr auto keptCountKey = "backup.kept"_L1; // the count that the backup has
constexpr auto keptAsKey = "restoration.kept_as"_L1;
constexpr auto madeKey = "restoration.backup_made_at"_L1;
constexpr std::chrono::seconds longestAge = 24h;

QString backupIn(const QString &folder)
{
    return profilePath(folder) + ".backup"_L1;
}

QString olderBackupIn(const QString &folder)
{
    return profilePath(folder) + ".backup.older"_L1;
}

// Not by QFile, which would copy what cannot be renamed.
bool renameFile(const QString &from, const QString &to)
{
    return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

// A file from the future counts as old too: the clock was set back.
bool isOld(const QFileInfo &file)
{
    return qAbs(file.lastModified().secsTo(SystemClock()())) >= longestAge.count();
}

// SQLite copies within one read transaction, so a write by another process cannot tear the copy.
StoreResult copyTo(const QString &unfinished, const SqliteConnection &connection)
{
    return connection.execute(u"VACUUM INTO ?"_s, { unfinished });
}

StoreResult makeBackup(const SqliteConnection &connection, const QString &folder)
{
    return writeDatabaseFile(backupIn(folder), [&](const QString &unfinished) {
        return copyTo(unfinished, connection).transform([&folder] {
            // The older backup stays for a day, so that damage which no check finds does not reach both at
            // once.
            const QFileInfo older(olderBackupIn(folder));
            if (!older.exists() || isOld(older))
                renameFile(backupIn(folder), older.filePath());
        });
    });
}

Result<int, AccountStoreError> accountsIn(const QString &path)
{
    if (const auto fit = checkDatabaseFile(path); !fit)
        return failure(fit.error());
    const auto connection = SqliteConnection::open(path);
    if (!connection)
        return failure(connection.error());
    return countReadableAccounts(**connection);
}

// A backup without an account must never replace accounts.
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

// Links first, so that there is a profile at every moment; some file systems have no links. The journal moves
// with its file: SQLite would play it back into whatever file it stands beside.
StoreResult keepAside(const QString &path, const QString &kept)
{
    const bool isKept = ::link(QFile::encodeName(path).constData(), QFile::encodeName(kept).constData()) == 0
        || renameFile(path, kept);
    if (!isKept)
        return failure(AccountStoreError { isWritable(QFileInfo(path).path()) ? AccountStoreFault::Failed
                                                                              : AccountStoreFault::ReadOnly,
                                           u"%1: cannot be kept aside"_s.arg(path) });
    for (const auto suffix : { "-journal"_L1, "-wal"_L1, "-shm"_L1 })
        renameFile(path + suffix, kept + suffix);
    return {};
}

StoreResult copyBackup(const QString &unfinished, const QString &backup, const QString &keptAs)
{
    {
        const auto source = SqliteConnection::open(backup);
        if (!source)
            return failure(source.error());
        if (auto copied = copyTo(unfinished, **source); !copied)
            return copied;
    }
    const auto copy = SqliteConnection::open(unfinished);
    if (!copy)
        return failure(copy.error());
    const QString madeAt = QFileInfo(backup).lastModified().toUTC().toString(Qt::ISODate);
    return (*copy)->inTransaction([&] {
        return writeSetting(**copy, keptAsKey, keptAs).and_then([&] {
            return writeSetting(**copy, madeKey, madeAt);
        });
    });
}

StoreResult putInPlace(const QString &backup, const QString &path)
{
    const QString kept = QFileInfo::exists(path) ? freeNameFor(path) : QString();
    return writeDatabaseFile(path, [&](const QString &unfinished) {
        return copyBackup(unfinished, backup, QFileInfo(kept).fileName()).and_then([&] {
            return kept.isEmpty() ? StoreResult() : keepAside(path, kept);
        });
    });
}

} // namespace

StoreResult noteChangeForBackup(const SqliteConnection &connection)
{
    return connection.execute(u"INSERT INTO setting (key, value) VALUES (?, '1') ON CONFLICT (key) DO UPDATE "
                              "SET value=CAST(CAST(value AS INTEGER) + 1 AS TEXT)"_s,
                              { QString(changesKey) });
}

void backUpIfDue(const SqliteConnection &connection, const QString &folder)
{
    if (!isWritable(profilePath(folder)) || !isWritable(folder))
        return;
    const auto changes = readSetting(connection, changesKey);
    const auto kept = readSetting(connection, keptCountKey);
    const QFileInfo backup(backupIn(folder));
    if (!changes || !kept || (*changes == *kept && backup.exists() && !isOld(backup)))
        return;
    const auto lock = FolderLock::tryTake(folder);
    if (!lock)
        return;
    // A damaged or empty profile must not replace a good backup.
    const auto accounts = countReadableAccounts(connection);
    if (!accounts || *accounts == 0)
        return;
    if (makeBackup(connection, folder))
        static_cast<void>(
            connection.inTransaction([&] { return writeSetting(connection, keptCountKey, *changes); }));
}

void removeBackups(const QString &folder)
{
    QFile::remove(backupIn(folder));
    QFile::remove(olderBackupIn(folder));
}

bool hadProfile(const QString &folder)
{
    return !QDir(folder)
                .entryList({ u"profile.sqlite.corrupt-*"_s, u"profile.sqlite.backup"_s,
                             u"profile.sqlite.backup.older"_s },
                           QDir::Files)
                .isEmpty();
}

StoreResult restoreFromBackup(const QString &folder, const AccountStoreError &why)
{
    if (!isWritable(folder))
        return failure(why);
    const auto lock = FolderLock::take(folder);
    if (!lock)
        return failure(storeError(lock.error()));
    const auto now = accountsIn(profilePath(folder));
    if (now) // another process was first
        return {};
    // A profile that another process holds, or that a newer version took over, is not damaged.
    if (now.error().kind == AccountStoreFault::Busy || now.error().kind == AccountStoreFault::Newer)
        return failure(now.error());
    const std::array backups { backupIn(folder), olderBackupIn(folder) };
    const auto usable = std::find_if(backups.begin(), backups.end(), &isUsableBackup);
    if (usable == backups.end())
        return failure(why);
    return putInPlace(*usable, profilePath(folder));
}

std::optional<ProfileRestoration> restorationOf(const SqliteConnection &connection, const QString &folder,
                                                bool isRecent)
{
    const auto keptAs = readSetting(connection, keptAsKey);
    const auto madeAt = readSetting(connection, madeKey);
    if (!keptAs || !madeAt)
        return {};
    const bool isKept =
        !keptAs->isEmpty() && !keptAs->contains(u'/') && QFileInfo::exists(folder + u'/' + *keptAs);
    if (!isRecent && !isKept)
        return {};
    return ProfileRestoration { *keptAs, QDateTime::fromString(*madeAt, Qt::ISODate), isRecent };
}

} // namespace latchkey
