// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace latchkey {

struct FolderFault
{
    enum class Kind {
        NoHome, // the environment names no home directory
        ForeignHome, // the home directory belongs to another user
        ForeignOwner, // the folder belongs to another user
        SymbolicLink,
        NotAFolder,
        OthersMayWrite, // group or world may put files there
        CannotCreate,
        NotText, // its name is not in the encoding of this system, so that it would become another one
    };
    Kind kind = Kind::CannotCreate;
    QString path;
    QString detail; // the system's own word
    friend bool operator==(const FolderFault &, const FolderFault &) = default;
};

// Makes sure that `path` is a real folder of this user into which no other user can write; creates it with
// mode 0700 and its missing parents (R52, F71). Changes nothing that is already there: a folder
// that others may write to has perhaps been written to.
[[nodiscard]] Result<void, FolderFault> ensurePrivateFolder(const QString &path);

// The folder that holds everything of a profile. `asked` is what --profile names; empty: the platform's
// data folder ("~/.local/share/latchkey"). Created if missing, checked in any case.
[[nodiscard]] Result<QString, FolderFault> openProfileFolder(const QString &asked);

// Where processes of this user meet: $XDG_RUNTIME_DIR/latchkey, else the profile's folder "locks"; never a
// folder that others can write to (R38, R58). Created if missing.
[[nodiscard]] Result<QString, FolderFault> openRuntimeFolder(const QString &profileFolder);

// The nearest folder above `path` in which other users may rename or replace what is there, and so what
// leads to `path`; empty: none. As with sshd's StrictModes each folder has to belong to this user or to root
// and give no other user the right to write; a sticky one (/tmp) does no harm, nor does the user's own group.
[[nodiscard]] QString sharedFolderAbove(const QString &path);
// The same for the user: what it means, and what to do; empty: nothing to say.
[[nodiscard]] QString sharedFolderRemark(const QString &path);

// What happened, why, and what to do, for the user.
[[nodiscard]] QString textOf(const FolderFault &fault);

} // namespace latchkey
