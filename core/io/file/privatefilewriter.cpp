// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/privatefilewriter.h"

#include "core/base/randombytes.h"
#include "core/io/file/filelock.h"
#include "core/io/file/privatefile.h"
#include "core/io/file/privatefolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <unistd.h>
#include <utility>
#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr auto temporaryPrefix = ".latchkey-"_L1;

PrivateFileError privateFileError(const QString &path, const QString &why)
{
    return { PrivateFileError::Kind::Failed, u"%1: %2"_s.arg(path, why) };
}

QString folderOf(const QString &path)
{
    return QFileInfo(path).path();
}

// A file under a temporary name beside `path`, until it is put in place. Removed again with this object,
// unless it was kept or has replaced another.
class TemporaryFile final
{
public:
    static Result<std::unique_ptr<TemporaryFile>, PrivateFileError> make(const QString &path,
                                                                         const Secret &content)
    {
        const QString random = QString::fromLatin1(systemRandomBytes(8).toHex());
        const QString name = folderOf(path) + u'/' + temporaryPrefix + random;
        const auto file = makePrivateFile(name);
        if (!file) {
            PrivateFileError error = file.error();
            error.detail.replace(name, path);
            return failure(error);
        }
        std::unique_ptr<TemporaryFile> made(new TemporaryFile(path, name, *file));
        static_cast<void>(tryFlock(*file)); // so that no other process takes it for a leftover
        if (auto written = made->write(content.reveal()); !written)
            return failure(written.error());
        return made;
    }
    ~TemporaryFile()
    {
        if (!m_name.isEmpty())
            QFile::remove(m_name);
        ::close(m_file);
    }
    Q_DISABLE_COPY_MOVE(TemporaryFile)

    Result<void, PrivateFileError> putInPlace(bool mayReplace)
    {
        const bool replaces = QFileInfo::exists(m_path);
        auto renamed = renameInPlace(m_name, m_path, mayReplace ? Replacing::Allowed : Replacing::Refused);
        if (renamed)
            m_name = replaces ? QString() : m_path;
        return renamed;
    }
    void keep() { m_name.clear(); }

private:
    TemporaryFile(QString path, QString name, int file)
        : m_path(std::move(path)), m_name(std::move(name)), m_file(file)
    {
    }

    Result<void, PrivateFileError> write(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const auto count = ::write(m_file, bytes.data(), static_cast<std::size_t>(bytes.size()));
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                return failure(fileError(m_path, count < 0 ? errno : ENOSPC));
            bytes = bytes.sliced(count);
        }
        if (::fsync(m_file) != 0)
            return failure(fileError(m_path, errno));
        return {};
    }

    QString m_path;
    QString m_name; // what to remove
    int m_file;
};

// What a killed process left in the folder (F78). A file that is still written is locked.
void removeLeftovers(const QString &folder)
{
    const QStringList names =
        QDir(folder).entryList({ temporaryPrefix + u'*' }, QDir::Files | QDir::Hidden | QDir::NoSymLinks);
    for (const QString &name : names) {
        const QString path = folder + u'/' + name;
        const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
        const int file = ::open(QFile::encodeName(path).constData(), flags);
        if (file < 0)
            continue;
        if (checkOwnFile(path) && tryFlock(file))
            QFile::remove(path);
        ::close(file);
    }
}

// Names that stay within the target; each once.
bool areFit(const QList<PrivateFile> &files)
{
    QStringList seen;
    for (const PrivateFile &file : files) {
        const QStringList parts = file.path.split(u'/');
        const bool isOdd = parts.contains(QString()) || parts.contains(u"."_s) || parts.contains(u".."_s)
            || file.path.contains(QChar(0));
        if (isOdd || seen.contains(file.path))
            return false;
        seen.append(file.path);
    }
    return !files.isEmpty();
}

QString reasonOf(const FolderFault &fault)
{
    switch (fault.kind) {
    case FolderFault::Kind::SymbolicLink: return u"a symbolic link"_s;
    case FolderFault::Kind::NotAFolder: return u"not a folder"_s;
    case FolderFault::Kind::ForeignOwner: return u"belongs to another user"_s;
    case FolderFault::Kind::OthersMayWrite: return u"others may write to it"_s;
    case FolderFault::Kind::NoHome:
    case FolderFault::Kind::ForeignHome:
    case FolderFault::Kind::CannotCreate:
    case FolderFault::Kind::NotText: return fault.detail;
    }
    Q_UNREACHABLE();
}

// The folders that were made for a write, removed again unless it succeeds.
class MadeFolders final
{
public:
    MadeFolders() = default;
    ~MadeFolders()
    {
        while (!m_made.isEmpty())
            QDir().rmdir(m_made.takeLast());
    }
    Q_DISABLE_COPY_MOVE(MadeFolders)

    // `path` and what is missing above it, down from `root`, all of it ours alone.
    Result<void, PrivateFileError> ensure(const QString &root, const QString &path)
    {
        if (path != root) {
            if (auto above = ensure(root, folderOf(path)); !above)
                return above;
        }
        const int error = makePrivateFolder(path);
        if (error != 0 && error != EEXIST)
            return failure(fileError(path, error));
        if (error == 0)
            m_made.append(path);
        if (const auto fit = ensurePrivateFolder(path); !fit)
            return failure(privateFileError(path, reasonOf(fit.error())));
        return {};
    }
    [[nodiscard]] QStringList made() const { return m_made; }
    void keep() { m_made.clear(); }

private:
    QStringList m_made;
};

Result<void, PrivateFileError> checkPlaces(const QStringList &paths, bool mayReplace)
{
    for (const QString &path : paths) {
        if (auto fit = checkOwnFile(path); !fit)
            return fit;
        if (!mayReplace && QFileInfo::exists(path))
            return failure(fileError(path, EEXIST));
    }
    return {};
}

Result<void, PrivateFileError> writeTo(const QStringList &paths, const QList<PrivateFile> &files,
                                       bool mayReplace, MadeFolders &folders)
{
    if (auto fit = checkPlaces(paths, mayReplace); !fit)
        return fit;
    QStringList touched;
    std::vector<std::unique_ptr<TemporaryFile>> written;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        if (const QString folder = folderOf(paths.at(i)); !touched.contains(folder)) {
            touched.append(folder);
            removeLeftovers(folder);
        }
        auto file = TemporaryFile::make(paths.at(i), files.at(i).content);
        if (!file)
            return failure(file.error());
        written.push_back(*std::move(file));
    }
    for (const auto &file : written) {
        if (auto put = file->putInPlace(mayReplace); !put)
            return put; // what is new is removed again
    }
    for (const QString &made : folders.made())
        touched.append(folderOf(made));
    for (const QString &folder : std::as_const(touched)) {
        if (auto synced = syncFolder(folder); !synced)
            return synced;
    }
    for (const auto &file : written)
        file->keep();
    folders.keep();
    return {};
}

} // namespace

Result<void, PrivateFileError> PrivateFileWriter::write(const QString &target,
                                                        const QList<PrivateFile> &files, bool mayReplace)
{
    const QString root = QDir::cleanPath(QFileInfo(target).absoluteFilePath());
    MadeFolders folders;
    if (files.size() == 1 && files.constFirst().path.isEmpty())
        return writeTo({ root }, files, mayReplace, folders);
    if (!areFit(files))
        return failure(privateFileError(root, u"not a list of files"_s));
    QStringList paths;
    for (const PrivateFile &file : files) {
        paths.append(root + u'/' + file.path);
        if (auto made = folders.ensure(root, folderOf(paths.constLast())); !made)
            return made;
    }
    return writeTo(paths, files, mayReplace, folders);
}

QString PrivateFileWriter::remarkOn(const QString &target) const
{
    return sharedFolderRemark(target);
}

} // namespace latchkey
