// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QString>

namespace latchkey {

struct JsonFault
{
    QString reason; // "a value was expected", never a piece of the text
    qsizetype offset = 0; // in bytes
    friend bool operator==(const JsonFault &, const JsonFault &) = default;
};

// Reads the JSON object of a token answer. Accepts what the three vendors send: a byte order mark, and a
// trailing comma before '}' or ']' (Bright Pattern's documented answer has one). Refuses what Qt's parser
// would let pass (docs/platform-facts.md, fact 8): a member named twice, raw control characters in strings,
// bad escapes, numbers such as ".5"; and everything that Qt refuses.
[[nodiscard]] Result<QJsonObject, JsonFault> readJsonObject(QByteArrayView text);

} // namespace latchkey
