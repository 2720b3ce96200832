// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/privatefiles.h"

namespace latchkey {

// Writes exports as privatefile.h describes. All files are complete on the disk before the first one gets its
// name. A process that is killed can leave ".latchkey-XXXXXX" behind, with mode 0600; the next write into
// that folder removes it (F78).
class PrivateFileWriter final : public PrivateFiles
{
public:
    [[nodiscard]] Result<void, PrivateFileError> write(const QString &target, const QList<PrivateFile> &files,
                                                       bool mayReplace) override;
    [[nodiscard]] QString remarkOn(const QString &target) const override;
};

} // namespace latchkey
