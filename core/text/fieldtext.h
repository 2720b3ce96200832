// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

#include <QString>

namespace latchkey {

// Why the value is refused, in the user's language.
[[nodiscard]] QString fieldText(const FieldProblem &problem);

} // namespace latchkey
