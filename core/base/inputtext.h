// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QString>

namespace latchkey {

// The one way from bytes that somebody entered (a file, a pipe, an argument) to text.

struct NotUtf8
{
    qsizetype byte = 0; // the first that is wrong, from 1
    bool isUtf16 = false; // its byte order mark says so
    friend bool operator==(const NotUtf8 &, const NotUtf8 &) = default;
};
// Never with U+FFFD in the place of what could not be read.
[[nodiscard]] Result<QString, NotUtf8> inputText(QByteArrayView utf8);
// "not UTF-8 (byte 2)"
[[nodiscard]] QString reasonOf(const NotUtf8 &fault);

// Editors put byte order marks at the beginning, and nobody sees them: they are no part of the text.
[[nodiscard]] QByteArrayView withoutMark(QByteArrayView utf8);
[[nodiscard]] QString withoutMark(const QString &text);

} // namespace latchkey
