// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/recipeinput.h"

namespace latchkey {

// Requests for a terminal, on one line without an end, so that pasting alone runs nothing. None of them
// carries the token on to another host when it is redirected.
[[nodiscard]] Secret curlCommand(const RecipeInput &input); // bash
[[nodiscard]] Secret curlCmdCommand(const RecipeInput &input); // Windows' cmd.exe
[[nodiscard]] Secret powershellCommand(const RecipeInput &input);
[[nodiscard]] Secret httpieCommand(const RecipeInput &input); // bash
[[nodiscard]] Secret wgetCommand(const RecipeInput &input); // bash

} // namespace latchkey
