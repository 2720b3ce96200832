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
    QList<OwnRecipe> recipes;
    const auto read = (*database)->forEach(
        u"SELECT id, label, text FROM recipe ORDER BY id"_s, {}, [&recipes](const QSqlQuery &row) {
            recipes.append({ row.value(0).toString(), row.value(1).toString(), row.value(2).toString() });
        });
    if (!read)
        return failure(read.error());
    // Not by the database, which knows no letters beyond A to Z.
    std::stable_sort(recipes.begin(), recipes.end(), [](const OwnRecipe &a, const OwnRecipe &b) {
        return a.label.toCaseFolded().localeAwareCompare(b.label.toCaseFolded()) < 0;
    });
    return recipes;
}

StoreResult SqliteRecipeStore::save(const OwnRecipe &recipe)
{
    return m_profile.change([&recipe](const SqliteConnection &database) {
        return database
            .execute(u"INSERT INTO recipe (id, label, text) VALUES (?, ?, ?) "
                     "ON CONFLICT (id) DO UPDATE SET label=excluded.label, text=excluded.text"_s,
                     { notNull(recipe.id), notNull(recipe.label), notNull(recipe.text) })
            .and_then([&] { return noteChangeForBackup(database); });
    });
}

StoreResult SqliteRecipeStore::remove(const QString &id)
{
    return m_profile.change([&id](const SqliteConnection &database) -> StoreResult {
        const auto removed = database.run(u"DELETE FROM recipe WHERE id=?"_s, { id });
        if (!removed)
            return failure(removed.error());
        if (removed->numRowsAffected() == 0)
            return failure(AccountStoreError { AccountStoreError::Kind::Missing, id });
        return noteChangeForBackup(database);
    });
}

} // namespace latchkey
