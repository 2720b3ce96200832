// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfixture.h"
#include "core/io/vault/vaultformat.h"
#include "support/testprogram.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTest>
#include <QtEndian>

using namespace latchkey;
using namespace Qt::StringLiterals;
using VaultFault = VaultError::Kind;

class TestVaultFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opensWhatItSealed();
    void opensTheGoldenFiles_data();
    void opensTheGoldenFiles();
    void tellsNothingOutside();
    void hidesTheLengthOfASecret();
    void saysPassphraseOrHeadForAnother();
    void takesThePassphraseInEitherForm();
    void refusesEveryFlippedBitOfTheHead();
    void refusesEveryFlippedBitOfTheFirstBlock();
    void refusesEveryCut();
    void refusesWhatStandsBehind();
    void tellsWhatItIsNot_data();
    void tellsWhatItIsNot();
    void boundsTheWorkBeforeDoingIt_data();
    void boundsTheWorkBeforeDoingIt();
    void neverTakesANonceTwice();
    void refusesMoreThanAVaultTakes();
    void refusesAPayloadThatIsNoVault_data();
    void refusesAPayloadThatIsNoVault();

private:
    [[nodiscard]] Result<VaultContent, VaultError> opened(const QByteArray &file) const;

    VaultBytes m_key;
    VaultSlot m_slot;
    VaultBytes m_kek;
    QByteArray m_file;
};

void TestVaultFormat::initTestCase()
{
    m_key = VaultBytes::random(32);
    m_slot = *makeVaultSlot(vaultfixture::passphrase, vaultfixture::floorWork, m_key);
    m_kek = *deriveVaultKek(vaultfixture::passphrase, m_slot);
    m_file = *sealVault(m_slot, m_key, vaultfixture::sampleContent());
}

// The whole way but the derivation, which is the same each time.
Result<VaultContent, VaultError> TestVaultFormat::opened(const QByteArray &file) const
{
    return readVaultSlot(file)
        .and_then([&](const VaultSlot &slot) { return unwrapVaultKey(slot, m_kek); })
        .and_then([&](const VaultBytes &key) { return openVault(file, key); });
}

void TestVaultFormat::opensWhatItSealed()
{
    const auto content = opened(m_file);
    QVERIFY(content);
    QVERIFY(*content == vaultfixture::sampleContent());
    QVERIFY(*readVaultSlot(m_file) == m_slot);
}

void TestVaultFormat::opensTheGoldenFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<VaultWork>("work");

    QTest::newRow("the least work") << u"v1-floor.vault"_s << vaultfixture::floorWork;
    QTest::newRow("short of memory") << u"v1-small.vault"_s << smallVaultWork;
    QTest::newRow("as usual") << u"v1-usual.vault"_s << usualVaultWork;
}

void TestVaultFormat::opensTheGoldenFiles()
{
    QFETCH(QString, name);
    QFETCH(VaultWork, work);
    const QString path = QStringLiteral(LATCHKEY_TEST_DATA "/vault/") + name;
    if (qEnvironmentVariableIsSet("LATCHKEY_MAKE_GOLDEN")) {
        const VaultBytes key = VaultBytes::random(32);
        const auto slot = makeVaultSlot(vaultfixture::passphrase, work, key);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(*sealVault(*slot, key, vaultfixture::sampleContent()));
    }

    const QByteArray file = vaultfixture::bytesOf(path);
    const auto slot = readVaultSlot(file);
    QVERIFY(slot);
    QVERIFY(slot->work == work);
    const auto kek = deriveVaultKek(vaultfixture::passphrase, *slot);
    QVERIFY(kek);
    const auto key = unwrapVaultKey(*slot, *kek);
    QVERIFY(key);
    const auto content = openVault(file, *key);
    QVERIFY(content);
    QVERIFY(*content == vaultfixture::sampleContent());
}

void TestVaultFormat::tellsNothingOutside()
{
    for (const QByteArray &word :
         { QByteArray("latchkey/"), QByteArray("Latchkey:"), QByteArray("CANARY"), QByteArray("6d0c4a38") })
        QVERIFY(!m_file.contains(word));
}

void TestVaultFormat::hidesTheLengthOfASecret()
{
    auto content = vaultfixture::sampleContent();
    content.items.at(u"latchkey/a"_s).value = Secret(QByteArray("CANARY-vault-") + QByteArray(200, 'x'));
    QCOMPARE(sealVault(m_slot, m_key, content)->size(), m_file.size());
}

void TestVaultFormat::saysPassphraseOrHeadForAnother()
{
    const auto kek = deriveVaultKek(vaultfixture::otherPassphrase, m_slot);
    QVERIFY(kek);
    QCOMPARE(unwrapVaultKey(m_slot, *kek).error().kind, VaultFault::PassphraseWrong);
}

void TestVaultFormat::takesThePassphraseInEitherForm()
{
    // "é" as one character and as two.
    const auto composed = deriveVaultKek(Secret("CANARY-phras\xc3\xa9-1"), m_slot);
    const auto decomposed = deriveVaultKek(Secret("CANARY-phrase\xcc\x81-1"), m_slot);
    QVERIFY(composed->view() == decomposed->view());
}

void TestVaultFormat::refusesEveryFlippedBitOfTheHead()
{
    QMap<VaultFault, int> refusals;
    for (qsizetype bit = 0; bit < vaultHeaderSize * 8; ++bit) {
        QByteArray file = m_file;
        file[bit / 8] = static_cast<char>(file.at(bit / 8) ^ (1 << (bit % 8)));
        const auto content = opened(file);
        QVERIFY2(!content, qPrintable(QString::number(bit)));
        ++refusals[content.error().kind];
    }
    QCOMPARE(refusals.value(VaultFault::NotAVault), 64);
    QCOMPARE(refusals.value(VaultFault::Newer), 15); // the sixteenth makes it version 0
    QVERIFY(refusals.value(VaultFault::OutOfBounds) >= 16 + 29 + 12);
    // Salt, nonce and wrapped key are only noticed with the key.
    QVERIFY(refusals.value(VaultFault::PassphraseWrong) >= (16 + 24 + 48) * 8);
    QVERIFY(refusals.value(VaultFault::Damaged) >= (24 + 4) * 8);
}

void TestVaultFormat::refusesEveryFlippedBitOfTheFirstBlock()
{
    const qsizetype first = vaultHeaderSize * 8;
    for (qsizetype bit = first; bit < first + vaultPayloadStep * 8; ++bit) {
        QByteArray file = m_file;
        file[bit / 8] = static_cast<char>(file.at(bit / 8) ^ (1 << (bit % 8)));
        const auto content = openVault(file, m_key);
        QVERIFY2(!content && content.error().kind == VaultFault::Damaged, qPrintable(QString::number(bit)));
    }
}

void TestVaultFormat::refusesEveryCut()
{
    for (qsizetype length = 0; length < m_file.size(); ++length) {
        const auto slot = readVaultSlot(m_file.first(length));
        QVERIFY2(!slot && slot.error().kind == VaultFault::Damaged, qPrintable(QString::number(length)));
        QVERIFY(!openVault(m_file.first(length), m_key));
    }
}

void TestVaultFormat::refusesWhatStandsBehind()
{
    QCOMPARE(opened(m_file + 'x').error().kind, VaultFault::Damaged);
    QCOMPARE(opened(m_file + QByteArray(1024, ' ')).error().kind, VaultFault::Damaged);
}

void TestVaultFormat::tellsWhatItIsNot_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<VaultFault>("kind");

    QTest::newRow("nothing") << QByteArray() << VaultFault::Damaged;
    QTest::newRow("another program's file")
        << QByteArray("SQLite format 3") + QByteArray(4096, '\0') << VaultFault::NotAVault;
    QByteArray later = m_file;
    later[8] = 2;
    QTest::newRow("F73 a later version") << later << VaultFault::Newer;
    later.truncate(200);
    QTest::newRow("F73 a later version of another length") << later << VaultFault::Newer;
}

void TestVaultFormat::tellsWhatItIsNot()
{
    QFETCH(QByteArray, bytes);
    QFETCH(VaultFault, kind);
    QCOMPARE(readVaultSlot(bytes).error().kind, kind);
    QCOMPARE(openVault(bytes, m_key).error().kind, kind);
}

void TestVaultFormat::boundsTheWorkBeforeDoingIt_data()
{
    QTest::addColumn<quint32>("passes");
    QTest::addColumn<quint32>("kibibytes");
    QTest::addColumn<bool>("isTaken");

    QTest::newRow("the floor") << 1U << 65536U << true;
    QTest::newRow("the ceiling") << 10U << 1048576U << true;
    QTest::newRow("no pass") << 0U << 65536U << false;
    QTest::newRow("too many passes") << 11U << 65536U << false;
    QTest::newRow("all passes") << 0xffffffffU << 65536U << false;
    QTest::newRow("too little memory") << 3U << 65535U << false;
    QTest::newRow("no memory") << 3U << 0U << false;
    QTest::newRow("too much memory") << 3U << 1048577U << false;
    QTest::newRow("all memory") << 3U << 0xffffffffU << false;
}

void TestVaultFormat::boundsTheWorkBeforeDoingIt()
{
    QFETCH(quint32, passes);
    QFETCH(quint32, kibibytes);
    QFETCH(bool, isTaken);
    QByteArray file = m_file;
    qToLittleEndian(passes, file.data() + 16);
    qToLittleEndian(kibibytes, file.data() + 20);
    const auto slot = readVaultSlot(file);
    QCOMPARE(slot.has_value(), isTaken);
    if (!isTaken)
        QCOMPARE(slot.error().kind, VaultFault::OutOfBounds);
}

void TestVaultFormat::neverTakesANonceTwice()
{
    constexpr int saves = 100'000;
    QSet<QByteArray> nonces;
    nonces.reserve(saves);
    const VaultContent content { u"id"_s, 1, vaultfixture::moment(), {} };
    for (int i = 0; i < saves; ++i)
        nonces.insert(sealVault(m_slot, m_key, content)->mid(112, 24));
    QCOMPARE(nonces.size(), saves);
}

void TestVaultFormat::refusesMoreThanAVaultTakes()
{
    auto content = vaultfixture::sampleContent();
    const Secret large(QByteArray("CANARY-") + QByteArray(1024 * 1024, 'x'));
    for (int i = 0; i < 16; ++i)
        content.items.emplace(QString::number(i), VaultItem { {}, large });
    QCOMPARE(sealVault(m_slot, m_key, content).error().kind, VaultFault::Full);
}

void TestVaultFormat::refusesAPayloadThatIsNoVault_data()
{
    QTest::addColumn<QByteArray>("payload");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("no generation") << QByteArray(R"({"id":"i","created":"","items":{}})");
    QTest::newRow("half a generation")
        << QByteArray(R"({"id":"i","generation":1.5,"created":"","items":{}})");
    QTest::newRow("too great a generation")
        << QByteArray(R"({"id":"i","generation":1e300,"created":"","items":{}})");
    QTest::newRow("no items") << QByteArray(R"({"id":"i","generation":1,"created":""})");
    QTest::newRow("an item that is a text")
        << QByteArray(R"({"id":"i","generation":1,"created":"","items":{"a":"b"}})");
    QTest::newRow("an item without a value")
        << QByteArray(R"({"id":"i","generation":1,"created":"","items":{"a":{"label":"b"}}})");
}

void TestVaultFormat::refusesAPayloadThatIsNoVault()
{
    QFETCH(QByteArray, payload);
    QVERIFY(!fromPayload(payload));
}

LATCHKEY_TEST(TestVaultFormat)
#include "tst_vaultformat.moc"
