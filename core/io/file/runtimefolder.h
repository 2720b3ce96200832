// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/file/privatefolder.h"

namespace latchkey {

// Where processes of this user meet: $XDG_RUNTIME_DIR/latchkey, else the profile's folder "locks"; never a
// folder that others can write to (R38, R58). Created if missing.
[[nodiscard]] Result<QString, FolderFault> openRuntimeFolder(const QString &profileFolder);

} // namespace latchkey
