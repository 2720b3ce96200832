// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/handout/profilechanges.h"

#include "core/flow/handout/activityservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/preferencesservice.h"
#include "core/port/accountstore.h"

namespace latchkey {

ProfileChanges::ProfileChanges(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    connect(&m_parts.notice, &ChangeNotice::noticed, this, &ProfileChanges::look);
}

void ProfileChanges::look()
{
    m_parts.repository.catchUp();
    m_parts.preferences.catchUp();
    if (m_parts.activityStore.wasChangedElsewhere())
        Q_EMIT m_parts.activity.changed();
    const auto recipes = m_parts.recipes.load();
    if (!recipes || *recipes == m_recipes)
        return;
    m_recipes = *recipes;
    Q_EMIT recipesChanged();
}

} // namespace latchkey
