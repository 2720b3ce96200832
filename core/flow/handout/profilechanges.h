// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"

#include <QList>
#include <QObject>

namespace latchkey {

class ActivityService;
class ActivityStore;
class ChangeNotice;
class PreferencesService;
class RecipeStore;
class AccountRepository;

// Brings what other processes wrote into the profile to what shows it: accounts, preferences and the
// record of activity speak for themselves, own recipes through the signal here.
class ProfileChanges final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        ChangeNotice &notice;
        AccountRepository &repository;
        PreferencesService &preferences;
        ActivityService &activity;
        ActivityStore &activityStore;
        RecipeStore &recipes;
    };
    explicit ProfileChanges(const Parts &parts, QObject *parent = nullptr);

Q_SIGNALS:
    // An own recipe was added, changed or removed, here or elsewhere.
    void recipesChanged();

private:
    void look();

    Parts m_parts;
    QList<OwnRecipe> m_recipes;
};

} // namespace latchkey
