// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace latchkey {

class SqliteProfile;
class AccountRepository;

// Keeps a backup of the profile while a window is open: some seconds after the start, and after accounts were
// changed. Says when a backup had to take the profile's place meanwhile.
class BackupRounds final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds usualPause { 10 };

    explicit BackupRounds(SqliteProfile &profile, std::chrono::milliseconds pause = usualPause);

    // From now on; until then backups are made when they are asked for.
    void follow(AccountRepository &repository);
    void makeIfDue(); // at once
    void makeSoon();

    // ProfileRestored, as long as the damaged file is there; only if this process did it: `isOfThisRun`.
    [[nodiscard]] std::optional<Problem> restoration(bool isOfThisRun = false) const;

Q_SIGNALS:
    void restored(const latchkey::Problem &problem); // once, when it happens after follow()

private:
    SqliteProfile &m_profile;
    QTimer m_pause;
    bool m_isTold = false;
};

} // namespace latchkey
