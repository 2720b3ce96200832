// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"

#include <QString>

namespace latchkey {

// What is to be done about a problem for which the provider named a time to wait, counted down:
// "Try again in 42 s.", and "Try again." once that is over. Empty where none was named.
[[nodiscard]] QString retryText(const Problem &problem, const QDateTime &now);

} // namespace latchkey
