// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/accountstore.h"

#include <QFileSystemWatcher>
#include <QTimer>

namespace latchkey {

// Watches "profile.sqlite" in the profile's folder by the system's own notification (inotify). A commit ends
// with the removal of the journal, which the folder tells; some 50 ms after the first sign of a change the
// word is given once. While nothing changes nothing runs, not even a timer.
class ProfileWatch final : public ChangeNotice
{
    Q_OBJECT

public:
    explicit ProfileWatch(const QString &profileFolder, QObject *parent = nullptr);

private:
    void watchFile();

    QString m_folder;
    QString m_file;
    QFileSystemWatcher m_watcher;
    QTimer m_pause;
};

} // namespace latchkey
