// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/sharedfolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include <array>
#include <optional>

namespace latchkey {

#ifdef Q_OS_UNIX

namespace {

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

#else

QString sharedFolderAbove(const QString &)
{
    return {};
}

#endif

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

} // namespace latchkey
