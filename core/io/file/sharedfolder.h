// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// The nearest folder above `path` in which other users may rename or replace what is there, and so what
// leads to `path`; empty: none. As with sshd's StrictModes each folder has to belong to this user or to root
// and give nobody else the right to write; a sticky one (/tmp) does no harm, nor does the user's own group.
// Only on Unix.
[[nodiscard]] QString sharedFolderAbove(const QString &path);
// The same for the user: what it means, and what to do; empty: nothing to say.
[[nodiscard]] QString sharedFolderRemark(const QString &path);

} // namespace latchkey
