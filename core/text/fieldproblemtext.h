// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

namespace latchkey {

// What is wrong with the value of a field, translated, with its place.
[[nodiscard]] QString fieldProblemText(const FieldProblem &problem);

} // namespace latchkey
