// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/stagedfile.h"

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
#include <sys/xattr.h>
#include <unistd.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;
using PrivateFileFault = PrivateFileError::Kind;

namespace {

constexpr auto passingPrefix = ".latchkey-"_L1;

} // namespace

#ifdef Q_OS_LINUX

namespace {

constexpr off_t largestCopy = off_t(16) * 1024 * 1024;

PrivateFileError systemError(const QString &path, int cause)
{
    const QString word = u"%1: %2"_s.arg(path, qt_error_string(cause));
    switch (cause) {
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

QString folderOf(const QString &path)
{
    return QFileInfo(path).path();
}

QString passingNameBeside(const QString &path)
{
    const QString name = passingPrefix + QString::fromLatin1(systemRandomBytes(8).toHex());
    return folderOf(path) + u'/' + name;
}

// By which a file without a name is reached.
QByteArray descriptorName(int file)
{
    return "/proc/self/fd/" + QByteArray::number(file);
}

// A file without a name, which the kernel takes away whenever its process ends; -1 where the file system
// knows none, or where it could not be given a name later.
int openNameless(const QString &folder)
{
    const int flags = O_TMPFILE | O_RDWR | O_CLOEXEC;
    const int file = ::open(QFile::encodeName(folder).constData(), flags, S_IRUSR | S_IWUSR);
    if (file < 0 || ::access(descriptorName(file).constData(), F_OK) == 0)
        return file;
    ::close(file);
    return -1;
}

// Never takes the place of another file.
int giveName(int nameless, const QString &path)
{
    return ::linkat(AT_FDCWD, descriptorName(nameless).constData(), AT_FDCWD,
                    QFile::encodeName(path).constData(), AT_SYMLINK_FOLLOW);
}

// On the disk when it answers true.
bool copyContent(int from, int to, off_t size)
{
    off_t at = 0;
    while (at < size) {
        const auto count = ::copy_file_range(from, &at, to, nullptr, static_cast<std::size_t>(size - at), 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
    }
    return ::fsync(to) == 0;
}

// A copy that takes its place later is no less than the file was: one name, an owner, a mode, a content.
bool canBeCopied(int file, const struct stat &facts)
{
    return S_ISREG(facts.st_mode) && facts.st_size <= largestCopy && facts.st_nlink == 1
        && ::flistxattr(file, nullptr, 0) <= 0;
}

// -1 where none could be made, or where it would be less than the file.
int namelessCopyOf(const QString &path)
{
    const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    const int from = ::open(QFile::encodeName(path).constData(), flags);
    if (from < 0)
        return -1;
    struct stat facts = {};
    const bool isFit = ::fstat(from, &facts) == 0 && canBeCopied(from, facts);
    int copy = isFit ? openNameless(folderOf(path)) : -1;
    // Its group before its mode, which is the group's too; locked, so that nobody sweeps it.
    const bool isWhole = copy >= 0 && ::flock(copy, LOCK_EX | LOCK_NB) == 0
        && ::fchown(copy, static_cast<uid_t>(-1), facts.st_gid) == 0
        && ::fchmod(copy, facts.st_mode & 07777) == 0 && copyContent(from, copy, facts.st_size);
    if (copy >= 0 && !isWhole) {
        ::close(copy);
        copy = -1;
    }
    ::close(from);
    return copy;
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
                                                                       const Secret &content, Passing passing)
{
    std::unique_ptr<StagedFile> staged(new StagedFile(path));
    if (auto opened = staged->open(passing); !opened)
        return failure(opened.error());
    if (auto filled = staged->fill(content); !filled)
        return failure(filled.error());
    return staged;
}

Result<void, PrivateFileError> StagedFile::open(Passing passing)
{
    if (passing == Passing::Nameless)
        m_file = openNameless(folderOf(m_path));
    if (m_file < 0) {
        const QString name = passingNameBeside(m_path);
        const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
        m_file = ::open(QFile::encodeName(name).constData(), flags, S_IRUSR | S_IWUSR);
        if (m_file < 0)
            return failure(systemError(m_path, errno));
        m_passingName = name;
    }
    ::flock(m_file, LOCK_EX | LOCK_NB);
    return {};
}

Result<void, PrivateFileError> StagedFile::fill(const Secret &content)
{
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
    const int cause = m_passingName.isEmpty() ? placeNameless(mayReplace) : placeNamed(mayReplace);
    if (cause != 0)
        return failure(systemError(m_path, cause));
    m_isInPlace = true;
    return {};
}

int StagedFile::placeNameless(bool mayReplace)
{
    if (giveName(m_file, m_path) == 0)
        return 0;
    const int cause = errno;
    if (cause != EEXIST)
        return goOnNamed() ? placeNamed(mayReplace) : cause;
    if (!mayReplace)
        return cause;
    // Only what has a name can take the place of another file: it has one for as long as one call takes.
    m_old = namelessCopyOf(m_path);
    const QString passing = passingNameBeside(m_path);
    if (giveName(m_file, passing) == 0) {
        m_passingName = passing;
        return m_old >= 0 ? renameOver() : placeNamed(true);
    }
    const int why = errno;
    ::close(std::exchange(m_old, -1)); // it could not be given a name either
    return goOnNamed() ? placeNamed(true) : why;
}

// For a file system that makes files without a name and cannot name them afterwards.
bool StagedFile::goOnNamed()
{
    const int nameless = std::exchange(m_file, -1);
    struct stat facts = {};
    const bool isOpen = ::fstat(nameless, &facts) == 0 && open(Passing::Named);
    const bool isWhole =
        isOpen && ::fchmod(m_file, facts.st_mode) == 0 && copyContent(nameless, m_file, facts.st_size);
    ::close(nameless);
    return isWhole;
}

int StagedFile::placeNamed(bool mayReplace)
{
    if (exchangeNames(m_passingName, m_path, RENAME_NOREPLACE) == 0) {
        m_passingName.clear();
        return 0;
    }
    if (errno == EEXIST && mayReplace) {
        // The old file stays under the passing name until everything is in place.
        m_holdsOld = exchangeNames(m_passingName, m_path, RENAME_EXCHANGE) == 0;
        if (m_holdsOld)
            return 0;
    }
    if (errno != EINVAL)
        return errno;
    if (mayReplace) // a file system that knows the plain way only
        return renameOver();
    const QByteArray passing = QFile::encodeName(m_passingName);
    return ::link(passing.constData(), QFile::encodeName(m_path).constData()) == 0 ? 0 : errno;
}

int StagedFile::renameOver()
{
    const QByteArray passing = QFile::encodeName(m_passingName);
    if (::rename(passing.constData(), QFile::encodeName(m_path).constData()) != 0)
        return errno;
    m_passingName.clear();
    return 0;
}

void StagedFile::takeBack()
{
    if (!std::exchange(m_isInPlace, false))
        return;
    if (m_old >= 0)
        putOldBack();
    else if (m_holdsOld)
        exchangeNames(m_passingName, m_path, RENAME_EXCHANGE);
    else
        ::unlink(QFile::encodeName(m_path).constData());
}

void StagedFile::putOldBack()
{
    const QString passing = passingNameBeside(m_path);
    if (giveName(m_old, passing) != 0)
        return;
    m_passingName = passing; // removed with this when it cannot take its place
    renameOver();
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
    for (const int file : { m_file, m_old }) {
        if (file >= 0)
            ::close(file);
    }
}

#else

// Elsewhere nothing is known yet that keeps these promises, so nothing is written.
Result<bool, PrivateFileError> makePrivateFolder(const QString &path)
{
    return failure(PrivateFileError { PrivateFileFault::Failed, u"%1: not on this system"_s.arg(path) });
}

Result<void, PrivateFileError> syncFolder(const QString &)
{
    return {};
}

void sweepStagedFiles(const QString &) {}

Result<std::unique_ptr<StagedFile>, PrivateFileError> StagedFile::make(const QString &path, const Secret &,
                                                                       Passing)
{
    return failure(PrivateFileError { PrivateFileFault::Failed, u"%1: not on this system"_s.arg(path) });
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
