// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/privatefolder.h"

#include "core/io/file/privatefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <array>
#include <cerrno>
#include <grp.h>
#include <optional>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

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
// 0, or the system's error.
int createFolder(const QString &path)
{
    const QString parent = QFileInfo(path).path();
    if (parent != path && !QFileInfo::exists(parent)) {
        if (const int error = createFolder(parent); error != 0)
            return error;
    }
    const int error = makePrivateFolder(path);
    return error == EEXIST ? 0 : error; // another process was first
}

// Under sudo or a wrong HOME the default folder would be made in somebody else's home, with files that
// its owner cannot change.
Result<void, FolderFault> checkHome()
{
    if (!qEnvironmentVariableIsEmpty("XDG_DATA_HOME"))
        return {};
    const QString home = qEnvironmentVariable("HOME");
    if (home.isEmpty())
        return failure(FolderFault { FolderFault::Kind::NoHome, {}, {} });
    struct stat facts = {};
    if (::stat(QFile::encodeName(home).constData(), &facts) == 0 && facts.st_uid != ::geteuid())
        return failure(FolderFault { FolderFault::Kind::ForeignHome, home, {} });
    return {};
}

std::optional<struct stat> folderFacts(const QString &folder)
{
    struct stat facts = {};
    if (::stat(QFile::encodeName(folder).constData(), &facts) != 0)
        return {};
    return facts;
}

// The group that many systems make for each user, of the same name and without other members.
bool isOwnGroup(gid_t id)
{
    std::array<char, 4096> userBytes {};
    std::array<char, 4096> groupBytes {};
    passwd user {};
    group own {};
    passwd *foundUser = nullptr;
    group *foundGroup = nullptr;
    if (::getpwuid_r(::geteuid(), &user, userBytes.data(), userBytes.size(), &foundUser) != 0 || !foundUser
        || ::getgrgid_r(id, &own, groupBytes.data(), groupBytes.size(), &foundGroup) != 0 || !foundGroup
        || qstrcmp(own.gr_name, user.pw_name) != 0)
        return false;
    for (char **member = own.gr_mem; *member; ++member) {
        if (qstrcmp(*member, user.pw_name) != 0)
            return false;
    }
    return true;
}

bool mayOthersChange(const QString &folder)
{
    const auto facts = folderFacts(folder);
    const auto root = folderFacts(QDir::rootPath());
    if (!facts || !root)
        return false; // it is still to be made, for this user alone
    // In a sandbox root may go by another number, which is the one that owns the root folder.
    if (facts->st_uid != ::geteuid() && facts->st_uid != 0 && facts->st_uid != root->st_uid)
        return true;
    if ((facts->st_mode & S_ISVTX) != 0)
        return false;
    return (facts->st_mode & S_IWOTH) != 0
        || ((facts->st_mode & S_IWGRP) != 0 && facts->st_gid != 0 && !isOwnGroup(facts->st_gid));
}

QString sharedOnTheWay(const QString &path)
{
    QString folder = path;
    while (!QDir(folder).isRoot()) {
        folder = QFileInfo(folder).path();
        if (mayOthersChange(folder))
            return folder;
    }
    return {};
}

} // namespace

Result<void, FolderFault> ensurePrivateFolder(const QString &path)
{
    const QString clean = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    const QFileInfo info(clean);
    const int error = info.exists() || info.isSymLink() ? 0 : createFolder(clean);
    if (error != 0)
        return failure(FolderFault { FolderFault::Kind::CannotCreate, clean, qt_error_string(error) });
    return checkFolder(clean);
}

Result<QString, FolderFault> openProfileFolder(const QString &asked)
{
    QString folder = asked;
    if (folder.isEmpty()) {
        if (auto home = checkHome(); !home)
            return failure(home.error());
        // Not AppDataLocation: that one depends on the names the application object was given.
        folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/latchkey"_L1;
    }
    folder = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    // What could not be read as text became this; with it the folder would be another one.
    if (folder.contains(QChar::ReplacementCharacter))
        return failure(FolderFault { FolderFault::Kind::NotText, folder, {} });
    if (auto usable = ensurePrivateFolder(folder); !usable)
        return failure(usable.error());
    return folder;
}

Result<QString, FolderFault> openRuntimeFolder(const QString &profileFolder)
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!runtime.isEmpty() && QFileInfo(runtime).isDir() && ensurePrivateFolder(runtime)) {
        const QString inRuntime = runtime + "/latchkey"_L1;
        if (ensurePrivateFolder(inRuntime))
            return inRuntime;
    }
    const QString inProfile = profileFolder + "/locks"_L1;
    if (const auto usable = ensurePrivateFolder(inProfile); !usable)
        return failure(usable.error());
    return inProfile;
}

// The way as it was named, where a link in a shared folder could be pointed elsewhere, and as it is.
QString sharedFolderAbove(const QString &path)
{
    const QString named = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    const QString shared = sharedOnTheWay(named);
    const QString real = QFileInfo(QFileInfo(named).path()).canonicalFilePath();
    return shared.isEmpty() && !real.isEmpty()
        ? sharedOnTheWay(QDir(real).filePath(QFileInfo(named).fileName()))
        : shared;
}

QString sharedFolderRemark(const QString &path)
{
    const QString folder = sharedFolderAbove(path);
    if (folder.isEmpty())
        return {};
    return QCoreApplication::translate(
               "PrivateFolder",
               "Other users may write to the folder %1, so they can move or replace what you keep below it. "
               "Take that right from them (chmod go-w), or choose another folder.")
        .arg(folder);
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
