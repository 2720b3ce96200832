// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilefolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Under sudo or a wrong HOME the default folder would be made in somebody else's home, with files that
// its owner cannot change.
Result<void, FolderFault> checkHome()
{
#ifdef Q_OS_UNIX
    if (!qEnvironmentVariableIsEmpty("XDG_DATA_HOME"))
        return {};
    const QString home = qEnvironmentVariable("HOME");
    if (home.isEmpty())
        return failure(FolderFault { FolderFault::Kind::NoHome, {}, {} });
    struct stat facts = {};
    if (::stat(QFile::encodeName(home).constData(), &facts) == 0 && facts.st_uid != ::geteuid())
        return failure(FolderFault { FolderFault::Kind::ForeignHome, home, {} });
#endif
    return {};
}

} // namespace

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

} // namespace latchkey
