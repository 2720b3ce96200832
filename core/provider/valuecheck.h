// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/characters.h"
#include "core/provider/provider.h"

#include <optional>

namespace latchkey {

// What is wrong with the characters of one value, whichever way it came in. Nothing: they are all right.

[[nodiscard]] std::optional<FieldProblem> checkLine(const QString &fieldId, const QString &value);
// A secret is never changed silently. What `mayBeMeant` of it is passed over on the user's word.
[[nodiscard]] std::optional<FieldProblem> checkSecretLine(const QString &fieldId, QByteArrayView secret);
[[nodiscard]] std::optional<FieldProblem> checkPem(const Field &field, QByteArrayView pem);

[[nodiscard]] FieldProblem problemOf(const QString &fieldId, const NotUtf8 &fault);

} // namespace latchkey
