// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/privatefilewriter.h"

#include "core/io/file/privatefolder.h"
#include "core/io/file/sharedfolder.h"

#include <QDir>
#include <QFileInfo>

#include <vector>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

PrivateFileError privateFileError(const QString &path, const QString &why)
{
    return { PrivateFileError::Kind::Failed, u"%1: %2"_s.arg(path, why) };
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
            if (auto above = ensure(root, QFileInfo(path).path()); !above)
                return above;
        }
        const auto isNew = makePrivateFolder(path);
        if (!isNew)
            return failure(isNew.error());
        if (*isNew)
            m_made.append(path);
        if (const auto fit = ensurePrivateFolder(path); !fit)
            return failure(privateFileError(path, reason(fit.error())));
        return {};
    }
    [[nodiscard]] QStringList made() const { return m_made; }
    void keep() { m_made.clear(); }

private:
    static QString reason(const FolderFault &fault)
    {
        switch (fault.kind) {
        case FolderFault::Kind::SymbolicLink: return u"a symbolic link"_s;
        case FolderFault::Kind::NotAFolder: return u"not a folder"_s;
        case FolderFault::Kind::ForeignOwner: return u"belongs to another user"_s;
        case FolderFault::Kind::OthersMayWrite: return u"others may write to it"_s;
        default: return fault.detail;
        }
    }

    QStringList m_made;
};

Result<void, PrivateFileError> syncFolders(const QStringList &folders)
{
    for (const QString &folder : folders) {
        if (auto synced = syncFolder(folder); !synced)
            return synced;
    }
    return {};
}

Result<void, PrivateFileError> writeTo(const QStringList &paths, const QList<PrivateFile> &files,
                                       bool mayReplace, StagedFile::Passing passing, MadeFolders &folders)
{
    QStringList touched;
    std::vector<std::unique_ptr<StagedFile>> staged;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        const QString folder = QFileInfo(paths.at(i)).path();
        if (!touched.contains(folder)) {
            touched.append(folder);
            sweepStagedFiles(folder);
        }
        auto file = StagedFile::make(paths.at(i), files.at(i).content, passing);
        if (!file)
            return failure(file.error());
        staged.push_back(*std::move(file));
    }
    for (const auto &file : staged) {
        if (auto put = file->putInPlace(mayReplace); !put)
            return put; // those in place are taken back as they are destroyed
    }
    for (const QString &made : folders.made())
        touched.append(QFileInfo(made).path());
    if (auto synced = syncFolders(touched); !synced)
        return synced;
    for (const auto &file : staged)
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
        return writeTo({ root }, files, mayReplace, m_passing, folders);
    if (!areFit(files))
        return failure(privateFileError(root, u"not a list of files"_s));
    QStringList paths;
    for (const PrivateFile &file : files) {
        paths.append(root + u'/' + file.path);
        if (auto made = folders.ensure(root, QFileInfo(paths.constLast()).path()); !made)
            return made;
        const QFileInfo info(paths.constLast());
        if (!mayReplace && (info.exists() || info.isSymLink()))
            return failure(PrivateFileError { PrivateFileError::Kind::Exists, paths.constLast() });
    }
    return writeTo(paths, files, mayReplace, m_passing, folders);
}

QString PrivateFileWriter::remarkOn(const QString &target) const
{
    return sharedFolderRemark(target);
}

} // namespace latchkey
