// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QVariant>

#include <optional>

class QSqlQuery;

namespace latchkey {

// The account table's columns, in the order of the two functions below.
[[nodiscard]] QString accountColumns();
inline constexpr int accountColumnCount = 13;

[[nodiscard]] QVariantList toRow(const Account &account);
// The row the query stands on. Absent: the row makes no sense.
[[nodiscard]] std::optional<Account> accountFromRow(const QSqlQuery &query);

} // namespace latchkey
