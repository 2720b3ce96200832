// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QString>

namespace latchkey {

// Turns what was entered as bytes (a file, a pipe, an argument) into text. There is no other way in.

struct NotUtf8
{
    qsizetype byte = 0; // the first that is wrong, from 1
    bool isUtf16 = false; // its byte order mark says so
    friend bool operator==(const NotUtf8 &, const NotUtf8 &) = default;
};
// Never replaces unreadable bytes by U+FFFD.
[[nodiscard]] Result<QString, NotUtf8> inputText(QByteArrayView utf8);
// "not UTF-8 (byte 2)"
[[nodiscard]] QString reasonOf(const NotUtf8 &fault);

// Editors put invisible byte order marks at the beginning. They are not part of the text.
[[nodiscard]] QByteArrayView withoutMark(QByteArrayView utf8);
[[nodiscard]] QString withoutMark(const QString &text);

} // namespace latchkey
