// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/recipeinput.h"

#include <QJsonObject>

namespace latchkey {

// The request that the recipes write down, taken apart.

[[nodiscard]] QByteArray headerValue(const RecipeInput &input); // "Bearer T"
[[nodiscard]] QByteArray headerLine(const RecipeInput &input); // "Authorization: Bearer T"
// Authorization first, then what the vendor wants besides.
[[nodiscard]] QList<std::pair<QByteArray, QByteArray>> allHeaders(const RecipeInput &input);
[[nodiscard]] QByteArray address(const RecipeInput &input); // fully encoded
[[nodiscard]] QByteArray expiry(const RecipeInput &input); // "2031-05-04T10:00:00Z"; empty: unknown

// As a file: indented, without a line's end at its end.
[[nodiscard]] QByteArray jsonText(const QJsonObject &object);

} // namespace latchkey
