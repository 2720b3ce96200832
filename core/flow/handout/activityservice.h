// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/account/profilevalues.h"
#include "core/base/clock.h"
#include "core/base/result.h"

#include <QList>
#include <QObject>

#include <optional>

namespace latchkey {

class ActivityStore;
class PreferencesService;
struct Account;

// Which program was given what, and when. Never a value. Can be switched off (Preferences::recordActivity)
// and cleared.
class ActivityService final : public QObject
{
    Q_OBJECT

public:
    ActivityService(ActivityStore &store, PreferencesService &preferences, Clock clock,
                    QObject *parent = nullptr);

    // A failure to record is reported by recordFailed(), never by withholding the token.
    void record(const Account &account, const QString &form, const QString &program);
    [[nodiscard]] Result<QList<ActivityEntry>, Problem> entries(const std::optional<AccountId> &account,
                                                                int limit = 1000) const; // newest first
    Result<void, Problem> clear(const std::optional<AccountId> &account);
    [[nodiscard]] bool isRecording() const;
    Result<void, Problem> setRecording(bool recording);

Q_SIGNALS:
    void changed(); // entries were added or cleared, by whichever process
    void recordFailed(const latchkey::Problem &why);

private:
    ActivityStore &m_store;
    PreferencesService &m_preferences;
    Clock m_clock;
};

} // namespace latchkey
