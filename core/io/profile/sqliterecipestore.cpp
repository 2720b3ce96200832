// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliterecipestore.h"

#include "core/io/profile/profilebackup.h"
#include "core/io/profile/sqliteconnection.h"
#include "core/io/profile/sqliteprofile.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

Result<QList<OwnRecipe>, AccountStoreError> SqliteRecipeStore::load()
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    auto query = (*database)->run(u"SELECT id, label, text FROM recipe ORDER BY id"_s);
    if (!query)
        return failure(query.error());
    QList<OwnRecipe> recipes;
    while (query->next()) {
        recipes.append(
            { query->value(0).toString(), query->value(1).toString(), query->value(2).toString() });
    }
    // Not by the database, which knows no letters beyond A to Z.
    std::stable_sort(recipes.begin(), recipes.end(), [](const OwnRecipe &a, const OwnRecipe &b) {
        return a.label.toCaseFolded().localeAwareCompare(b.label.toCaseFolded()) < 0;
    });
    return (*database)->finish(*query).transform([&recipes] { return recipes; });
}

Result<void, AccountStoreError> SqliteRecipeStore::save(const OwnRecipe &recipe)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        const auto saved =
            (*database)->run(u"INSERT INTO recipe (id, label, text) VALUES (?, ?, ?) "
                             "ON CONFLICT (id) DO UPDATE SET label=excluded.label, "
                             "text=excluded.text"_s,
                             { notNull(recipe.id), notNull(recipe.label), notNull(recipe.text) });
        if (!saved)
            return failure(saved.error());
        return noteChangeForBackup(**database);
    });
}

Result<void, AccountStoreError> SqliteRecipeStore::remove(const QString &id)
{
    const auto database = m_profile.connection();
    if (!database)
        return failure(database.error());
    return (*database)->inTransaction([&]() -> Result<void, AccountStoreError> {
        const auto removed = (*database)->run(u"DELETE FROM recipe WHERE id=?"_s, { id });
        if (!removed)
            return failure(removed.error());
        if (removed->numRowsAffected() == 0)
            return failure(AccountStoreError { AccountStoreError::Kind::Missing, id });
        return noteChangeForBackup(**database);
    });
}

} // namespace latchkey
