// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The vault's rows (docs/vault-format.md, sections 3 and 4), with keys that are known, so that nothing is
// derived. The first byte says what the rest is: "R" a vault's row, "V" changes to a good one (place, two
// bytes, and what it is xored with), "S" changes to a good secret's row, "P" a secret that is sealed.
#include "core/io/vault/vaultformat.h"

#include <QtEndian>

#include <sodium.h>

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype nonceSize = 24;
const QByteArray dataKey(32, 'd');
const QByteArray passphraseKey(32, 'p');

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

// Written by hand, after the document.
VaultRow goodRow()
{
    VaultRow row { u"id"_s, 1, { 3, 65'536 }, QByteArray(16, 's'), QByteArray(nonceSize, 'w'), {} };
    const QByteArray bound =
        QByteArrayList { "latchkey vault", "id", "1", "3", "65536", row.salt }.join('\0');
    row.wrappedKey = sealed(dataKey, bound, row.nonce, passphraseKey);
    return row;
}

SealedSecret goodSecret()
{
    SealedSecret secret { u"account"_s, u"rev https://api.rev.com"_s, QByteArray(nonceSize, 'n'), {} };
    const QByteArray bound =
        QByteArrayList { "latchkey secret", "account", "rev https://api.rev.com" }.join('\0');
    secret.ciphertext =
        sealed(QByteArray("CANARY-value").leftJustified(1024, ' '), bound, secret.nonce, dataKey);
    return secret;
}

template <typename Number>
Number taken(QByteArray &bytes)
{
    const Number number = qFromLittleEndian<Number>(bytes.leftJustified(sizeof(Number), '\0').constData());
    bytes.remove(0, sizeof(Number));
    return number;
}

QByteArray takenPart(QByteArray &bytes)
{
    const auto size = taken<quint8>(bytes);
    const QByteArray part = bytes.left(size);
    bytes.remove(0, size);
    return part;
}

void checkRow(QByteArray bytes)
{
    VaultRow row { u"id"_s,          taken<qint16>(bytes), { taken<qint64>(bytes), taken<qint64>(bytes) },
                   takenPart(bytes), takenPart(bytes),     takenPart(bytes) };
    require(!unwrapVaultKey(row, VaultBytes(QByteArrayView(passphraseKey))),
            "what was not sealed by the key is refused");
    const auto checked = checkVaultRow(row);
    if (!checked) {
        const bool isNewer = checked.error().kind == SecretStoreError::Kind::VaultNewer;
        require(isNewer == (row.format > vaultFormat), "a later format is said to be one");
        return;
    }
    require(row.work.passes >= 1 && row.work.passes <= 10 && row.work.kibibytes >= 65'536
                && row.work.kibibytes <= 1'048'576,
            "the work is within its bounds before any is done");
    require(row.salt.size() == 16 && row.nonce.size() == 24 && row.wrappedKey.size() == 48,
            "every part has its size");
}

// The parts one after the other; what is changed comes back to where it was taken from.
QList<QByteArray> changed(const QList<QByteArray> &parts, const QByteArray &changes)
{
    QList<QByteArray> result = parts;
    for (qsizetype i = 0; i + 2 < changes.size(); i += 3) {
        qsizetype place = qFromBigEndian<quint16>(changes.constData() + i);
        for (QByteArray &part : result) {
            if (place < part.size()) {
                part[place] = static_cast<char>(part[place] ^ changes[i + 2]);
                break;
            }
            place -= part.size();
        }
    }
    return result;
}

void checkChangedRow(const QByteArray &changes)
{
    static const VaultRow good = goodRow();
    const VaultBytes key((QByteArrayView(passphraseKey)));
    const QList<QByteArray> before { good.id.toUtf8(), good.salt, good.nonce, good.wrappedKey };
    const QList<QByteArray> after = changed(before, changes);
    const VaultRow row {
        QString::fromLatin1(after.at(0)), good.format, good.work, after.at(1), after.at(2), after.at(3)
    };
    const auto opened = unwrapVaultKey(row, key);
    require(opened.has_value() == (after == before), "a row with any change is refused");
    require(!opened || opened->view() == QByteArrayView(dataKey), "what it opens is the key");
}

void checkChangedSecret(const QByteArray &changes)
{
    static const SealedSecret good = goodSecret();
    const VaultBytes key((QByteArrayView(dataKey)));
    const QList<QByteArray> before { good.account.toUtf8(), good.boundTo.toUtf8(), good.nonce,
                                     good.ciphertext };
    const QList<QByteArray> after = changed(before, changes);
    const SealedSecret secret { QString::fromLatin1(after.at(0)), QString::fromLatin1(after.at(1)),
                                after.at(2), after.at(3) };
    const auto opened = unsealSecret(secret, key);
    require(opened.has_value() == (after == before), "a secret with any change is refused");
    require(!opened || *opened == Secret("CANARY-value"), "what is read is what was sealed");
}

void checkSecret(const QByteArray &text)
{
    // No store takes these.
    if (text.isEmpty() || text.size() > secretSizeLimit || text.endsWith(' '))
        return;
    const VaultBytes key((QByteArrayView(dataKey)));
    const auto secret = sealSecret(u"account"_s, Secret(text), key);
    require(secret.has_value(), "what a store takes is sealed");
    require((secret->ciphertext.size() - 16) % vaultPaddingStep == 0,
            "its length does not tell that of the text");
    const auto again = unsealSecret(*secret, key);
    require(again && *again == Secret(text), "what was sealed is read again as it was");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const bool isReady = sodium_init() >= 0;
    require(isReady, "there is a libsodium");
    const QByteArray input = bytesOf(data, size);
    switch (input.isEmpty() ? '\0' : input.front()) {
    case 'R': checkRow(input.mid(1)); break;
    case 'V': checkChangedRow(input.mid(1)); break;
    case 'S': checkChangedSecret(input.mid(1)); break;
    case 'P': checkSecret(input.mid(1)); break;
    default: break;
    }
    return 0;
}
