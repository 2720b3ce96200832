// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace latchkey {

// Each makes a literal of its target from any UTF-8 text, including quotation marks, so that the target reads
// the same bytes.

// For bash, dash and zsh: 'it'\''s'.
[[nodiscard]] QByteArray shellQuoted(QByteArrayView text);

// For PowerShell: 'it''s'. PowerShell also treats the four curly single quotes as quotes.
[[nodiscard]] QByteArray powershellQuoted(QByteArrayView text);

// One argument of a program, for a line pasted at the prompt of Windows' cmd.exe (a batch file reads per cent
// signs differently). Control characters become blanks: cmd.exe cannot quote a line end.
[[nodiscard]] QByteArray cmdQuoted(QByteArrayView text);

// A value in a .env file. bash always reads the same text; npm's dotenv and python-dotenv agree unless an
// apostrophe occurs with ", $, ` or \, or a backslash is doubled or last.
[[nodiscard]] QByteArray dotenvQuoted(QByteArrayView text);

[[nodiscard]] QByteArray jsonQuoted(QByteArrayView text);

// For an element's text or an attribute's value, without quotation marks. Characters that XML 1.0 forbids
// become U+FFFD.
[[nodiscard]] QByteArray xmlEscaped(QByteArrayView text);

// One line for a comment or a name: line ends and invisible characters become blanks.
[[nodiscard]] QByteArray onOneLine(QByteArrayView text);

} // namespace latchkey
