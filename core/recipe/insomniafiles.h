// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/recipeinput.h"

namespace latchkey {

// An export of format 4: a workspace with its environment, and a request an account.
[[nodiscard]] Secret insomniaExport(const QList<RecipeInput> &accounts);

} // namespace latchkey
