// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/provider/provider.h"

#include <QDateTime>
#include <QStringList>

#include <optional>

namespace latchkey {

// The secret fields that an account needs: those that the provider asks for, and the key without which the
// certificate is of no use. The fields are completed.
[[nodiscard]] QStringList neededSecrets(const Provider &provider, const FieldValues &completed);
// The first required one of those that are missing, as a problem; nothing: there is none.
[[nodiscard]] std::optional<Problem> missingSecret(const Provider &provider, const QStringList &missing,
                                                   const QDateTime &now);

} // namespace latchkey
