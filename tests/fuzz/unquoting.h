// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>

#include <optional>

#include "fuzz/fuzzing.h"

namespace latchkey::fuzzing {

// How the targets of core/recipe read a line, after their manuals. Nothing: the line would do something else
// than hand words on, such as expanding a variable or running a second command.

// POSIX, section 2.2: words in single quotes, in double quotes, after a backslash, or plain.
std::optional<QByteArrayList> wordsOfShell(const QByteArray &line);

// about_Quoting_Rules: one literal in single quotes, of which PowerShell knows five.
std::optional<QByteArray> powershellLiteral(const QByteArray &line);

// What a program is given as its one argument: cmd.exe takes carets away first and would expand %NAME%; then
// the C runtime takes the quotation marks away.
std::optional<QByteArray> argumentOfCmd(const QByteArray &line);

} // namespace latchkey::fuzzing
