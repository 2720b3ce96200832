// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/accountstore.h"

namespace latchkey {

class SqliteProfile;

// The user's own recipes, in the profile.
class SqliteRecipeStore final : public RecipeStore
{
public:
    explicit SqliteRecipeStore(SqliteProfile &profile) : m_profile(profile) {}

    [[nodiscard]] Result<QList<OwnRecipe>, AccountStoreError> load() override;
    [[nodiscard]] Result<void, AccountStoreError> save(const OwnRecipe &recipe) override;
    [[nodiscard]] Result<void, AccountStoreError> remove(const QString &id) override;

private:
    SqliteProfile &m_profile;
};

} // namespace latchkey
