// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// Who is handed what is handed out, for the record of activity: "latchkey-cli from bash". Told by the name of
// the process that started this one; it proves nothing.
[[nodiscard]] QString callerForTheRecord();
// A program's name as the record takes it: printable, without what moves a cursor, and short.
[[nodiscard]] QString recordedName(const QString &program);

} // namespace latchkey
