// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/expiry.h"

#include <QString>

namespace latchkey {

// "Valid", "Expiring", "Expired", "Needs sign-in", "Error", "Lifetime unknown".
[[nodiscard]] QString stateText(AccountState state);

} // namespace latchkey
