// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/profilewatch.h"

#include <QFileInfo>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

ProfileWatch::ProfileWatch(const QString &profileFolder, QObject *parent)
    : ChangeNotice(parent), m_folder(profileFolder), m_file(profileFolder + "/profile.sqlite"_L1)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(50ms);
    connect(&m_pause, &QTimer::timeout, this, &ChangeNotice::noticed);
    // Not restarted while it runs, or a process that writes all the time would delay the signal for ever.
    const auto changed = [this] {
        watchFile();
        if (!m_pause.isActive())
            m_pause.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, changed);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, changed);
    m_watcher.addPath(m_folder);
    watchFile();
}

// The file is not there before the first write, and no longer watched once another was put in its place.
void ProfileWatch::watchFile()
{
    if (!m_watcher.files().contains(m_file) && QFileInfo::exists(m_file))
        m_watcher.addPath(m_file);
}

} // namespace latchkey
