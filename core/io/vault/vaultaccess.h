// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/vault/vaultfile.h"
#include "core/io/vault/vaultformat.h"

#include <functional>
#include <optional>
#include <vector>

namespace latchkey {

// What a call learned of the vault besides its answer.
struct VaultFacts
{
    QString id;
    quint64 generation = 0;
    VaultWork work;
};

struct VaultReading
{
    std::optional<Secret> value;
    VaultFacts facts;
    std::shared_ptr<VaultRoom> room = {};
};

// What can be done with a vault, step by step and blocking. Holds nothing but the data key while it is
// unlocked: the file is read again for each call, so that several processes can use one vault.
class VaultAccess final
{
public:
    explicit VaultAccess(VaultFile file, VaultWork work = usualVaultWork,
                         std::chrono::milliseconds patience = std::chrono::seconds(10));

    // Both leave it unlocked. Where memory is short a vault is made with less work.
    [[nodiscard]] Result<VaultFacts, VaultError> create(const Secret &passphrase, const QDateTime &now);
    // Foreign: it opens, but its id is not `id`. An empty one fits all.
    [[nodiscard]] Result<VaultFacts, VaultError> unlock(const Secret &passphrase, const QString &id = {});
    void forgetKey() { m_dataKey = {}; }
    // Leaves it locked or unlocked, as it was.
    [[nodiscard]] Result<VaultFacts, VaultError> changePassphrase(const Secret &old, const Secret &now,
                                                                  quint64 seen, const QString &id = {});
    // Leaves it locked, and no file of it.
    [[nodiscard]] Result<void, VaultError> erase();

    // Locked: also when another vault was put in the place of the one that was unlocked.
    [[nodiscard]] Result<VaultReading, VaultError> read(const QString &key);
    // That a write which follows finds the lock free, the folder writable and room on the disk. It takes the
    // room if that is still held then.
    [[nodiscard]] Result<VaultReading, VaultError> makeRoom();
    // `seen` is the highest generation known of: a save goes beyond it.
    [[nodiscard]] Result<VaultFacts, VaultError> write(const QString &key, const VaultItem &item,
                                                       quint64 seen);
    [[nodiscard]] Result<VaultFacts, VaultError> remove(const QString &key, quint64 seen);

private:
    struct Opened
    {
        VaultSlot slot;
        VaultContent content;
    };
    struct Unlocked
    {
        Opened opened;
        VaultBytes dataKey;
    };
    [[nodiscard]] Result<Opened, VaultError> open();
    [[nodiscard]] Result<Unlocked, VaultError> openWith(const Secret &passphrase, const QString &id) const;
    [[nodiscard]] VaultError told(const VaultError &error) const; // with what the user has to know of it
    [[nodiscard]] Result<VaultSlot, VaultError> makeSlot(const Secret &passphrase,
                                                         const VaultBytes &dataKey) const;
    [[nodiscard]] Result<VaultFacts, VaultError> change(const std::function<bool(VaultContent &)> &edit,
                                                        quint64 seen, VaultRoom *room = nullptr);
    [[nodiscard]] Result<VaultFacts, VaultError> save(const Opened &opened, const VaultBytes &dataKey,
                                                      VaultFile::Backup backup, VaultRoom *room = nullptr);
    [[nodiscard]] std::shared_ptr<VaultRoom> takeRoom();

    VaultFile m_file;
    VaultWork m_work;
    std::chrono::milliseconds m_patience;
    VaultBytes m_dataKey;
    VaultSlot m_slot; // with which it was unlocked
    std::vector<std::weak_ptr<VaultRoom>> m_rooms; // one is as good as another
};

} // namespace latchkey
