// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/port/privatefiles.h"

#include <QString>

#include <memory>

namespace latchkey {

// A file that is complete on the disk, and may take its place at `path`. What was not put in place, or was
// taken back, leaves nothing behind, and neither does a process that dies: until then the file has no name
// (F78). Only where it replaces another it has a passing one, between two calls.
class StagedFile final
{
public:
    // Named: under a passing name from the first byte on, which a process that dies leaves behind. That is
    // how it is done wherever the file system knows no file without a name.
    enum class Passing { Nameless, Named };

    [[nodiscard]] static Result<std::unique_ptr<StagedFile>, PrivateFileError>
    make(const QString &path, const Secret &content, Passing passing = Passing::Nameless);
    ~StagedFile();
    Q_DISABLE_COPY_MOVE(StagedFile)

    // An error Exists when something is there and may not be replaced.
    [[nodiscard]] Result<void, PrivateFileError> putInPlace(bool mayReplace);
    void takeBack();
    // From here on it stays.
    void keep();

private:
    explicit StagedFile(QString path) : m_path(std::move(path)) {}
    [[nodiscard]] Result<void, PrivateFileError> open(Passing passing);
    [[nodiscard]] Result<void, PrivateFileError> fill(const Secret &content);
    // The system's error, or 0.
    [[nodiscard]] int placeNameless(bool mayReplace);
    [[nodiscard]] bool goOnNamed();
    [[nodiscard]] int placeNamed(bool mayReplace);
    int renameOver();
    void putOldBack();

    QString m_path;
    QString m_passingName; // holds the new file before, or the old one after it was put in place
    int m_file = -1; // its lock tells others that somebody still works on it
    int m_old = -1; // a copy without a name of what was replaced
    bool m_isInPlace = false;
    bool m_holdsOld = false;
};

// Whether the folder was made now, for the user alone; false: it was there.
[[nodiscard]] Result<bool, PrivateFileError> makePrivateFolder(const QString &path);
[[nodiscard]] Result<void, PrivateFileError> syncFolder(const QString &path);
// Removes what a process that died has left in the folder (F78).
void sweepStagedFiles(const QString &folder);

} // namespace latchkey
