// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultaccess.h"

#include "core/account/passphrase.h"
#include "core/io/vault/vaultroom.h"
#include "core/port/secretstore.h"

#include <QUuid>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using VaultFault = VaultError::Kind;

namespace {

using namespace std::chrono_literals;

constexpr std::size_t dataKeySize = 32;

// What one write can add: the largest secret, with every character of it escaped.
constexpr qint64 longestGrowth = 2 * secretSizeLimit;

// Nobody holds the lock for as long as this, unless turning a passphrase into a key takes its time.
constexpr std::chrono::milliseconds roomPatience = 5s;

Result<void, VaultError> checkPassphrase(const Secret &passphrase)
{
    if (passphraseFault(passphrase))
        return failure(VaultError { VaultFault::PassphraseUnfit, u"passphrase"_s });
    return {};
}

Result<VaultBytes, VaultError> dataKeyOf(const VaultSlot &slot, const Secret &passphrase)
{
    // Nothing longer was ever taken, so there is nothing to derive.
    if (passphrase.reveal().size() > passphraseMaximum)
        return failure(VaultError { VaultFault::PassphraseWrong, {} });
    return deriveVaultKek(passphrase, slot).and_then([&](const VaultBytes &kek) {
        return unwrapVaultKey(slot, kek);
    });
}

} // namespace

VaultAccess::VaultAccess(VaultFile file, VaultWork work, std::chrono::milliseconds patience)
    : m_file(std::move(file)), m_work(work), m_patience(patience)
{
}

Result<VaultFacts, VaultError> VaultAccess::create(const Secret &passphrase, const QDateTime &now)
{
    if (const auto fit = checkPassphrase(passphrase); !fit)
        return failure(fit.error());
    const auto hold = m_file.lock(m_patience);
    if (!hold)
        return failure(hold.error());
    if (m_file.exists())
        return failure(VaultError { VaultFault::Exists, m_file.path() });
    VaultBytes dataKey = VaultBytes::random(dataKeySize);
    auto slot = makeSlot(passphrase, dataKey);
    if (!slot)
        return failure(slot.error());
    const QDateTime created = QDateTime::fromSecsSinceEpoch(now.toSecsSinceEpoch(), Qt::UTC);
    const Opened made { *slot, { QUuid::createUuid().toString(QUuid::WithoutBraces), 1, created, {} } };
    auto saved = save(made, dataKey, VaultFile::Backup::FileBefore);
    if (saved) {
        m_dataKey = std::move(dataKey);
        m_slot = made.slot;
    }
    return saved;
}

Result<VaultFacts, VaultError> VaultAccess::unlock(const Secret &passphrase, const QString &id)
{
    auto unlocked = openWith(passphrase, id);
    if (!unlocked)
        return failure(unlocked.error());
    const auto &[slot, content] = unlocked->opened;
    m_dataKey = std::move(unlocked->dataKey);
    m_slot = slot;
    return VaultFacts { content.id, content.generation, slot.work };
}

Result<VaultFacts, VaultError> VaultAccess::changePassphrase(const Secret &old, const Secret &now,
                                                             quint64 seen, const QString &id)
{
    if (const auto fit = checkPassphrase(now); !fit)
        return failure(fit.error());
    const auto hold = m_file.lock(m_patience);
    if (!hold)
        return failure(hold.error());
    auto unlocked = openWith(old, id);
    if (!unlocked)
        return failure(unlocked.error());
    const auto slot = makeSlot(now, unlocked->dataKey);
    if (!slot)
        return failure(slot.error());
    VaultContent &content = unlocked->opened.content;
    content.generation = std::max(content.generation, seen) + 1;
    return save({ *slot, content }, unlocked->dataKey, VaultFile::Backup::SameFile);
}

Result<void, VaultError> VaultAccess::erase()
{
    const auto hold = m_file.lock(m_patience);
    if (!hold)
        return failure(hold.error());
    forgetKey();
    return m_file.erase();
}

Result<VaultAccess::Unlocked, VaultError> VaultAccess::openWith(const Secret &passphrase,
                                                                const QString &id) const
{
    const auto file = m_file.read();
    if (!file)
        return failure(told(file.error()));
    const auto slot = readVaultSlot(*file);
    if (!slot)
        return failure(told(slot.error()));
    auto dataKey = dataKeyOf(*slot, passphrase);
    if (!dataKey)
        return failure(told(dataKey.error()));
    auto content = openVault(*file, *dataKey);
    if (!content)
        return failure(told(content.error()));
    if (!id.isEmpty() && content->id != id)
        return failure(VaultError { VaultFault::Foreign, m_file.path() });
    return Unlocked { { *slot, *std::move(content) }, *std::move(dataKey) };
}

// Which file it is, and whether there is another way than a backup of one's own.
VaultError VaultAccess::told(const VaultError &error) const
{
    VaultError all = error;
    switch (error.kind) {
    case VaultFault::Missing:
    case VaultFault::NotAVault:
    case VaultFault::OutOfBounds:
    case VaultFault::Damaged:
    case VaultFault::Refused: break;
    default: return all;
    }
    all.hasCopy = m_file.hasCopy();
    if (!error.detail.startsWith(m_file.path()))
        all.detail = m_file.path() + (error.detail.isEmpty() ? QString() : u": "_s + error.detail);
    if (error.kind == VaultFault::Missing && all.hasCopy)
        all.detail = u"%1: it is missing"_s.arg(m_file.path());
    return all;
}

Result<VaultReading, VaultError> VaultAccess::read(const QString &key)
{
    const auto opened = open();
    if (!opened)
        return failure(opened.error());
    VaultReading reading { {}, { opened->content.id, opened->content.generation, opened->slot.work } };
    if (const auto found = opened->content.items.find(key); found != opened->content.items.end())
        reading.value = found->second.value;
    return reading;
}

// The lock is not held on: the answer may take half a minute, for which no other account could be saved.
Result<VaultReading, VaultError> VaultAccess::makeRoom()
{
    if (m_dataKey.isEmpty())
        return failure(VaultError { VaultFault::Locked, {} });
    const auto hold = m_file.lock(std::min(m_patience, roomPatience));
    if (!hold)
        return failure(hold.error());
    const auto opened = open();
    if (!opened)
        return failure(opened.error());
    auto room = m_file.makeRoom(longestGrowth);
    if (!room)
        return failure(room.error());
    m_rooms.emplace_back(*room);
    return VaultReading { {},
                          { opened->content.id, opened->content.generation, opened->slot.work },
                          *std::move(room) };
}

std::shared_ptr<VaultRoom> VaultAccess::takeRoom()
{
    std::shared_ptr<VaultRoom> room;
    while (!room && !m_rooms.empty()) {
        room = m_rooms.back().lock();
        m_rooms.pop_back();
    }
    return room;
}

Result<VaultFacts, VaultError> VaultAccess::write(const QString &key, const VaultItem &item, quint64 seen)
{
    const auto room = takeRoom();
    return change(
        [&](VaultContent &content) {
            content.items.insert_or_assign(key, item);
            return true;
        },
        seen, room.get());
}

Result<VaultFacts, VaultError> VaultAccess::remove(const QString &key, quint64 seen)
{
    return change([&](VaultContent &content) { return content.items.erase(key) > 0; }, seen);
}

Result<VaultAccess::Opened, VaultError> VaultAccess::open()
{
    if (m_dataKey.isEmpty())
        return failure(VaultError { VaultFault::Locked, {} });
    const auto file = m_file.read();
    if (!file)
        return failure(told(file.error()));
    const auto slot = readVaultSlot(*file);
    if (!slot)
        return failure(told(slot.error()));
    auto content = openVault(*file, m_dataKey);
    if (content)
        return Opened { *slot, *std::move(content) };
    // Not our key, and not the head we know: this is another vault, for which nobody gave a passphrase.
    if (content.error().kind != VaultFault::Damaged || *slot == m_slot)
        return failure(told(content.error()));
    forgetKey();
    return failure(VaultError { VaultFault::Locked, {} });
}

Result<VaultSlot, VaultError> VaultAccess::makeSlot(const Secret &passphrase, const VaultBytes &dataKey) const
{
    auto slot = makeVaultSlot(passphrase, m_work, dataKey);
    if (!slot && slot.error().kind == VaultFault::NoMemory && m_work.kibibytes > smallVaultWork.kibibytes)
        return makeVaultSlot(passphrase, smallVaultWork, dataKey);
    return slot;
}

Result<VaultFacts, VaultError> VaultAccess::change(const std::function<bool(VaultContent &)> &edit,
                                                   quint64 seen, VaultRoom *room)
{
    if (m_dataKey.isEmpty())
        return failure(VaultError { VaultFault::Locked, {} });
    const auto hold = m_file.lock(m_patience);
    if (!hold)
        return failure(hold.error());
    auto opened = open();
    if (!opened)
        return failure(opened.error());
    if (!edit(opened->content))
        return VaultFacts { opened->content.id, opened->content.generation, opened->slot.work };
    opened->content.generation = std::max(opened->content.generation, seen) + 1;
    return save(*opened, m_dataKey, VaultFile::Backup::FileBefore, room);
}

Result<VaultFacts, VaultError> VaultAccess::save(const Opened &opened, const VaultBytes &dataKey,
                                                 VaultFile::Backup backup, VaultRoom *room)
{
    const auto file = sealVault(opened.slot, dataKey, opened.content);
    if (!file)
        return failure(file.error());
    const auto check = [&](const QByteArray &written) -> Result<void, VaultError> {
        const auto content = openVault(written, dataKey);
        if (!content)
            return failure(content.error());
        if (*content != opened.content)
            return failure(VaultError { VaultFault::Failed, u"not what was written"_s });
        return {};
    };
    VaultFacts facts { opened.content.id, opened.content.generation, opened.slot.work };
    return m_file.replace(*file, check, backup, room).transform([&facts] { return facts; });
}

} // namespace latchkey
