// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// A recipe the user wrote: text with {{places}} that core/recipe fills in. Holds no secret.
struct OwnRecipe
{
    QString id; // [a-z0-9-], 1 to 40 characters, none of the built-in ids; what `--as` takes
    QString label; // what the menu shows, 1 to 60 characters
    QString text; // at most 8 KiB

    friend bool operator==(const OwnRecipe &, const OwnRecipe &) = default;
};

} // namespace latchkey
