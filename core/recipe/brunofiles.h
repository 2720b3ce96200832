// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/exportedfile.h"
#include "core/recipe/recipeinput.h"

#include <QList>

namespace latchkey {

// A Bruno collection: bruno.json, a request an account, and the environment "Latchkey", which Git is told to
// leave out since it holds the tokens.
[[nodiscard]] QList<ExportedFile> brunoFiles(const QList<RecipeInput> &accounts);

} // namespace latchkey
