// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/inputtext.h"
#include "core/provider/provider.h"

#include <optional>

namespace latchkey {

// What is wrong with the characters of one value, from any input. Nothing if they are valid.

[[nodiscard]] std::optional<FieldProblem> checkLine(const QString &fieldId, const QString &value);
// A secret is never changed silently. A fault with `mayBeMeant` is ignored if the user confirms the secret.
[[nodiscard]] std::optional<FieldProblem> checkSecretLine(const QString &fieldId, QByteArrayView secret);
[[nodiscard]] std::optional<FieldProblem> checkPem(const Field &field, QByteArrayView pem);

[[nodiscard]] FieldProblem problemOf(const QString &fieldId, const NotUtf8 &fault);

} // namespace latchkey
