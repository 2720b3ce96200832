// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultformat.h"

#include "core/account/passphrase.h"

#include <QtEndian>

#include <sodium.h>

namespace latchkey {

using namespace Qt::StringLiterals;
using VaultFault = VaultError::Kind;

namespace {

constexpr QByteArrayView magic("LatchVlt");
constexpr quint16 formatVersion = 1;
constexpr quint16 argon2id = 1;

constexpr qsizetype keySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr qsizetype nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype saltSize = crypto_pwhash_argon2id_SALTBYTES;
constexpr qsizetype saltAt = 24;
constexpr qsizetype wrapNonceAt = saltAt + saltSize;
constexpr qsizetype wrappedKeyAt = wrapNonceAt + nonceSize;
constexpr qsizetype payloadNonceAt = wrappedKeyAt + keySize + tagSize;
constexpr qsizetype payloadLengthAt = payloadNonceAt + nonceSize;
static_assert(payloadLengthAt + 4 == vaultHeaderSize);

// What a file may ask for: less would be a downgrade, more would eat the computer
// (docs/vault-format.md, section 2).
constexpr quint32 mostPasses = 10;
constexpr quint32 leastKibibytes = 64 * 1024;
constexpr quint32 mostKibibytes = 1024 * 1024;

// More than any function of the library uses at its deepest.
constexpr std::size_t usedStack = 16'384; // bytes

template <typename Number>
void put(QByteArray &bytes, Number number)
{
    const Number little = qToLittleEndian(number);
    bytes.append(reinterpret_cast<const char *>(&little), sizeof little);
}

template <typename Number>
Number get(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<Number>(bytes.data() + at);
}

QByteArray headBeforeWrapNonce(const VaultSlot &slot)
{
    QByteArray head(magic.data(), magic.size());
    put<quint16>(head, formatVersion);
    put<quint32>(head, vaultHeaderSize);
    put<quint16>(head, argon2id);
    put<quint32>(head, slot.work.passes);
    put<quint32>(head, slot.work.kibibytes);
    return head + slot.salt;
}

QByteArray randomNonce()
{
    QByteArray nonce(nonceSize, Qt::Uninitialized);
    randombytes_buf(nonce.data(), static_cast<std::size_t>(nonce.size()));
    return nonce;
}

const unsigned char *raw(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

QByteArray seal(QByteArrayView plain, QByteArrayView bound, QByteArrayView nonce, const VaultBytes &key)
{
    QByteArray sealed(plain.size() + tagSize, Qt::Uninitialized);
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char *>(sealed.data()), nullptr,
                                               raw(plain), static_cast<unsigned long long>(plain.size()),
                                               raw(bound), static_cast<unsigned long long>(bound.size()),
                                               nullptr, raw(nonce), key.data());
    return sealed;
}

// What it was sealed from; `otherwise` says what a tag that does not fit means.
Result<VaultBytes, VaultError> unseal(QByteArrayView sealed, QByteArrayView bound, QByteArrayView nonce,
                                      const VaultBytes &key, VaultFault otherwise)
{
    // The library takes their sizes for granted.
    if (sealed.size() < tagSize || nonce.size() != nonceSize || key.view().size() != keySize)
        return failure(VaultError { otherwise, {} });
    VaultBytes plain(static_cast<std::size_t>(sealed.size() - tagSize));
    if (plain.isEmpty())
        return failure(VaultError { VaultFault::NoMemory, {} });
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        plain.data(), nullptr, nullptr, raw(sealed), static_cast<unsigned long long>(sealed.size()),
        raw(bound), static_cast<unsigned long long>(bound.size()), raw(nonce), key.data());
    if (opened != 0)
        return failure(VaultError { otherwise, {} });
    return plain;
}

Result<void, VaultError> checkIdentity(QByteArrayView file)
{
    if (file.size() >= magic.size() && !file.startsWith(magic))
        return failure(VaultError { VaultFault::NotAVault, u"not a vault of Latchkey"_s });
    if (file.size() < vaultHeaderSize)
        return failure(VaultError { VaultFault::Damaged, u"%1 bytes"_s.arg(file.size()) });
    const auto version = get<quint16>(file, 8);
    if (version > formatVersion)
        return failure(VaultError { VaultFault::Newer, QString::number(version) });
    if (version != formatVersion || get<quint32>(file, 10) != vaultHeaderSize)
        return failure(VaultError { VaultFault::Damaged, u"its head"_s });
    return {};
}

Result<void, VaultError> checkWork(quint16 derivation, const VaultWork &work)
{
    if (derivation != argon2id)
        return failure(VaultError { VaultFault::OutOfBounds, u"key derivation %1"_s.arg(derivation) });
    if (work.passes < 1 || work.passes > mostPasses)
        return failure(VaultError { VaultFault::OutOfBounds, u"%1 passes"_s.arg(work.passes) });
    if (work.kibibytes < leastKibibytes || work.kibibytes > mostKibibytes)
        return failure(VaultError { VaultFault::OutOfBounds, u"%1 KiB"_s.arg(work.kibibytes) });
    return {};
}

Result<void, VaultError> checkPayloadLength(QByteArrayView file)
{
    const qsizetype length = get<quint32>(file, payloadLengthAt);
    const qsizetype plain = length - tagSize;
    if (length > vaultPayloadLimit || plain < vaultPayloadStep || plain % vaultPayloadStep != 0
        || length != file.size() - vaultHeaderSize)
        return failure(VaultError { VaultFault::Damaged, u"%1 bytes"_s.arg(file.size()) });
    return {};
}

} // namespace

Result<VaultSlot, VaultError> readVaultSlot(QByteArrayView file)
{
    if (const auto identity = checkIdentity(file); !identity)
        return failure(identity.error());
    VaultSlot slot;
    slot.work = { get<quint32>(file, 16), get<quint32>(file, 20) };
    if (const auto work = checkWork(get<quint16>(file, 14), slot.work); !work)
        return failure(work.error());
    if (const auto length = checkPayloadLength(file); !length)
        return failure(length.error());
    slot.salt = file.sliced(saltAt, saltSize).toByteArray();
    slot.wrapNonce = file.sliced(wrapNonceAt, nonceSize).toByteArray();
    slot.wrappedKey = file.sliced(wrappedKeyAt, keySize + tagSize).toByteArray();
    return slot;
}

Result<VaultBytes, VaultError> deriveVaultKek(const Secret &passphrase, const VaultSlot &slot)
{
    const VaultBytes phrase(normalizedPassphrase(passphrase).reveal());
    VaultBytes kek(keySize);
    if (phrase.isEmpty() || kek.isEmpty())
        return failure(VaultError { VaultFault::NoMemory, {} });
    const std::size_t memory = std::size_t(slot.work.kibibytes) * 1024;
    const int derived = crypto_pwhash_argon2id(
        kek.data(), kek.size(), reinterpret_cast<const char *>(phrase.data()), phrase.size(), raw(slot.salt),
        slot.work.passes, memory, crypto_pwhash_argon2id_ALG_ARGON2ID13);
    // The library leaves the key where the last of its functions had their variables.
    sodium_stackzero(usedStack);
    if (derived != 0)
        return failure(VaultError { VaultFault::NoMemory, u"%1 MiB"_s.arg(slot.work.kibibytes / 1024) });
    return kek;
}

Result<VaultBytes, VaultError> unwrapVaultKey(const VaultSlot &slot, const VaultBytes &kek)
{
    return unseal(slot.wrappedKey, headBeforeWrapNonce(slot), slot.wrapNonce, kek,
                  VaultFault::PassphraseWrong);
}

Result<VaultSlot, VaultError> makeVaultSlot(const Secret &passphrase, const VaultWork &work,
                                            const VaultBytes &dataKey)
{
    const VaultBytes salt = VaultBytes::random(saltSize);
    if (salt.isEmpty() || dataKey.isEmpty())
        return failure(VaultError { VaultFault::NoMemory, {} });
    VaultSlot slot { work, salt.view().toByteArray(), randomNonce(), {} };
    const auto kek = deriveVaultKek(passphrase, slot);
    if (!kek)
        return failure(kek.error());
    slot.wrappedKey = seal(dataKey.view(), headBeforeWrapNonce(slot), slot.wrapNonce, *kek);
    return slot;
}

Result<QByteArray, VaultError> sealVault(const VaultSlot &slot, const VaultBytes &dataKey,
                                         const VaultContent &content)
{
    const VaultBytes plain = toPayload(content);
    if (plain.isEmpty())
        return failure(VaultError { VaultFault::NoMemory, {} });
    const qsizetype length = plain.view().size() + tagSize;
    if (length > vaultPayloadLimit)
        return failure(VaultError { VaultFault::Full, u"%1 bytes"_s.arg(length) });
    const QByteArray nonce = randomNonce();
    QByteArray file = headBeforeWrapNonce(slot) + slot.wrapNonce + slot.wrappedKey + nonce;
    put<quint32>(file, static_cast<quint32>(length));
    return file + seal(plain.view(), file, nonce, dataKey);
}

Result<VaultContent, VaultError> openVault(QByteArrayView file, const VaultBytes &dataKey)
{
    if (const auto slot = readVaultSlot(file); !slot)
        return failure(slot.error());
    const auto plain = unseal(file.sliced(vaultHeaderSize), file.first(vaultHeaderSize),
                              file.sliced(payloadNonceAt, nonceSize), dataKey, VaultFault::Damaged);
    if (!plain)
        return failure(plain.error());
    auto content = fromPayload(plain->view());
    if (!content)
        return failure(VaultError { VaultFault::Damaged, u"what is in it cannot be read"_s });
    return *std::move(content);
}

} // namespace latchkey
