// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QList>
#include <QString>

namespace latchkey {

struct PrivateFileError
{
    enum class Kind { Exists, Full, ReadOnly, Failed };
    Kind kind = Kind::Failed;
    QString detail; // the path and the system's word
    friend bool operator==(const PrivateFileError &, const PrivateFileError &) = default;
};

struct PrivateFile
{
    QString path; // relative to the target, with '/'; empty: the target itself is the file
    Secret content;
};

// Writes files that only the user may read (0600 in folders of 0700), each completely or not at all.
class PrivateFiles
{
public:
    virtual ~PrivateFiles() = default;
    // All files or none. `target` is a file, or the folder of several. Without `mayReplace` an existing file
    // is an error; a symbolic link always is.
    [[nodiscard]] virtual Result<void, PrivateFileError>
    write(const QString &target, const QList<PrivateFile> &files, bool mayReplace) = 0;
    // A warning about a writable target, such as that other users can move or replace it. One or two
    // translated sentences; empty: none.
    [[nodiscard]] virtual QString remarkOn(const QString &target) const = 0;
};

} // namespace latchkey
