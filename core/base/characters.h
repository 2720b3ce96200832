// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <optional>

namespace latchkey {

// Characters that a reader cannot see: controls (C0, C1), bidi and other format characters, line and
// paragraph separators, variation selectors, fillers, half surrogates and noncharacters. Blanks of any width
// do not count.
[[nodiscard]] bool isInvisible(char32_t point);

struct InvisibleCharacter
{
    char32_t point = 0;
    qsizetype at = 0; // which character of the text, from 1; a pair of surrogates is one
    friend bool operator==(const InvisibleCharacter &, const InvisibleCharacter &) = default;
};
[[nodiscard]] std::optional<InvisibleCharacter> firstInvisible(QStringView text);
// Also finds blanks other than U+0020, because they look the same.
[[nodiscard]] std::optional<InvisibleCharacter> firstUnusual(QStringView text);

// "U+200B"
[[nodiscard]] QString codePointName(char32_t point);

// ASCII digits, at least one.
[[nodiscard]] bool isDigits(QByteArrayView text);

// Makes one line of foreign text: letters of every script, at most `limit` UTF-16 units and never half a
// character. Line ends and tabs become blanks; invisible characters are dropped.
[[nodiscard]] QString visibleLine(QStringView text, qsizetype limit);

// The same JSON, with \u escapes for invisible characters, so that it cannot move a terminal's cursor or
// change the reading direction. The line ends between its values stay.
[[nodiscard]] QByteArray visibleJson(const QByteArray &json);

} // namespace latchkey
