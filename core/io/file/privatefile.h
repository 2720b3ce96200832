// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/privatefiles.h"

#include <QString>

namespace latchkey {

// Every file this program keeps is written in one way: a temporary file with mode 0600 in the same folder,
// its content on the disk (fsync), then its name (rename), then the folder (fsync). A full disk, a crash or a
// kill leaves what was there before, byte for byte (R52, F70); a kill may leave the temporary file.

// What the system answered, as one of the port's kinds.
[[nodiscard]] PrivateFileError fileError(const QString &path, int systemError);

// A new and empty file with mode 0600, whatever the umask; an error when there is one. The descriptor is the
// caller's to close.
[[nodiscard]] Result<int, PrivateFileError> makePrivateFile(const QString &path);

enum class Replacing { Allowed, Refused };
// Gives a finished file the name `path`. Refused: an error Exists when something has that name.
[[nodiscard]] Result<void, PrivateFileError> renameInPlace(const QString &finished, const QString &path,
                                                           Replacing replacing);
// Brings a file's content, or a folder's list of names, to the disk.
[[nodiscard]] Result<void, PrivateFileError> syncFile(const QString &path);
[[nodiscard]] Result<void, PrivateFileError> syncFolder(const QString &path);

// An error when `path` is a symbolic link, no regular file or another user's (R52, F71); nothing may be
// there. Looks at the name and opens nothing.
[[nodiscard]] Result<void, PrivateFileError> checkOwnFile(const QString &path);

// A new folder with mode 0700, whatever the umask. 0, or the system's error: EEXIST when something is there.
[[nodiscard]] int makePrivateFolder(const QString &path);

// By the rights of this process, without opening it.
[[nodiscard]] bool isWritable(const QString &path);

} // namespace latchkey
