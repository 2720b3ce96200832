// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/recipeinput.h"

namespace latchkey {

// What a program reads rather than a person pastes.
[[nodiscard]] Secret dotenvText(const RecipeInput &input);
[[nodiscard]] Secret jsonObjectText(const RecipeInput &input);

// The lines of a .env file: PREFIX_TOKEN, PREFIX_AUTHORIZATION, PREFIX_URL, PREFIX_EXPIRES_AT, then the
// vendor's headers; a comment with the account's name above.
[[nodiscard]] QByteArray dotenvLines(const RecipeInput &input, const QByteArray &prefix);

} // namespace latchkey
