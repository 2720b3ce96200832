// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

struct RecipeChoice;

// "Copy header value": what a button says that copies by this recipe.
[[nodiscard]] QString copyText(const RecipeChoice &recipe);

} // namespace latchkey
