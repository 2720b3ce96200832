// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/profile/diskfaults.h"
#include "support/profile/ownprofile.h"

namespace latchkey::profile {

// What a second process of a test does with FOLDER [LIMIT]: opens the profile, and is killed as soon as
// it writes past LIMIT bytes of a file. Gives the program's exit status.
inline int openProfile(const QStringList &arguments)
{
    if (arguments.size() == 2)
        dieWhenWritingPast(arguments.at(1));
    return OwnProfile(arguments.at(0)).accounts.load() ? 0 : 1;
}

// Opens a profile that `prepare` brings about, and is killed at a later page each time, until it comes
// through. `verify` looks at what each round left. Gives the number of kills; negative: it never came
// through.
inline int openUntilNotKilled(const QString &role, const QString &folder,
                              const std::function<void()> &prepare,
                              const std::function<void(bool isDone)> &verify)
{
    int kills = 0;
    for (qsizetype limit = 0; limit <= 300000; limit += 4096) {
        prepare();
        QProcess other;
        other.start(QCoreApplication::applicationFilePath(), { role, folder, QString::number(limit) });
        if (!other.waitForFinished())
            return -1;
        const bool isDone = other.exitStatus() == QProcess::NormalExit && other.exitCode() == 0;
        verify(isDone);
        if (isDone)
            return kills;
        kills += other.exitStatus() == QProcess::CrashExit ? 1 : 0;
    }
    return -1;
}

} // namespace latchkey::profile
