// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// Disk space for one save of a vault, in a file beside it: "….room-" and some digits. It becomes the new
// file, or is gone when this dies; what a process leaves behind that dies first is swept up by the next one
// that saves (F78). A lock on it tells the two apart. Make and sweep only while holding the vault's
// lock.
class VaultRoom final
{
public:
    explicit VaultRoom(const QString &vault);
    ~VaultRoom();
    Q_DISABLE_COPY_MOVE(VaultRoom)

    // Both as the system does: 0, or -1 and errno.
    [[nodiscard]] int reserve(qint64 size);
    // The open file, which is the caller's from here on, now named `path`.
    [[nodiscard]] int moveTo(const QString &path);

    // With `all` also what others still hold.
    static void sweep(const QString &vault, bool all = false);

private:
    QString m_path;
    int m_file = -1;
};

} // namespace latchkey
