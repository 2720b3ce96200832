// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/databasefile.h"

#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;
using AccountStoreFault = AccountStoreError::Kind;

namespace {

AccountStoreError databaseError(const QString &path, const QString &why)
{
    return { AccountStoreFault::Failed, u"%1: %2"_s.arg(path, why) };
}

} // namespace

#ifdef Q_OS_UNIX

Result<std::unique_ptr<FolderLock>, AccountStoreError> FolderLock::take(const QString &folder)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    std::unique_ptr<FolderLock> lock(new FolderLock(::open(QFile::encodeName(folder).constData(), flags)));
    if (lock->m_folder < 0 || ::flock(lock->m_folder, LOCK_EX) != 0)
        return failure(databaseError(folder, qt_error_string(errno)));
    return lock;
}

std::unique_ptr<FolderLock> FolderLock::tryTake(const QString &folder)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    std::unique_ptr<FolderLock> lock(new FolderLock(::open(QFile::encodeName(folder).constData(), flags)));
    if (lock->m_folder < 0 || ::flock(lock->m_folder, LOCK_EX | LOCK_NB) != 0)
        return {};
    return lock;
}

FolderLock::~FolderLock()
{
    if (m_folder >= 0)
        ::close(m_folder);
}

Result<void, AccountStoreError> FolderLock::finish(const QString &unfinished, const QString &path) const
{
    const int file = ::open(QFile::encodeName(unfinished).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    const bool isOnDisk = file >= 0 && ::fsync(file) == 0;
    const int cause = errno;
    if (file >= 0)
        ::close(file);
    if (!isOnDisk)
        return failure(databaseError(unfinished, qt_error_string(cause)));
    if (::rename(QFile::encodeName(unfinished).constData(), QFile::encodeName(path).constData()) != 0)
        return failure(databaseError(path, qt_error_string(errno)));
    ::fsync(m_folder);
    return {};
}

Result<void, AccountStoreError> makeEmptyDatabaseFile(const QString &path)
{
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    const int file = ::open(QFile::encodeName(path).constData(), flags, S_IRUSR | S_IWUSR);
    const bool isPrivate = file >= 0 && ::fchmod(file, S_IRUSR | S_IWUSR) == 0; // whatever the umask took
    const int cause = errno;
    if (file >= 0)
        ::close(file);
    if (isPrivate)
        return {};
    const QString word = u"%1: %2"_s.arg(path, qt_error_string(cause));
    if (cause == ENOSPC || cause == EDQUOT)
        return failure(AccountStoreError { AccountStoreFault::Full, word });
    const bool isReadOnly = cause == EACCES || cause == EROFS || cause == EPERM;
    return failure(
        AccountStoreError { isReadOnly ? AccountStoreFault::ReadOnly : AccountStoreFault::Failed, word });
}

Result<void, AccountStoreError> checkDatabaseFile(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat facts = {};
    if (::lstat(name.constData(), &facts) != 0)
        return failure(databaseError(path, qt_error_string(errno)));
    if (S_ISLNK(facts.st_mode))
        return failure(databaseError(path, u"a symbolic link"_s));
    if (!S_ISREG(facts.st_mode))
        return failure(databaseError(path, u"not a regular file"_s));
    if (facts.st_uid != ::geteuid())
        return failure(databaseError(path, u"belongs to another user"_s));
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        ::chmod(name.constData(), facts.st_mode & S_IRWXU);
    if (::faccessat(AT_FDCWD, name.constData(), R_OK, AT_EACCESS) != 0)
        return failure(databaseError(path, qt_error_string(errno)));
    if (facts.st_size == 0)
        return failure(AccountStoreError { AccountStoreFault::Corrupt, u"%1: empty"_s.arg(path) });
    return {};
}

bool isWritableFile(const QString &path)
{
    return ::faccessat(AT_FDCWD, QFile::encodeName(path).constData(), W_OK, AT_EACCESS) == 0;
}

#else

Result<std::unique_ptr<FolderLock>, AccountStoreError> FolderLock::take(const QString &)
{
    return std::unique_ptr<FolderLock>(new FolderLock(-1));
}

std::unique_ptr<FolderLock> FolderLock::tryTake(const QString &)
{
    return std::unique_ptr<FolderLock>(new FolderLock(-1));
}

FolderLock::~FolderLock() = default;

Result<void, AccountStoreError> FolderLock::finish(const QString &unfinished, const QString &path) const
{
    if (!QFile::rename(unfinished, path))
        return failure(databaseError(path, u"cannot be made"_s));
    return {};
}

Result<void, AccountStoreError> makeEmptyDatabaseFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::NewOnly | QIODevice::WriteOnly))
        return failure(databaseError(path, u"cannot be made"_s));
    return {};
}

Result<void, AccountStoreError> checkDatabaseFile(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return failure(databaseError(path, u"not a regular file"_s));
    return {};
}

bool isWritableFile(const QString &path)
{
    return QFileInfo(path).isWritable();
}

#endif

void removeDatabaseFile(const QString &path)
{
    QFile::remove(path);
    QFile::remove(path + "-journal"_L1);
}

} // namespace latchkey
