// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/handout/activityservice.h"

#include "core/account/account.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/preferencesservice.h"
#include "core/port/accountstore.h"

namespace latchkey {

ActivityService::ActivityService(ActivityStore &store, PreferencesService &preferences, Clock clock,
                                 QObject *parent)
    : QObject(parent), m_store(store), m_preferences(preferences), m_clock(std::move(clock))
{
}

void ActivityService::record(const Account &account, const QString &form, const QString &program)
{
    if (!isRecording())
        return;
    const QDateTime now = m_clock();
    if (const auto kept = m_store.record({ now, account.id, account.name, form, program }); !kept)
        Q_EMIT recordFailed(problemOf(kept.error(), now));
    else
        Q_EMIT changed();
}

Result<QList<ActivityEntry>, Problem> ActivityService::entries(const std::optional<AccountId> &account,
                                                               int limit) const
{
    auto entries = m_store.entries(account, limit);
    if (!entries)
        return failure(problemOf(entries.error(), m_clock()));
    return *std::move(entries);
}

Result<void, Problem> ActivityService::clear(const std::optional<AccountId> &account)
{
    if (const auto cleared = m_store.clear(account); !cleared)
        return failure(problemOf(cleared.error(), m_clock()));
    Q_EMIT changed();
    return {};
}

bool ActivityService::isRecording() const
{
    return m_preferences.current().recordActivity;
}

Result<void, Problem> ActivityService::setRecording(bool recording)
{
    Preferences wanted = m_preferences.current();
    wanted.recordActivity = recording;
    return m_preferences.change(wanted);
}

} // namespace latchkey
