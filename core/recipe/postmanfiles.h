// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/recipeinput.h"

namespace latchkey {

// They go together: the collection names the variables that the environment of the same accounts holds.
[[nodiscard]] Secret postmanEnvironment(const QList<RecipeInput> &accounts);
// Collection v2.1: a request an account. Holds no token and no address.
[[nodiscard]] Secret postmanCollection(const QList<RecipeInput> &accounts);

} // namespace latchkey
