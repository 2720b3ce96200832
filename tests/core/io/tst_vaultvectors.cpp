// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vaultbytes.h"

#include <QTest>

#include <sodium.h>
#include <sys/resource.h>

using namespace latchkey;

namespace {

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

} // namespace

// What the vault is made of does what its specifications say, in the library of this machine
// (SECURITY 5.3.11).
class TestVaultVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(sodium_init() >= 0); }
    void sealsAsTheDraftSays();
    void derivesAsTheReferenceDoes();
    void doesWithoutLockedMemory();
};

// draft-irtf-cfrg-xchacha-03, appendix A.3.1; and no bit of it may be another one.
void TestVaultVectors::sealsAsTheDraftSays()
{
    const QByteArray text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for "
                            "the future, sunscreen would be it.";
    const QByteArray extra = QByteArray::fromHex("50515253c0c1c2c3c4c5c6c7");
    const QByteArray key =
        QByteArray::fromHex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const QByteArray nonce = QByteArray::fromHex("404142434445464748494a4b4c4d4e4f5051525354555657");
    const QByteArray wanted = QByteArray::fromHex(
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64"
        "c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c"
        "97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49");
    QByteArray sealed(text.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        raw(sealed), nullptr, raw(text), static_cast<unsigned long long>(text.size()), raw(extra),
        static_cast<unsigned long long>(extra.size()), nullptr, raw(nonce), raw(key));
    QCOMPARE(sealed, wanted);

    const auto opens = [&](const QByteArray &bytes) {
        QByteArray opened(text.size(), '\0');
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
                   raw(opened), nullptr, nullptr, raw(bytes), static_cast<unsigned long long>(bytes.size()),
                   raw(extra), static_cast<unsigned long long>(extra.size()), raw(nonce), raw(key))
            == 0;
    };
    QVERIFY(opens(sealed));
    for (qsizetype bit = 0; bit < sealed.size() * 8; ++bit) {
        QByteArray flipped = sealed;
        flipped[bit / 8] = static_cast<char>(flipped.at(bit / 8) ^ (1 << (bit % 8)));
        QVERIFY(!opens(flipped));
    }
}

// A vector of the reference implementation's own test (argon2id, version 1.3, one lane). The library takes
// its short salt in this form alone.
void TestVaultVectors::derivesAsTheReferenceDoes()
{
    const auto verifies = [](const char *hash, const QByteArray &password) {
        return crypto_pwhash_argon2id_str_verify(hash, password.constData(),
                                                 static_cast<unsigned long long>(password.size()))
            == 0;
    };
    constexpr auto hash =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    QVERIFY(verifies(hash, "password"));
    QVERIFY(!verifies(hash, "Password"));
}

// SECURITY 5.3.8: where no memory may be locked the vault works all the same.
void TestVaultVectors::doesWithoutLockedMemory()
{
    rlimit before {};
    QCOMPARE(getrlimit(RLIMIT_MEMLOCK, &before), 0);
    const rlimit none { 0, before.rlim_max };
    QCOMPARE(setrlimit(RLIMIT_MEMLOCK, &none), 0);
    const VaultBytes bytes = VaultBytes::random(32);
    QCOMPARE(setrlimit(RLIMIT_MEMLOCK, &before), 0);
    QCOMPARE(bytes.size(), std::size_t(32));
    QVERIFY(bytes.copy().view() == bytes.view());
}

QTEST_GUILESS_MAIN(TestVaultVectors)
#include "tst_vaultvectors.moc"
