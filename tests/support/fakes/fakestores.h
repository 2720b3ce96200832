// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/accountstore.h"
#include "core/port/privatefiles.h"

#include <QMap>

#include <algorithm>
#include <optional>
#include <utility>

namespace latchkey::test {

class FakeActivityStore final : public ActivityStore
{
public:
    Result<void, AccountStoreError> record(const ActivityEntry &entry) override
    {
        if (failure)
            return latchkey::failure(*failure);
        kept.prepend(entry);
        return {};
    }
    Result<QList<ActivityEntry>, AccountStoreError> entries(const std::optional<AccountId> &account,
                                                            int limit) override
    {
        if (failure)
            return latchkey::failure(*failure);
        QList<ActivityEntry> chosen = kept;
        if (account)
            chosen.removeIf([&account](const ActivityEntry &entry) { return entry.accountId != *account; });
        return chosen.first(std::min<qsizetype>(chosen.size(), limit));
    }
    Result<void, AccountStoreError> clear(const std::optional<AccountId> &account) override
    {
        if (failure)
            return latchkey::failure(*failure);
        kept.removeIf(
            [&account](const ActivityEntry &entry) { return !account || entry.accountId == *account; });
        return {};
    }
    bool wasChangedElsewhere() override { return std::exchange(changedElsewhere, false); }

    QList<ActivityEntry> kept; // newest first
    bool changedElsewhere = false;
    std::optional<AccountStoreError> failure; // of every call
};

class FakePrivateFiles final : public PrivateFiles
{
public:
    Result<void, PrivateFileError> write(const QString &target, const QList<PrivateFile> &files,
                                         bool mayReplace) override
    {
        if (failure)
            return latchkey::failure(*failure);
        if (written.contains(target) && !mayReplace)
            return latchkey::failure(PrivateFileError { PrivateFileError::Kind::Exists, target });
        written.insert(target, files);
        return {};
    }

    QString remarkOn(const QString &) const override { return remark; }

    QMap<QString, QList<PrivateFile>> written; // by target
    QString remark;
    std::optional<PrivateFileError> failure;
};

class FakeRecipeStore final : public RecipeStore
{
public:
    Result<QList<OwnRecipe>, AccountStoreError> load() override
    {
        if (failure)
            return latchkey::failure(*failure);
        QList<OwnRecipe> sorted = recipes;
        std::sort(sorted.begin(), sorted.end(),
                  [](const OwnRecipe &a, const OwnRecipe &b) { return a.label < b.label; });
        return sorted;
    }
    Result<void, AccountStoreError> save(const OwnRecipe &recipe) override
    {
        if (failure)
            return latchkey::failure(*failure);
        recipes.removeIf([&recipe](const OwnRecipe &other) { return other.id == recipe.id; });
        recipes.append(recipe);
        return {};
    }
    Result<void, AccountStoreError> remove(const QString &id) override
    {
        if (failure)
            return latchkey::failure(*failure);
        if (recipes.removeIf([&id](const OwnRecipe &other) { return other.id == id; }) == 0)
            return latchkey::failure(AccountStoreError { AccountStoreError::Kind::Missing, id });
        return {};
    }

    QList<OwnRecipe> recipes;
    std::optional<AccountStoreError> failure; // of every call
};

} // namespace latchkey::test
