// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfixture.h"
#include "support/testprogram.h"

#include <QTest>

#include <sodium.h>
#include <sys/resource.h>

using namespace latchkey;
using VaultFault = SecretStoreError::Kind;

namespace {

struct Vector
{
    const char *name;
    const char *key;
    const char *nonce;
    const char *bound;
    const char *text;
    const char *sealed;
    const char *tag;
    bool isValid;
};

// Of Project Wycheproof's xchacha20_poly1305_test.json (google-wycheproof 0.8r12), by its numbers.
constexpr Vector wycheproof[] = {
    { "Wycheproof 2: no text, nothing bound",
      "ab1562faea9f47af3ae1c3d6d030e3af230255dff3df583ced6fbbcbf9d606a9",
      "6a5e0c4617e07091b605a4de2c02dde117de2ebd53b23497", "", "", "", "e2697ea6877aba39d9555a00e14db041",
      true },
    { "Wycheproof 3: no text", "d821dce9b890ea37ae1c89e7cb6aeae9371b8179add0d08f5494718322ae0071",
      "3ec3f7c45e687d75a895bf5e71809e7cdac32158bb48ec0d", "8780fb400f94c55d", "", "",
      "966c22d655b9e56326024f028cf887ad", true },
    { "Wycheproof 4: one byte, nothing bound",
      "303ccb2e1567c3d9f629a5c632dbc62a9a82c525674f67988b31bd1dee990538",
      "05188738844ab90a8b11beef38eaec3e100d8f4f85ae7a41", "", "62", "45", "d15734f984d749fa3f0550a70c43dddf",
      true },
    { "Wycheproof 5: one byte", "697c197c9e0023c8eee42ddf08c12c46718a436561b0c66d998c81879f7cb74c",
      "cd78f4533c94648feacd5aef0291b00b454ee3dcdb76dcc8", "6384f4714ff18c18", "e1", "b0",
      "e5e35f5332f91bdd2d28e59d68a0b141", true },
    { "Wycheproof 33: a byte less than a block",
      "51a99f0646767fbc01d7736df0340191acfbb5ae0288ed6fff2d34f0ea31470f",
      "ffdca5c51a0852ab18dd484af6664b63ab4097d303450837", "a2e44e165e7ca5f7",
      "93553954f0be4e24185601ce5c3c34", "f91d01453f568774115f75b5dad642", "8fc36af6ae5ee3e05b38ed43598bbfcd",
      true },
    { "Wycheproof 34: a whole block, nothing bound",
      "6a1f808358461e75072a054e2fc4e4c3e7f882c57920dda3278d0c860ca704e3",
      "25dc279923c1bcdaa7a36e7b884b51f62343abad71986037", "", "f242209c67698ea32c2152f8785b7d82",
      "732715c60018fb0ed55c14c1fa9a5273", "afe3c4f050bf001e1dfcb2313dd8edd2", true },
    { "Wycheproof 191: a tag of zeros", "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f",
      "000102030405060708090a0b0c0d0e0f1011121314151617",
      "ffffffffffffffffffffffffffffffff7c85b8e5991711f804915250b99cf7a7",
      "660336ffb732a4dcda556c2539d3d2de6cdaed0d7d9104593f8ed69bf0db8aa33c0e746482b7dc53d40b8a5331ca33b874639c"
      "dc7a787badd436bcd56e798af3",
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      "ffffffffffffffffffffffffff",
      "00000000000000000000000000000000", true },
    { "Wycheproof 192: a tag of ones", "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f",
      "000102030405060708090a0b0c0d0e0f1011121314151617",
      "a8ffffffffffffffffffffffffffffff57599fb21558a903b6a3193419537e06",
      "660336ffb732a4dcda556c2539d3d2de6cdaed0d7d9104593f8ed69bf0db8aa33c0e746482b7dc53d40b8a5331ca33b874639c"
      "dc7a787badd436bcd56e798af3",
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      "ffffffffffffffffffffffffff",
      "ffffffffffffffffffffffffffffffff", true },
    { "Wycheproof 193: a tag of highest bits",
      "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f",
      "000102030405060708090a0b0c0d0e0f1011121314151617",
      "c1fffffffffffffffffffffffffffffffd71560c5091b863662ffaebc0dd2501",
      "660336ffb732a4dcda556c2539d3d2de6cdaed0d7d9104593f8ed69bf0db8aa33c0e746482b7dc53d40b8a5331ca33b874639c"
      "dc7a787badd436bcd56e798af3",
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      "ffffffffffffffffffffffffff",
      "00000080000000800000008000000080", true },
    { "Wycheproof 196: a tag that is zero but for its head",
      "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f",
      "000102030405060708090a0b0c0d0e0f1011121314151617",
      "d7ffffffffffffffffffffffffffffffa6627ce99c9c49deb89855b0f9e3f407",
      "660336ffb732a4dcda556c2539d3d2de6cdaed0d7d9104593f8ed69bf0db8aa33c0e746482b7dc53d40b8a5331ca33b874639c"
      "dc7a787badd436bcd56e798af3",
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      "ffffffffffffffffffffffffff",
      "ffffffff000000000000000000000000", true },
    { "Wycheproof 275: sums at Poly1305's edge",
      "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
      "000102030405060708090a0b0c0d0e0f10111213019836bb", "ffffffff",
      "d5d52278d802c033f52946493353c02755a6d60f5fc86bf68dae79d22b5e6fdc0f1b4ef13d31133d56b09949ea0221e2",
      "62240a07ec23035a1df6e50c92fdf5edebd66716ea3d1982ff8e9fa72a665005ebd66716ea3d1982ff8e9fa72a665005",
      "ead346fd87d575c364f6514fcfc6e9a7", true },
    { "Wycheproof 122: no text, bit 7 of the tag",
      "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "", "",
      "8518b3e73e52c3be2eaba76807b784e1", false },
    { "Wycheproof 127: no text, bit 63 of the tag",
      "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "", "",
      "0518b3e73e52c33e2eaba76807b784e1", false },
    { "Wycheproof 136: no text, bit 127 of the tag",
      "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "", "",
      "0518b3e73e52c3be2eaba76807b78461", false },
    { "Wycheproof 137: no text, bits 63 and 127 of the tag",
      "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "", "",
      "0518b3e73e52c33e2eaba76807b78461", false },
    { "Wycheproof 138: no text, zeros for the tag",
      "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "", "",
      "00000000000000000000000000000000", false },
    { "Wycheproof 139: no text, ones for the tag",
      "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "", "",
      "ffffffffffffffffffffffffffffffff", false },
    { "Wycheproof 140: bit 0 of the tag", "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "000102030405060708090a0b0c0d0e0f",
      "b70886f2313d015e1fe741365f5e35f1", "2464a8ce1a360e8352971c8110885031", false },
    { "Wycheproof 144: bit 31 of the tag", "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "000102030405060708090a0b0c0d0e0f",
      "b70886f2313d015e1fe741365f5e35f1", "2564a84e1a360e8352971c8110885031", false },
    { "Wycheproof 148: bit 64 of the tag", "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "000102030405060708090a0b0c0d0e0f",
      "b70886f2313d015e1fe741365f5e35f1", "2564a8ce1a360e8353971c8110885031", false },
    { "Wycheproof 153: bit 120 of the tag",
      "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
      "000102030405060708090a0b0c0d0e0f1011121314151617", "000102", "000102030405060708090a0b0c0d0e0f",
      "b70886f2313d015e1fe741365f5e35f1", "2564a8ce1a360e8352971c8110885030", false },
};

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

struct Sealing
{
    QByteArray key;
    QByteArray nonce;
    QByteArray bound;
};

QByteArray sealed(const Sealing &by, const QByteArray &text)
{
    QByteArray bytes(text.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        raw(bytes), nullptr, raw(text), static_cast<unsigned long long>(text.size()), raw(by.bound),
        static_cast<unsigned long long>(by.bound.size()), nullptr, raw(by.nonce), raw(by.key));
    return bytes;
}

std::optional<QByteArray> opened(const Sealing &by, const QByteArray &bytes)
{
    QByteArray text(bytes.size(), '\0'); // what is refused may be shorter than a tag
    unsigned long long size = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            raw(text), &size, nullptr, raw(bytes), static_cast<unsigned long long>(bytes.size()),
            raw(by.bound), static_cast<unsigned long long>(by.bound.size()), raw(by.nonce), raw(by.key))
        != 0)
        return std::nullopt;
    return text.first(static_cast<qsizetype>(size));
}

} // namespace

// What the vault is made of does what its specifications say, in the library of this machine
// (docs/vault-format.md, section 11).
class TestVaultVectors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sealsAsTheDraftSays();
    void agreesWithWycheproof_data();
    void agreesWithWycheproof();
    void takesNoOtherSize_data();
    void takesNoOtherSize();
    void verifiesAsTheReferenceDoes_data();
    void verifiesAsTheReferenceDoes();
    void derivesAsTheReferenceDoes_data();
    void derivesAsTheReferenceDoes();
    void doesWithoutLockedMemory();

private:
    VaultRow m_row;
    VaultBytes m_passphraseKey;
};

void TestVaultVectors::initTestCase()
{
    QVERIFY(sodium_init() >= 0);
    m_row =
        *makeVaultRow(QStringLiteral("id"), newVaultKey(), vaultfixture::passphrase, vaultfixture::floorWork);
    m_passphraseKey = *derivePassphraseKey(vaultfixture::passphrase, m_row);
    QVERIFY(unwrapVaultKey(m_row, m_passphraseKey));
}

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
    const Sealing by { key, nonce, extra };
    const QByteArray bytes = sealed(by, text);
    QCOMPARE(bytes, wanted);

    QVERIFY(opened(by, bytes) == text);
    for (qsizetype bit = 0; bit < bytes.size() * 8; ++bit) {
        QByteArray flipped = bytes;
        flipped[bit / 8] = static_cast<char>(flipped.at(bit / 8) ^ (1 << (bit % 8)));
        QVERIFY(!opened(by, flipped));
    }
}

void TestVaultVectors::agreesWithWycheproof_data()
{
    QTest::addColumn<Vector>("vector");
    for (const Vector &vector : wycheproof)
        QTest::newRow(vector.name) << vector;
}

void TestVaultVectors::agreesWithWycheproof()
{
    QFETCH(const Vector, vector);
    const auto bytesOf = [](const char *hex) { return QByteArray::fromHex(hex); };
    const Sealing by { bytesOf(vector.key), bytesOf(vector.nonce), bytesOf(vector.bound) };
    const QByteArray text = bytesOf(vector.text);
    const QByteArray bytes = bytesOf(vector.sealed) + bytesOf(vector.tag);
    QCOMPARE(sealed(by, text) == bytes, vector.isValid);
    QVERIFY(opened(by, bytes) == (vector.isValid ? std::optional(text) : std::nullopt));
    if (!vector.isValid)
        return;
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY2(!opened(by, bytes.first(size)), "cut, down to less than a tag");
    QVERIFY2(!opened({ by.key, by.nonce, by.bound + '\0' }, bytes), "more is bound");
}

void TestVaultVectors::takesNoOtherSize_data()
{
    // The library takes no sizes, so what has another one must not reach it.
    QTest::addColumn<qsizetype>("nonce");
    QTest::addColumn<qsizetype>("key");
    QTest::addColumn<qsizetype>("sealed");
    const auto row = [](const char *name, qsizetype nonce, qsizetype key, qsizetype sealed) {
        QTest::newRow(name) << nonce << key << sealed;
    };
    row("Wycheproof 281: a nonce of 64 bits", 8, 32, 48);
    row("Wycheproof 282: a nonce of 96 bits", 12, 32, 48);
    row("Wycheproof 283: a nonce of 160 bits", 20, 32, 48);
    row("Wycheproof 284: a nonce of 256 bits", 32, 32, 48);
    row("no nonce", 0, 32, 48);
    row("a key of 128 bits", 24, 16, 48);
    row("less than a tag", 24, 32, 15);
    row("nothing sealed", 24, 32, 0);
}

void TestVaultVectors::takesNoOtherSize()
{
    QFETCH(const qsizetype, nonce);
    QFETCH(const qsizetype, key);
    QFETCH(const qsizetype, sealed);
    VaultRow other = m_row;
    other.nonce = other.nonce.leftJustified(nonce, '\0', true);
    other.wrappedKey = other.wrappedKey.first(sealed);
    const auto opened = unwrapVaultKey(other, VaultBytes(m_passphraseKey.view().first(key)));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, VaultFault::VaultPassphraseWrong);
}

// The vectors of the reference implementation's own test (argon2id, version 1.3). The library takes their
// short salt in this form alone.
void TestVaultVectors::verifiesAsTheReferenceDoes_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("hash");
    const auto row = [](const char *name, const char *password, const char *hash) {
        QTest::newRow(name) << QByteArray(password) << QByteArray("$argon2id$v=19$").append(hash);
    };
    row("64 MiB", "password", "m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    row("256 MiB", "password", "m=262144,t=2,p=1$c29tZXNhbHQ$eP4eyR+zqlZX1y5xCFTkw9m5GYx0L5YWwvCFvtlbLow");
    row("256 KiB", "password", "m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
    row("two lanes", "password", "m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc");
    row("one pass", "password", "m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg");
    row("four passes", "password", "m=65536,t=4,p=1$c29tZXNhbHQ$kCXUjmjvc5XMqQedpMTsOv+zyJEf5PhtGiUghW9jFyw");
    row("another password", "differentpassword",
        "m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94");
    row("another salt", "password",
        "m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw");
}

void TestVaultVectors::verifiesAsTheReferenceDoes()
{
    QFETCH(const QByteArray, password);
    QFETCH(const QByteArray, hash);
    const auto verifies = [](const QByteArray &of, const QByteArray &typed) {
        return crypto_pwhash_argon2id_str_verify(of.constData(), typed.constData(),
                                                 static_cast<unsigned long long>(typed.size()))
            == 0;
    };
    QVERIFY(verifies(hash, password));
    if (!hash.contains("m=256,")) // the others are long at work
        return;
    QVERIFY(!verifies(hash, password + ' '));
    QByteArray other = hash;
    other[other.size() - 2] = other.at(other.size() - 2) == 'A' ? 'B' : 'A';
    QVERIFY(!verifies(other, password));
}

// With the vault's own salt of 16 bytes; made with the reference implementation (python3-argon2), since the
// vector of RFC 9106, section 5.3, has a secret and associated data, which the library does not take.
void TestVaultVectors::derivesAsTheReferenceDoes_data()
{
    QTest::addColumn<VaultWork>("work");
    QTest::addColumn<QByteArray>("phrase");
    QTest::addColumn<QByteArray>("salt");
    QTest::addColumn<QByteArray>("key");
    const auto row = [](const char *name, const VaultWork &work, const char *phrase, const QByteArray &salt,
                        const char *key) {
        QTest::newRow(name) << work << QByteArray(phrase) << salt << QByteArray::fromHex(key);
    };
    row("the least there is", { 1, 8 }, "password", "somesaltsomesalt",
        "05b6ca8f8038b683887ad4916533858b49cb52040126c134f4c6e9d8711b8c09");
    row("256 KiB", { 2, 256 }, "password", "somesaltsomesalt",
        "cab746b4621993fdc91ec50787980b414a90a692f0bc68dfe19f9c25b3cba9ec");
    row("the most passes", { 10, 1024 }, "x", QByteArray(16, '\xff'),
        "60f5ea1a3d51dd0f96eab543dc1c3512c3d7641afe86aa553d74ef72a22ad86c");
    row("where memory is short", smallVaultWork, "correct horse battery staple",
        QByteArray::fromHex("000102030405060708090a0b0c0d0e0f"),
        "0d1a3c6523c8f06e4e0af9c515aa5b5448cfebd6838f2d52c3d8b6ef8ddc3c2e");
    row("as usual, not ASCII", usualVaultWork, "Schl\xc3\xbcsselbund \xe6\x97\xa5\xe6\x9c\xac",
        QByteArray(16, '\2'), "a578fe0ebbbeb05eb16221b172f56fbb36345188b0f5888c9c7abb11d74507e5");
}

void TestVaultVectors::derivesAsTheReferenceDoes()
{
    QFETCH(const VaultWork, work);
    QFETCH(const QByteArray, phrase);
    QFETCH(const QByteArray, salt);
    QFETCH(const QByteArray, key);
    const auto derived = derivePassphraseKey(Secret(phrase), { {}, vaultFormat, work, salt, {}, {} });
    QVERIFY(derived);
    QCOMPARE(derived->view().toByteArray(), key);
}

// Where no memory may be locked the vault works all the same (docs/vault-format.md, section 8).
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

LATCHKEY_TEST(TestVaultVectors)
#include "tst_vaultvectors.moc"
