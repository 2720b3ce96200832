// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/privatefiles.h"

namespace latchkey {

// Each file is written whole under another name beside its place, put on the disk, and only then renamed: a
// full disk, a crash or a kill leaves what was there byte for byte (SECURITY R52, F70, fact 20). A crash can
// leave ".latchkey-XXXXXX" behind; the next write to the folder removes it (F78).
class PrivateFileWriter final : public PrivateFiles
{
public:
    [[nodiscard]] Result<void, PrivateFileError> write(const QString &target, const QList<PrivateFile> &files,
                                                       bool mayReplace) override;
};

} // namespace latchkey
