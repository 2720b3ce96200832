// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/vault.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace latchkey {

// Where a profile keeps its vault.
[[nodiscard]] QString vaultPath(const QString &profileFolder);

// The steps of a save, in their order. At each of them the disk can be full and the process can die.
enum class VaultStep { OpenNew, Write, SyncNew, Verify, KeepOld, Replace, SyncFolder, MakeRoom };

class VaultRoom;

// One vault on the disk, for several processes: the file itself, "….bak" (the one before it), "….lock" and,
// while it is being saved, "….new"; "….room-…" while an answer is waited for that is to be saved. Every call
// blocks (R52; docs/vault-format.md, section 6).
class VaultFile final
{
public:
    class Descriptor;
    class Hold;
    // The errno with which a step is to fail; 0: it goes on. For tests.
    using Fault = std::function<int(VaultStep)>;
    using Check = std::function<Result<void, VaultError>(const QByteArray &written)>;
    // What "….bak" is afterwards. Behind a changed passphrase nothing is to be left that the old one opens.
    enum class Backup { FileBefore, SameFile };

    explicit VaultFile(QString path, Fault fault = {});

    [[nodiscard]] QString path() const { return m_path; }
    // There is something in its place, whatever it is, or the copy of one.
    [[nodiscard]] bool exists() const;
    [[nodiscard]] bool hasCopy() const; // "….bak"
    [[nodiscard]] Result<QByteArray, VaultError> read() const;
    // One holder among all processes; one that dies lets go. Busy: it took too long.
    [[nodiscard]] Result<std::shared_ptr<Hold>, VaultError> lock(std::chrono::milliseconds patience) const;
    // Only while holding the lock. Sets the space aside for a file that is larger than this one by `growth`.
    [[nodiscard]] Result<std::shared_ptr<VaultRoom>, VaultError> makeRoom(qint64 growth) const;
    // Only while holding the lock. Puts `bytes` in the file's place after they were read back from the disk
    // and `check` found them good. A failure leaves the file as it was, or, in the last step, the new one.
    // Uses up the room, if there is any.
    [[nodiscard]] Result<void, VaultError> replace(const QByteArray &bytes, const Check &check, Backup backup,
                                                   VaultRoom *room = nullptr) const;
    // Only while holding the lock. Removes the file last, so that a crash leaves it whole.
    [[nodiscard]] Result<void, VaultError> erase() const;

private:
    [[nodiscard]] Result<void, VaultError> tried(VaultStep step, const QString &path,
                                                 const std::function<int()> &call) const;
    [[nodiscard]] Result<void, VaultError> writeNew(const QString &path, const QByteArray &bytes,
                                                    VaultRoom *room = nullptr) const;
    [[nodiscard]] Result<void, VaultError> writeAll(int file, const QByteArray &bytes) const;
    [[nodiscard]] Result<void, VaultError> verify(const QString &path, const QByteArray &bytes,
                                                  const Check &check) const;
    [[nodiscard]] Result<void, VaultError> keepOld() const;
    [[nodiscard]] Result<void, VaultError> syncFolder() const;

    QString m_path;
    Fault m_fault;
};

} // namespace latchkey
