// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/privatefolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace latchkey {

namespace {

#ifdef Q_OS_UNIX

Result<void, FolderFault> checkFolder(const QString &path)
{
    struct stat facts = {};
    if (::lstat(QFile::encodeName(path).constData(), &facts) != 0)
        return failure(FolderFault { FolderFault::Kind::CannotCreate, path, qt_error_string(errno) });
    if (S_ISLNK(facts.st_mode))
        return failure(FolderFault { FolderFault::Kind::SymbolicLink, path, {} });
    if (!S_ISDIR(facts.st_mode))
        return failure(FolderFault { FolderFault::Kind::NotAFolder, path, {} });
    if (facts.st_uid != ::geteuid())
        return failure(FolderFault { FolderFault::Kind::ForeignOwner, path, {} });
    if ((facts.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return failure(FolderFault { FolderFault::Kind::OthersMayWrite, path, {} });
    return {};
}

// The parents are created for us alone too; all in one go with QDir would leave them to the umask.
bool createFolder(const QString &path)
{
    const QString parent = QFileInfo(path).path();
    if (parent != path && !QFileInfo::exists(parent) && !createFolder(parent))
        return false;
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), S_IRWXU) != 0)
        return errno == EEXIST;
    return ::chmod(name.constData(), S_IRWXU) == 0; // whatever the umask took away
}

#else

Result<void, FolderFault> checkFolder(const QString &path)
{
    if (!QFileInfo(path).isDir())
        return failure(FolderFault { FolderFault::Kind::NotAFolder, path, {} });
    return {};
}

bool createFolder(const QString &path)
{
    return QDir().mkpath(path);
}

#endif

} // namespace

Result<void, FolderFault> ensurePrivateFolder(const QString &path)
{
    const QString clean = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    const QFileInfo info(clean);
    if (!info.exists() && !info.isSymLink() && !createFolder(clean))
        return failure(FolderFault { FolderFault::Kind::CannotCreate, clean, qt_error_string(errno) });
    return checkFolder(clean);
}

QString textOf(const FolderFault &fault)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("PrivateFolder", text); };
    switch (fault.kind) {
    case FolderFault::Kind::NoHome:
        return say(
            QT_TRANSLATE_NOOP("PrivateFolder",
                              "There is no home directory to keep the accounts in: HOME is not set. Set it, "
                              "or name a folder with --profile."));
    case FolderFault::Kind::ForeignHome:
        return say(QT_TRANSLATE_NOOP(
                       "PrivateFolder",
                       "The home directory %1 belongs to another user, so nothing is stored there. Start "
                       "Latchkey as yourself, or name a folder with --profile."))
            .arg(fault.path);
    case FolderFault::Kind::ForeignOwner:
        return say(QT_TRANSLATE_NOOP(
                       "PrivateFolder",
                       "The folder %1 belongs to another user. Choose a folder of your own with "
                       "--profile."))
            .arg(fault.path);
    case FolderFault::Kind::SymbolicLink:
        return say(QT_TRANSLATE_NOOP(
                       "PrivateFolder",
                       "%1 is a symbolic link, which could be pointed elsewhere. Name the real folder "
                       "with --profile."))
            .arg(fault.path);
    case FolderFault::Kind::NotAFolder:
        return say(QT_TRANSLATE_NOOP("PrivateFolder",
                                     "%1 is not a folder. Choose another one with --profile."))
            .arg(fault.path);
    case FolderFault::Kind::OthersMayWrite:
        return say(QT_TRANSLATE_NOOP(
                       "PrivateFolder",
                       "Other users may write to the folder %1, so its contents cannot be trusted. Look "
                       "into it, then make it yours alone with chmod 700, or choose another folder with "
                       "--profile."))
            .arg(fault.path);
    case FolderFault::Kind::CannotCreate:
        return say(QT_TRANSLATE_NOOP(
                       "PrivateFolder",
                       "The folder %1 cannot be used (%2). Check the permissions of its parent folder, or "
                       "choose another one with --profile."))
            .arg(fault.path, fault.detail);
    case FolderFault::Kind::NotText:
        return say(QT_TRANSLATE_NOOP("PrivateFolder",
                                     "The name of the folder %1 is not text in UTF-8, so it cannot be used. "
                                     "Choose another one with --profile."))
            .arg(fault.path);
    }
    return {};
}

} // namespace latchkey
