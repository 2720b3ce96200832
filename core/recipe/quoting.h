// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace latchkey {

// Each makes one literal of its target from any UTF-8 text, quotation marks included, so that the target
// reads back the same bytes.

// For bash, dash and zsh: 'it'\''s'.
[[nodiscard]] QByteArray shellQuoted(QByteArrayView text);

// For PowerShell: 'it''s'. It takes the four curly single quotes for quotes too.
[[nodiscard]] QByteArray powershellQuoted(QByteArrayView text);

// One argument of a program, for a line pasted at the prompt of Windows' cmd.exe (a batch file reads per cent
// signs differently). Control characters become blanks: nothing can quote a line's end there.
[[nodiscard]] QByteArray cmdQuoted(QByteArrayView text);

// A value in a .env file. What bash reads back is always the same; npm's dotenv and python-dotenv agree
// unless an apostrophe meets ", $, ` or \, or a backslash stands doubled or last.
[[nodiscard]] QByteArray dotenvQuoted(QByteArrayView text);

[[nodiscard]] QByteArray jsonQuoted(QByteArrayView text);

// For the text of an element and for an attribute's value, without quotation marks. What XML 1.0 can't hold
// becomes U+FFFD.
[[nodiscard]] QByteArray xmlEscaped(QByteArrayView text);

// On one line, for a comment or a name: line ends and what can't be seen become blanks.
[[nodiscard]] QByteArray onOneLine(QByteArrayView text);

} // namespace latchkey
