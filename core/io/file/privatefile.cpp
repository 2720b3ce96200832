// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/privatefile.h"

#include <QFile>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;
using PrivateFileFault = PrivateFileError::Kind;

namespace {

Result<void, PrivateFileError> openAndSync(const QString &path, int flags)
{
    const int file = ::open(QFile::encodeName(path).constData(), flags | O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return failure(fileError(path, errno));
    // Some file systems cannot do this for folders, and say EINVAL.
    const bool isSynced = ::fsync(file) == 0 || errno == EINVAL;
    const int cause = errno;
    ::close(file);
    if (!isSynced)
        return failure(fileError(path, cause));
    return {};
}

} // namespace

PrivateFileError fileError(const QString &path, int systemError)
{
    const QString word = u"%1: %2"_s.arg(path, qt_error_string(systemError));
    switch (systemError) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return { PrivateFileFault::Full, word };
    case EACCES:
    case EPERM:
    case EROFS: return { PrivateFileFault::ReadOnly, word };
    case EEXIST: return { PrivateFileFault::Exists, word };
    default: return { PrivateFileFault::Failed, word };
    }
}

Result<int, PrivateFileError> makePrivateFile(const QString &path)
{
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    const int file = ::open(QFile::encodeName(path).constData(), flags, S_IRUSR | S_IWUSR);
    if (file >= 0 && ::fchmod(file, S_IRUSR | S_IWUSR) == 0) // whatever the umask took away
        return file;
    const int cause = errno;
    if (file >= 0)
        ::close(file);
    return failure(fileError(path, cause));
}

Result<void, PrivateFileError> renameInPlace(const QString &finished, const QString &path,
                                             Replacing replacing)
{
    const QByteArray from = QFile::encodeName(finished);
    const QByteArray to = QFile::encodeName(path);
    if (replacing == Replacing::Refused) {
        if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0)
            return {};
        if (errno != EINVAL) // said by a file system that only knows the plain rename
            return failure(fileError(path, errno));
        if (::faccessat(AT_FDCWD, to.constData(), F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            return failure(fileError(path, EEXIST));
    }
    if (std::rename(from.constData(), to.constData()) != 0)
        return failure(fileError(path, errno));
    return {};
}

Result<void, PrivateFileError> syncFile(const QString &path)
{
    return openAndSync(path, 0);
}

Result<void, PrivateFileError> syncFolder(const QString &path)
{
    return openAndSync(path, O_DIRECTORY);
}

Result<void, PrivateFileError> checkOwnFile(const QString &path)
{
    struct stat facts = {};
    if (::lstat(QFile::encodeName(path).constData(), &facts) != 0) {
        if (errno == ENOENT)
            return {};
        return failure(fileError(path, errno));
    }
    const auto refuse = [&path](const QString &why) {
        return failure(PrivateFileError { PrivateFileFault::Failed, u"%1: %2"_s.arg(path, why) });
    };
    if (S_ISLNK(facts.st_mode))
        return refuse(u"a symbolic link"_s);
    if (!S_ISREG(facts.st_mode))
        return refuse(u"not a regular file"_s);
    if (facts.st_uid != ::geteuid())
        return refuse(u"belongs to another user"_s);
    return {};
}

int makePrivateFolder(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const bool isMade = ::mkdir(name.constData(), S_IRWXU) == 0
        && ::chmod(name.constData(), S_IRWXU) == 0; // whatever the umask took away
    return isMade ? 0 : errno;
}

bool isWritable(const QString &path)
{
    return ::faccessat(AT_FDCWD, QFile::encodeName(path).constData(), W_OK, AT_EACCESS) == 0;
}

} // namespace latchkey
