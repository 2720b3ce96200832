// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "core/port/accountstore.h"

namespace latchkey {

// Keeps the recipes the user wrote. Local and quick, so it answers at once.
class RecipeStore
{
public:
    virtual ~RecipeStore() = default;
    [[nodiscard]] virtual Result<QList<OwnRecipe>, AccountStoreError> load() = 0; // by label
    [[nodiscard]] virtual Result<void, AccountStoreError>
    save(const OwnRecipe &recipe) = 0; // adds or replaces
    [[nodiscard]] virtual Result<void, AccountStoreError> remove(const QString &id) = 0; // Missing: no such
};

} // namespace latchkey
