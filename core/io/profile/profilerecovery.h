// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/accountstore.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace latchkey {

class SqliteConnection;

// A backup took the place of a profile that was damaged or gone.
struct ProfileRestoration
{
    QString keptAs; // the damaged file's name in the profile's folder; empty: it was gone
    QDateTime backupMadeAt; // UTC
    bool isRecent = false; // this process did it
    friend bool operator==(const ProfileRestoration &, const ProfileRestoration &) = default;
};

// Whether the folder held a profile once: where its file is missing now, it is lost, not new.
[[nodiscard]] bool hadProfile(const QString &folder, const QString &path);

// Keeps the damaged profile at `path` aside as "profile.sqlite.corrupt-TIME", with SQLite's files beside it,
// and puts the newest backup that is whole in its place (F72). At no moment is there no profile.
// Several processes may do it at once: one does. Where there is no such backup nothing is touched, and the
// error is `why`. Nobody in this process may have the file open.
[[nodiscard]] Result<void, AccountStoreError> restoreFromBackup(const QString &folder, const QString &path,
                                                                const AccountStoreError &why);

// The last restoration, as long as the damaged file is still beside the profile; one that `isRecent` in any
// case.
[[nodiscard]] std::optional<ProfileRestoration> restorationOf(const SqliteConnection &connection,
                                                              const QString &folder, bool isRecent);

} // namespace latchkey
