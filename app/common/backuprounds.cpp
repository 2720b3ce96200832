// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/backuprounds.h"

#include "core/flow/store/accountrepository.h"
#include "core/io/profile/sqliteprofile.h"

namespace latchkey {

BackupRounds::BackupRounds(SqliteProfile &profile, std::chrono::milliseconds pause) : m_profile(profile)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    m_pause.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_pause, &QTimer::timeout, this, &BackupRounds::makeIfDue);
}

void BackupRounds::follow(AccountRepository &repository)
{
    m_isTold = restoration(true).has_value();
    for (const auto changed : { &AccountRepository::accountAdded, &AccountRepository::accountChanged,
                                &AccountRepository::accountRemoved })
        connect(&repository, changed, this, &BackupRounds::makeSoon);
    makeSoon();
}

// Not put off by what comes meanwhile, so that it comes in the end.
void BackupRounds::makeSoon()
{
    if (!m_pause.isActive())
        m_pause.start();
}

void BackupRounds::makeIfDue()
{
    m_profile.backUpIfDue();
    if (m_isTold)
        return;
    if (const auto problem = restoration(true)) {
        m_isTold = true;
        Q_EMIT restored(*problem);
    }
}

std::optional<Problem> BackupRounds::restoration(bool isOfThisRun) const
{
    const auto restored = m_profile.restoration();
    if (!restored || (isOfThisRun && !restored->isRecent))
        return {};
    const QString kept =
        restored->keptAs.isEmpty() ? QString() : m_profile.folder() + u'/' + restored->keptAs;
    return makeProblem(Problem::Kind::ProfileRestored, restored->backupMadeAt, kept);
}

} // namespace latchkey
