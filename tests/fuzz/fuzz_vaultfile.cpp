// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The vault's bytes (docs/vault-format.md, section 3), with keys that are known, so that nothing is derived.
// The first byte says what the rest is: "F" a file, "C" changes to a good one (place, two bytes, and what it
// is xored with), "P" the payload of one that is sealed as it should be.
#include "core/io/vault/vaultaccess.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>

#include <sodium.h>

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype slotSize = 112;
constexpr qsizetype nonceSize = 24;

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray sealed(const QByteArray &plain, const QByteArray &bound, const QByteArray &nonce,
                  const QByteArray &key)
{
    QByteArray bytes(plain.size() + 16, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char *>(bytes.data()), nullptr,
                                               raw(plain), static_cast<unsigned long long>(plain.size()),
                                               raw(bound), static_cast<unsigned long long>(bound.size()),
                                               nullptr, raw(nonce), raw(key));
    return bytes;
}

template <typename Number>
QByteArray little(Number number)
{
    QByteArray bytes(sizeof number, '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

const QByteArray dataKey(32, 'd');
const QByteArray passphraseKey(32, 'p');

// A file written by hand, after the table in vaultformat.h.
QByteArray fileWith(const QByteArray &payload)
{
    const QByteArray wrapNonce(nonceSize, 'w');
    const QByteArray nonce(nonceSize, 'n');
    QByteArray file = "LatchVlt" + little<quint16>(1) + little<quint32>(140) + little<quint16>(1)
        + little<quint32>(3) + little<quint32>(64 * 1024) + QByteArray(16, 's');
    file += wrapNonce + sealed(dataKey, file, wrapNonce, passphraseKey);
    file += nonce + little<quint32>(static_cast<quint32>(payload.size() + 16));
    return file + sealed(payload, file, nonce, dataKey);
}

QByteArray padded(QByteArray payload)
{
    const qsizetype steps =
        std::max(qsizetype(1), (payload.size() + vaultPayloadStep - 1) / vaultPayloadStep);
    return payload.leftJustified(steps * vaultPayloadStep, ' ');
}

QByteArray goodPayload()
{
    return padded(R"({"id":"a","generation":7,"created":"2031-05-04T10:00:00Z","items":{"k":{"label":"l",)"
                  R"("value":"CANARY-value"}}})");
}

void checkFile(const QByteArray &file)
{
    const VaultBytes key((QByteArrayView(dataKey)));
    const auto slot = readVaultSlot(file);
    require(!openVault(file, key), "what was not sealed by the key is refused");
    if (!slot)
        return;
    require(slot->work.passes >= 1 && slot->work.passes <= 10 && slot->work.kibibytes >= 64 * 1024
                && slot->work.kibibytes <= 1024 * 1024,
            "the work is within its bounds before any is done");
    require(slot->salt.size() == 16 && slot->wrapNonce.size() == 24 && slot->wrappedKey.size() == 48,
            "every part has its size");
    require(file.size() <= vaultFileLimit && (file.size() - vaultHeaderSize - 16) % vaultPayloadStep == 0,
            "the length is one a vault has");
}

QByteArray changed(QByteArray file, const QByteArray &changes)
{
    for (qsizetype i = 0; i + 2 < changes.size(); i += 3) {
        const auto place = qFromBigEndian<quint16>(changes.constData() + i);
        if (place < file.size())
            file[place] = static_cast<char>(file[place] ^ changes[i + 2]);
        else if (place % 2 == 0)
            file.append(changes[i + 2]);
        else if (!file.isEmpty())
            file.chop(1);
    }
    return file;
}

// A vault on a disk, unlocked by a session that does not notice changes to its file. The disk is memory where
// there is such a one: a save waits until it is written.
struct Disk
{
    Disk();
    void put(const QByteArray &bytes) const;
    [[nodiscard]] QByteArray now() const;
    // Beside the file: what the saves before left.
    [[nodiscard]] QStringList names() const
    {
        return QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden);
    }

    QTemporaryDir folder { QFile::exists(u"/dev/shm"_s) ? u"/dev/shm/fuzz-XXXXXX"_s : QString() };
    QString path = vaultPath(folder.path());
    VaultAccess access { VaultFile(path), { 1, 64 * 1024 } };
    QByteArray good;
};

Disk::Disk()
{
    const QDateTime created({ 2031, 5, 4 }, { 10, 0 }, Qt::UTC);
    require(access.create(Secret("CANARY-passphrase"), created).has_value(), "a vault can be made");
    require(access.write(u"k"_s, { u"l"_s, Secret("CANARY-value") }, 0).has_value(),
            "a vault can be written");
    good = now();
}

void Disk::put(const QByteArray &bytes) const
{
    QFile file(path);
    require(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(), "there is a disk");
}

QByteArray Disk::now() const
{
    QFile file(path);
    require(file.open(QIODevice::ReadOnly), "the file is still there");
    return file.readAll();
}

// What was refused leaves nothing behind: no value comes out, no write goes over it, neither file nor folder
// changes, and the good one in its place is read as if nothing had been. Another head would be another
// vault's, for which the passphrase is asked.
void checkDisk(const QByteArray &changes)
{
    static Disk disk;
    const QByteArray file = changed(disk.good, changes);
    if (file == disk.good || file.left(slotSize) != disk.good.left(slotSize))
        return;
    const QStringList names = disk.names();
    disk.put(file);
    require(!disk.access.read(u"k"_s), "no value comes out of a file with any change");
    require(!disk.access.write(u"k"_s, { u"l"_s, Secret("CANARY-new") }, 0), "nothing is saved over it");
    require(!disk.access.remove(u"k"_s, 0), "nothing is removed from it");
    require(disk.now() == file && disk.names() == names, "a refused file is left as it is");
    disk.put(disk.good);
    const auto again = disk.access.read(u"k"_s);
    require(again && again->value == Secret("CANARY-value"), "the good one is read as if nothing had been");
}

void checkChanges(const QByteArray &changes)
{
    static const QByteArray good = fileWith(goodPayload());
    const VaultBytes key((QByteArrayView(dataKey)));
    const VaultBytes kek((QByteArrayView(passphraseKey)));
    static const bool opens = openVault(good, key).has_value();
    require(opens, "the file that is changed was good");

    const QByteArray file = changed(good, changes);
    const bool isSame = file == good;
    require(openVault(file, key).has_value() == isSame, "a file with any change is refused");
    const auto unwrapped =
        readVaultSlot(file).and_then([&](const VaultSlot &slot) { return unwrapVaultKey(slot, kek); });
    require(!unwrapped || file.left(slotSize) == good.left(slotSize), "no change of the head opens the key");
    require(!unwrapped || unwrapped->view() == QByteArrayView(dataKey), "what it opens is the key");
    checkDisk(changes);
}

void checkPayload(const QByteArray &text)
{
    const VaultBytes key((QByteArrayView(dataKey)));
    const auto content = openVault(fileWith(padded(text)), key);
    const auto direct = fromPayload(padded(text));
    require(content.has_value() == direct.has_value() && (!content || *content == *direct),
            "the file holds what its payload holds");
    if (!content)
        return;
    require(content->generation >= 1 && content->generation <= (1ULL << 53), "a generation is exact");
    static const VaultSlot slot = *readVaultSlot(fileWith(goodPayload()));
    const auto sealedAgain = sealVault(slot, key, *content);
    require(sealedAgain && sealedAgain->left(slotSize) == fileWith({}).left(slotSize),
            "a slot stays as it is");
    const VaultBytes written = toPayload(*content);
    require(written.size() % vaultPayloadStep == 0, "a payload has whole steps");
    const auto again = fromPayload(written.view());
    require(again.has_value(), "what was written is read again");
    // Qt drops a byte order mark at the beginning of a text in JSON; what is stored there is ASCII.
    if (written.view().contains("\xEF\xBB\xBF"))
        return;
    require(again->id == content->id && again->generation == content->generation
                && again->items == content->items,
            "what was written is read again as it was");
    require(toPayload(*again).view() == written.view(), "a payload stays as it is");
    require(openVault(*sealedAgain, key) == *again, "what was sealed is opened again");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const bool isReady = sodium_init() >= 0;
    require(isReady, "there is a libsodium");
    const QByteArray input = bytesOf(data, size);
    switch (input.isEmpty() ? '\0' : input.front()) {
    case 'F': checkFile(input.mid(1)); break;
    case 'C': checkChanges(input.mid(1)); break;
    case 'P': checkPayload(input.mid(1)); break;
    default: break;
    }
    return 0;
}
