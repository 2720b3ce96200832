// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultformat.h"

#include "core/account/accountjson.h"
#include "core/account/passphrase.h"

#include <algorithm>
#include <sodium.h>

namespace latchkey {

using namespace Qt::StringLiterals;
using VaultFault = SecretStoreError::Kind;

namespace {

constexpr qsizetype keySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr qsizetype nonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr qsizetype saltSize = crypto_pwhash_argon2id_SALTBYTES;
static_assert(vaultCiphertextLimit == secretSizeLimit + tagSize && secretSizeLimit % vaultPaddingStep == 0);

// What a vault may ask for: less would be a downgrade, more would eat the computer (docs/vault-format.md,
// section 2).
constexpr qint64 mostPasses = 10;
constexpr qint64 leastKibibytes = 65'536;
constexpr qint64 mostKibibytes = 1'048'576;

// More than any function of the library uses at its deepest.
constexpr std::size_t usedStack = 16'384; // bytes

// No part of it has a zero byte but the last one, so every list of parts has bytes of its own.
QByteArray boundBytes(const QByteArrayList &parts)
{
    return parts.join('\0');
}

QByteArray boundToWrappedKey(const VaultRow &row)
{
    return boundBytes({ "latchkey vault", row.id.toUtf8(), QByteArray::number(row.format),
                        QByteArray::number(row.work.passes), QByteArray::number(row.work.kibibytes),
                        row.salt });
}

QByteArray boundToSecret(const SealedSecret &sealed)
{
    return boundBytes({ "latchkey secret", sealed.account.toUtf8(), sealed.boundTo.toUtf8() });
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
Result<VaultBytes, SecretStoreError> unseal(QByteArrayView sealed, QByteArrayView bound, QByteArrayView nonce,
                                            const VaultBytes &key, const SecretStoreError &otherwise)
{
    // The library does not check these sizes; and nothing empty is ever sealed.
    if (sealed.size() <= tagSize || nonce.size() != nonceSize || key.view().size() != keySize)
        return failure(otherwise);
    VaultBytes plain(static_cast<std::size_t>(sealed.size() - tagSize));
    if (plain.isEmpty())
        return failure(SecretStoreError { VaultFault::VaultNoMemory, {} });
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        plain.data(), nullptr, nullptr, raw(sealed), static_cast<unsigned long long>(sealed.size()),
        raw(bound), static_cast<unsigned long long>(bound.size()), raw(nonce), key.data());
    if (opened != 0)
        return failure(otherwise);
    return plain;
}

// What the secret was entered for (F107), as its item says.
QString boundTo(const Secret &secret)
{
    const auto item = fromStoredText(secret);
    return item ? item->boundTo : QString();
}

VaultBytes padded(const Secret &secret)
{
    const qsizetype size = secret.reveal().size();
    const qsizetype steps = (size + vaultPaddingStep - 1) / vaultPaddingStep;
    VaultBytes plain(static_cast<std::size_t>(steps * vaultPaddingStep));
    if (!plain.isEmpty())
        std::fill(std::copy(secret.reveal().begin(), secret.reveal().end(), plain.data()),
                  plain.data() + plain.size(), ' ');
    return plain;
}

SecretStoreError damaged(const QString &what)
{
    return { VaultFault::VaultDamaged, what };
}

} // namespace

VaultBytes newVaultKey()
{
    return VaultBytes::random(keySize);
}

Result<void, SecretStoreError> checkVaultRow(const VaultRow &row)
{
    if (row.format > vaultFormat)
        return failure(SecretStoreError { VaultFault::VaultNewer, QString::number(row.format) });
    if (row.format != vaultFormat)
        return failure(damaged(u"format %1"_s.arg(row.format)));
    if (row.work.passes < 1 || row.work.passes > mostPasses)
        return failure(damaged(u"%1 passes"_s.arg(row.work.passes)));
    if (row.work.kibibytes < leastKibibytes || row.work.kibibytes > mostKibibytes)
        return failure(damaged(u"%1 KiB"_s.arg(row.work.kibibytes)));
    if (row.salt.size() != saltSize || row.nonce.size() != nonceSize
        || row.wrappedKey.size() != keySize + tagSize)
        return failure(damaged(u"what the passphrase opens is cut"_s));
    return {};
}

Result<VaultBytes, SecretStoreError> derivePassphraseKey(const Secret &passphrase, const VaultRow &row)
{
    const VaultBytes phrase(normalizedPassphrase(passphrase).reveal());
    VaultBytes key(keySize);
    if (phrase.isEmpty() || key.isEmpty())
        return failure(SecretStoreError { VaultFault::VaultNoMemory, {} });
    const int derived = crypto_pwhash_argon2id(
        key.data(), key.size(), reinterpret_cast<const char *>(phrase.data()), phrase.size(), raw(row.salt),
        static_cast<unsigned long long>(row.work.passes), static_cast<std::size_t>(row.work.kibibytes) * 1024,
        crypto_pwhash_argon2id_ALG_ARGON2ID13);
    // The library leaves the key where the last of its functions had their variables.
    sodium_stackzero(usedStack);
    if (derived != 0)
        return failure(
            SecretStoreError { VaultFault::VaultNoMemory, u"%1 MiB"_s.arg(row.work.kibibytes / 1024) });
    return key;
}

Result<VaultBytes, SecretStoreError> unwrapVaultKey(const VaultRow &row, const VaultBytes &passphraseKey)
{
    return unseal(row.wrappedKey, boundToWrappedKey(row), row.nonce, passphraseKey,
                  { VaultFault::VaultPassphraseWrong, {} });
}

Result<VaultBytes, SecretStoreError> openVaultRow(const VaultRow &row, const Secret &passphrase)
{
    if (const auto fit = checkVaultRow(row); !fit)
        return failure(fit.error());
    // No vault was ever given such a one, so there is nothing to derive.
    if (passphrase.isEmpty() || passphrase.reveal().size() > passphraseMaximum)
        return failure(SecretStoreError { VaultFault::VaultPassphraseWrong, {} });
    return derivePassphraseKey(passphrase, row).and_then([&row](const VaultBytes &key) {
        return unwrapVaultKey(row, key);
    });
}

Result<VaultRow, SecretStoreError> makeVaultRow(const QString &id, const VaultBytes &dataKey,
                                                const Secret &passphrase, const VaultWork &work)
{
    const VaultBytes salt = VaultBytes::random(saltSize);
    if (salt.isEmpty() || dataKey.isEmpty())
        return failure(SecretStoreError { VaultFault::VaultNoMemory, {} });
    VaultRow row { id, vaultFormat, work, salt.view().toByteArray(), randomNonce(), {} };
    const auto key = derivePassphraseKey(passphrase, row);
    if (!key && work.kibibytes > smallVaultWork.kibibytes)
        return makeVaultRow(id, dataKey, passphrase, smallVaultWork);
    if (!key)
        return failure(key.error());
    row.wrappedKey = seal(dataKey.view(), boundToWrappedKey(row), row.nonce, *key);
    return row;
}

Result<SealedSecret, SecretStoreError> sealSecret(const QString &account, const Secret &secret,
                                                  const VaultBytes &dataKey)
{
    const VaultBytes plain = padded(secret);
    if (plain.isEmpty())
        return failure(SecretStoreError { VaultFault::VaultNoMemory, {} });
    SealedSecret sealed { account, boundTo(secret), randomNonce(), {} };
    sealed.ciphertext = seal(plain.view(), boundToSecret(sealed), sealed.nonce, dataKey);
    return sealed;
}

Result<Secret, SecretStoreError> unsealSecret(const SealedSecret &sealed, const VaultBytes &dataKey)
{
    const auto plain = unseal(sealed.ciphertext, boundToSecret(sealed), sealed.nonce, dataKey,
                              damaged(u"the secret of account %1"_s.arg(sealed.account)));
    if (!plain)
        return failure(plain.error());
    QByteArrayView text = plain->view();
    while (text.endsWith(' '))
        text.chop(1);
    return Secret(text);
}

} // namespace latchkey
