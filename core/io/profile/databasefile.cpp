// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/databasefile.h"

#include "core/io/file/filelock.h"
#include "core/io/file/privatefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

// The file and SQLite's journal of it.
void removeDatabaseFile(const QString &path)
{
    QFile::remove(path);
    QFile::remove(path + "-journal"_L1);
}

} // namespace

QString profilePath(const QString &folder)
{
    return folder + "/profile.sqlite"_L1;
}

AccountStoreError storeError(const PrivateFileError &error)
{
    switch (error.kind) {
    case PrivateFileError::Kind::Full: return { AccountStoreFault::Full, error.detail };
    case PrivateFileError::Kind::ReadOnly: return { AccountStoreFault::ReadOnly, error.detail };
    case PrivateFileError::Kind::Exists:
    case PrivateFileError::Kind::Failed: break;
    }
    return { AccountStoreFault::Failed, error.detail };
}

StoreResult checkDatabaseFile(const QString &path)
{
    if (const auto fit = checkOwnFile(path); !fit)
        return failure(storeError(fit.error()));
    const QByteArray name = QFile::encodeName(path);
    struct stat facts = {};
    if (::lstat(name.constData(), &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        ::chmod(name.constData(), facts.st_mode & S_IRWXU);
    if (::faccessat(AT_FDCWD, name.constData(), R_OK, AT_EACCESS) != 0)
        return failure(AccountStoreError { AccountStoreFault::Failed, fileError(path, errno).detail });
    if (facts.st_size == 0)
        return failure(AccountStoreError { AccountStoreFault::Corrupt, u"%1: empty"_s.arg(path) });
    return {};
}

StoreResult writeDatabaseFile(const QString &path,
                              const std::function<StoreResult(const QString &unfinished)> &fill)
{
    const QString unfinished = path + ".new"_L1;
    removeDatabaseFile(unfinished);
    const auto file = makePrivateFile(unfinished);
    if (!file)
        return failure(storeError(file.error()));
    ::close(*file); // before SQLite opens it
    auto done = fill(unfinished);
    if (done) {
        done = syncFile(unfinished)
                   .and_then([&] { return renameInPlace(unfinished, path, Replacing::Allowed); })
                   .and_then([&] { return syncFolder(QFileInfo(path).path()); })
                   .map_error(&storeError);
    }
    if (!done)
        removeDatabaseFile(unfinished);
    return done;
}

void removeUnfinishedDatabases(const QString &folder)
{
    const QStringList left =
        QDir(folder).entryList({ u"profile.sqlite*.new"_s, u"profile.sqlite*.new-journal"_s }, QDir::Files);
    if (left.isEmpty() || !isWritable(folder))
        return;
    if (const auto lock = FolderLock::tryTake(folder)) {
        for (const QString &name : left)
            QFile::remove(folder + u'/' + name);
    }
}

} // namespace latchkey
