// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/file/privatefolder.h"

namespace latchkey {

// The folder that holds everything of a profile. `asked` is what --profile names; empty: the platform's
// data folder ("~/.local/share/latchkey"). Created if missing, checked in any case.
[[nodiscard]] Result<QString, FolderFault> openProfileFolder(const QString &asked);

} // namespace latchkey
