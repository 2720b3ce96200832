// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/port/privatefiles.h"

#include <QString>

#include <memory>

namespace latchkey {

// A file that is complete on the disk under a passing name, and may take its place at `path`. What was not
// put in place, or was taken back, leaves nothing behind.
class StagedFile final
{
public:
    [[nodiscard]] static Result<std::unique_ptr<StagedFile>, PrivateFileError> make(const QString &path,
                                                                                    const Secret &content);
    ~StagedFile();
    Q_DISABLE_COPY_MOVE(StagedFile)

    // An error Exists when something is there and may not be replaced.
    [[nodiscard]] Result<void, PrivateFileError> putInPlace(bool mayReplace);
    void takeBack();
    // From here on it stays.
    void keep();

private:
    explicit StagedFile(QString path) : m_path(std::move(path)) {}
    [[nodiscard]] Result<void, PrivateFileError> fill(const Secret &content);

    QString m_path;
    QString m_passingName; // holds the new file before, and the old one after it was put in place
    int m_file = -1; // its lock tells others that somebody still works on it
    bool m_isInPlace = false;
    bool m_holdsOld = false;
};

// Whether the folder was made now, for the user alone; false: it was there.
[[nodiscard]] Result<bool, PrivateFileError> makePrivateFolder(const QString &path);
[[nodiscard]] Result<void, PrivateFileError> syncFolder(const QString &path);
// Removes what a process that died has left in the folder (SECURITY F78).
void sweepStagedFiles(const QString &folder);

} // namespace latchkey
