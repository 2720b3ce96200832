// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/file/stagedfile.h"
#include "core/port/privatefiles.h"

namespace latchkey {

// Each file is written whole, put on the disk, and only then gets its name: a full disk, a crash or a kill
// leaves what was there byte for byte (R52, F70; docs/platform-facts.md, fact 20). Until then it has no name,
// so that nothing of it is left (F78). Where the file system knows no such file, a crash can leave
// ".latchkey-XXXXXX" behind; the next write to the folder removes it.
class PrivateFileWriter final : public PrivateFiles
{
public:
    explicit PrivateFileWriter(StagedFile::Passing passing = StagedFile::Passing::Nameless)
        : m_passing(passing)
    {
    }

    [[nodiscard]] Result<void, PrivateFileError> write(const QString &target, const QList<PrivateFile> &files,
                                                       bool mayReplace) override;
    [[nodiscard]] QString remarkOn(const QString &target) const override;

private:
    StagedFile::Passing m_passing;
};

} // namespace latchkey
