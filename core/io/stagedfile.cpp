// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/stagedfile.h"

#include "core/base/randombytes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <utility>

#ifdef Q_OS_LINUX
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;
using Kind = PrivateFileError::Kind;

namespace {

constexpr auto passingPrefix = ".latchkey-"_L1;

} // namespace

#ifdef Q_OS_LINUX

namespace {

PrivateFileError systemError(const QString &path, int cause)
{
    const QString word = u"%1: %2"_s.arg(path, qt_error_string(cause));
    switch (cause) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return { Kind::Full, word };
    case EACCES:
    case EPERM:
    case EROFS: return { Kind::ReadOnly, word };
    case EEXIST: return { Kind::Exists, word };
    default: return { Kind::Failed, word };
    }
}

int exchangeNames(const QString &one, const QString &other, unsigned int how)
{
    return ::renameat2(AT_FDCWD, QFile::encodeName(one).constData(), AT_FDCWD,
                       QFile::encodeName(other).constData(), how);
}

Result<void, PrivateFileError> writeAll(int file, const QString &path, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const auto count = ::write(file, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return failure(systemError(path, count < 0 ? errno : ENOSPC));
        bytes = bytes.sliced(count);
    }
    return {};
}

// What may be replaced: a file of ours, never a link to one.
Result<void, PrivateFileError> checkReplaceable(const QString &path)
{
    struct stat facts = {};
    if (::lstat(QFile::encodeName(path).constData(), &facts) != 0) {
        if (errno == ENOENT)
            return {};
        return failure(systemError(path, errno));
    }
    const auto refuse = [&path](const QString &why) {
        return failure(PrivateFileError { Kind::Failed, u"%1: %2"_s.arg(path, why) });
    };
    if (S_ISLNK(facts.st_mode))
        return refuse(u"a symbolic link"_s);
    if (!S_ISREG(facts.st_mode))
        return refuse(u"not a regular file"_s);
    if (facts.st_uid != ::geteuid())
        return refuse(u"belongs to another user"_s);
    return {};
}

} // namespace

Result<bool, PrivateFileError> makePrivateFolder(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), S_IRWXU) != 0) {
        if (errno == EEXIST)
            return false;
        return failure(systemError(path, errno));
    }
    if (::chmod(name.constData(), S_IRWXU) != 0) // whatever the umask took away
        return failure(systemError(path, errno));
    return true;
}

Result<void, PrivateFileError> syncFolder(const QString &path)
{
    const int folder = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return failure(systemError(path, errno));
    // A file system that cannot do this for folders says EINVAL.
    const bool isSynced = ::fsync(folder) == 0 || errno == EINVAL;
    const int cause = errno;
    ::close(folder);
    if (!isSynced)
        return failure(systemError(path, cause));
    return {};
}

void sweepStagedFiles(const QString &folder)
{
    const QStringList names =
        QDir(folder).entryList({ passingPrefix + u'*' }, QDir::Files | QDir::Hidden | QDir::NoSymLinks);
    for (const QString &name : names) {
        const QByteArray path = QFile::encodeName(folder + u'/' + name);
        const int file = ::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (file < 0)
            continue;
        struct stat facts = {};
        const bool isOurs = ::fstat(file, &facts) == 0 && facts.st_uid == ::geteuid();
        if (isOurs && ::flock(file, LOCK_EX | LOCK_NB) == 0) // nobody works on it any more
            ::unlink(path.constData());
        ::close(file);
    }
}

Result<std::unique_ptr<StagedFile>, PrivateFileError> StagedFile::make(const QString &path,
                                                                       const Secret &content)
{
    std::unique_ptr<StagedFile> staged(new StagedFile(path));
    if (auto filled = staged->fill(content); !filled)
        return failure(filled.error());
    return staged;
}

Result<void, PrivateFileError> StagedFile::fill(const Secret &content)
{
    const QString name = passingPrefix + QString::fromLatin1(systemRandomBytes(8).toHex());
    const QString passing = QFileInfo(m_path).path() + u'/' + name;
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    m_file = ::open(QFile::encodeName(passing).constData(), flags, S_IRUSR | S_IWUSR);
    if (m_file < 0)
        return failure(systemError(m_path, errno));
    m_passingName = passing;
    ::flock(m_file, LOCK_EX | LOCK_NB);
    if (::fchmod(m_file, S_IRUSR | S_IWUSR) != 0) // whatever the umask took away
        return failure(systemError(m_path, errno));
    if (auto written = writeAll(m_file, m_path, content.reveal()); !written)
        return written;
    if (::fsync(m_file) != 0)
        return failure(systemError(m_path, errno));
    return {};
}

Result<void, PrivateFileError> StagedFile::putInPlace(bool mayReplace)
{
    if (auto fit = checkReplaceable(m_path); !fit)
        return fit;
    const QByteArray passing = QFile::encodeName(m_passingName);
    const QByteArray path = QFile::encodeName(m_path);
    if (exchangeNames(m_passingName, m_path, RENAME_NOREPLACE) == 0) {
        m_passingName.clear();
    } else if (errno == EEXIST && mayReplace) {
        // The old file stays under the passing name until everything is in place.
        m_holdsOld = exchangeNames(m_passingName, m_path, RENAME_EXCHANGE) == 0;
        if (!m_holdsOld) {
            if (errno != EINVAL || ::rename(passing.constData(), path.constData()) != 0)
                return failure(systemError(m_path, errno));
            m_passingName.clear();
        }
    } else if (errno == EINVAL && mayReplace) { // a file system that knows the plain way only
        if (::rename(passing.constData(), path.constData()) != 0)
            return failure(systemError(m_path, errno));
        m_passingName.clear();
    } else if (errno == EINVAL) {
        if (::link(passing.constData(), path.constData()) != 0)
            return failure(systemError(m_path, errno));
    } else {
        return failure(systemError(m_path, errno));
    }
    m_isInPlace = true;
    return {};
}

void StagedFile::takeBack()
{
    if (!std::exchange(m_isInPlace, false))
        return;
    if (m_holdsOld)
        exchangeNames(m_passingName, m_path, RENAME_EXCHANGE);
    else
        ::unlink(QFile::encodeName(m_path).constData());
}

void StagedFile::keep()
{
    m_isInPlace = false;
}

StagedFile::~StagedFile()
{
    takeBack();
    if (!m_passingName.isEmpty())
        ::unlink(QFile::encodeName(m_passingName).constData());
    if (m_file >= 0)
        ::close(m_file);
}

#else

// Elsewhere nothing is known yet that keeps these promises, so nothing is written.
Result<bool, PrivateFileError> makePrivateFolder(const QString &path)
{
    return failure(PrivateFileError { Kind::Failed, u"%1: not on this system"_s.arg(path) });
}

Result<void, PrivateFileError> syncFolder(const QString &)
{
    return {};
}

void sweepStagedFiles(const QString &) {}

Result<std::unique_ptr<StagedFile>, PrivateFileError> StagedFile::make(const QString &path, const Secret &)
{
    return failure(PrivateFileError { Kind::Failed, u"%1: not on this system"_s.arg(path) });
}

Result<void, PrivateFileError> StagedFile::putInPlace(bool)
{
    return {};
}

void StagedFile::takeBack() {}
void StagedFile::keep() {}
StagedFile::~StagedFile() = default;

#endif

} // namespace latchkey
