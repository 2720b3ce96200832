// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/lock.h"
#include "core/port/privatefiles.h"

#include <QObject>

#include <chrono>
#include <memory>

namespace latchkey {

// Takes the lock of an open file or folder, flock(2), if no other process has it. It ends with the
// descriptor.
[[nodiscard]] bool tryFlock(int file);

// Held while files are made, copied or replaced in a folder of ours: one process does it at a time.
class FolderLock final
{
public:
    // Waits for it.
    [[nodiscard]] static Result<std::unique_ptr<FolderLock>, PrivateFileError> take(const QString &folder);
    // Null: another process has it, or it cannot be taken.
    [[nodiscard]] static std::unique_ptr<FolderLock> tryTake(const QString &folder);
    ~FolderLock();
    Q_DISABLE_COPY_MOVE(FolderLock)

private:
    explicit FolderLock(int folder) : m_folder(folder) {}

    int m_folder;
};

// flock(2) on one file a key, in $XDG_RUNTIME_DIR/latchkey, else in the profile's folder "locks"; never in
// a folder others can write to (R38, F77). The kernel lets go when the holder dies, so a file left
// behind means nothing, and files are never deleted: a deleted file could be locked twice.
class FileLock final : public QObject, public Lock
{
    Q_OBJECT

public:
    explicit FileLock(QString profileFolder, std::chrono::milliseconds longestWait = std::chrono::seconds(60),
                      QObject *parent = nullptr);

    // Two holders of one key exclude each other within one process too.
    void acquire(const QString &key, Reply<LockResult> reply) override;

private:
    [[nodiscard]] Result<QString, LockError> folder() const;

    QString m_profileFolder;
    std::chrono::milliseconds m_longestWait;
};

} // namespace latchkey
