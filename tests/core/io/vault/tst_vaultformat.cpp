// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfixture.h"
#include "core/io/vault/vaultformat.h"
#include "support/testprogram.h"

#include <QFile>
#include <QSet>
#include <QTest>

#include <limits>
#include <sys/resource.h>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;
using VaultFault = SecretStoreError::Kind;
using vaultfixture::floorWork;
using vaultfixture::otherPassphrase;
using vaultfixture::passphrase;
using vaultfixture::sampleItem;

namespace {

// The same bytes but for one bit.
QByteArray flipped(QByteArray bytes, qsizetype bit)
{
    bytes[bit / 8] = static_cast<char>(bytes.at(bit / 8) ^ (1 << (bit % 8)));
    return bytes;
}

class ShortMemory
{
public:
    explicit ShortMemory(rlim_t more)
    {
        QFile facts(u"/proc/self/statm"_s);
        if (!facts.open(QIODevice::ReadOnly))
            return;
        const rlim_t pages = facts.readAll().split(' ').value(0).toULong();
        ::getrlimit(RLIMIT_AS, &m_before);
        struct rlimit now = m_before;
        now.rlim_cur = pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + more;
        ::setrlimit(RLIMIT_AS, &now);
    }
    ~ShortMemory() { ::setrlimit(RLIMIT_AS, &m_before); }
    Q_DISABLE_COPY_MOVE(ShortMemory)

private:
    struct rlimit m_before = {};
};

constexpr rlim_t mebibyte = 1024 * 1024;

} // namespace

class TestVaultFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opensWhatItSealed();
    void saysPassphraseForAnother();
    void takesThePassphraseInEitherForm();
    void refusesEveryFlippedBitOfTheRow();
    void refusesEveryOtherValueOfTheRow_data();
    void refusesEveryOtherValueOfTheRow();
    void refusesEveryFlippedBitOfASecret();
    void refusesEveryCutOfASecret();
    void refusesTheSecretOfAnother_data();
    void refusesTheSecretOfAnother();
    void F107_saysWhatASecretIsBoundTo();
    void tellsNothingOutside();
    void hidesTheLengthOfASecret();
    void neverTakesANonceTwice();
    void tellsANewerFormatFromADamagedOne_data();
    void tellsANewerFormatFromADamagedOne();
    void boundsTheWorkBeforeDoingIt_data();
    void boundsTheWorkBeforeDoingIt();
    void makesOneWithLessWorkWhereMemoryIsShort();
    void saysWhenMemoryForOpeningIsShort();

private:
    VaultBytes m_key;
    VaultRow m_row;
    VaultBytes m_passphraseKey;
    SealedSecret m_sealed;
};

void TestVaultFormat::initTestCase()
{
    m_key = newVaultKey();
    m_row = *makeVaultRow(u"6d0c4a38-4a1c-4e5f-8b7b-0d8a64e6a001"_s, m_key, passphrase, floorWork);
    m_passphraseKey = *derivePassphraseKey(passphrase, m_row);
    m_sealed = *sealSecret(u"a"_s, sampleItem("CANARY-vault-1"), m_key);
}

void TestVaultFormat::opensWhatItSealed()
{
    const auto key = openVaultRow(m_row, passphrase);
    QVERIFY(key && key->view() == m_key.view());
    QVERIFY(*unsealSecret(m_sealed, *key) == sampleItem("CANARY-vault-1"));
}

void TestVaultFormat::saysPassphraseForAnother()
{
    for (const Secret &other : { Secret(otherPassphrase), Secret(), Secret(QByteArray(2000, 'x')) })
        QCOMPARE(openVaultRow(m_row, other).error().kind, VaultFault::VaultPassphraseWrong);
}

void TestVaultFormat::takesThePassphraseInEitherForm()
{
    const auto row = makeVaultRow(u"id"_s, m_key, Secret("CANARY-p\xc3\xa4ssphrase"), floorWork);
    QVERIFY(row);
    QVERIFY(openVaultRow(*row, Secret("CANARY-pa\xcc\x88ssphrase")));
}

void TestVaultFormat::refusesEveryFlippedBitOfTheRow()
{
    const auto refuses = [this](const VaultRow &row) {
        const auto key = unwrapVaultKey(row, m_passphraseKey);
        return !key && key.error().kind == VaultFault::VaultPassphraseWrong;
    };
    for (QByteArray VaultRow::*part : { &VaultRow::salt, &VaultRow::nonce, &VaultRow::wrappedKey }) {
        for (qsizetype bit = 0; bit < (m_row.*part).size() * 8; ++bit) {
            VaultRow row = m_row;
            row.*part = flipped(m_row.*part, bit);
            QVERIFY2(refuses(row), qPrintable(QString::number(bit)));
        }
    }
}

void TestVaultFormat::refusesEveryOtherValueOfTheRow_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("passes");
    QTest::addColumn<int>("kibibytes");
    QTest::newRow("another vault's id") << u"another"_s << 1 << 1 << 65'536;
    QTest::newRow("another format") << m_row.id << 0 << 1 << 65'536;
    QTest::newRow("more passes") << m_row.id << 1 << 2 << 65'536;
    QTest::newRow("more memory") << m_row.id << 1 << 1 << 65'537;
}

// Nothing of it is secret, and all of it is authenticated.
void TestVaultFormat::refusesEveryOtherValueOfTheRow()
{
    QFETCH(QString, id);
    QFETCH(int, format);
    QFETCH(int, passes);
    QFETCH(int, kibibytes);
    VaultRow row = m_row;
    row.id = id;
    row.format = format;
    row.work = { passes, kibibytes };
    QVERIFY(!unwrapVaultKey(row, m_passphraseKey));
}

void TestVaultFormat::refusesEveryFlippedBitOfASecret()
{
    for (QByteArray SealedSecret::*part : { &SealedSecret::nonce, &SealedSecret::ciphertext }) {
        for (qsizetype bit = 0; bit < (m_sealed.*part).size() * 8; ++bit) {
            SealedSecret sealed = m_sealed;
            sealed.*part = flipped(m_sealed.*part, bit);
            const auto secret = unsealSecret(sealed, m_key);
            QVERIFY(!secret && secret.error().kind == VaultFault::VaultDamaged);
        }
    }
}

void TestVaultFormat::refusesEveryCutOfASecret()
{
    for (qsizetype size = 0; size < m_sealed.ciphertext.size(); ++size) {
        SealedSecret sealed = m_sealed;
        sealed.ciphertext.truncate(size);
        QVERIFY(!unsealSecret(sealed, m_key));
    }
    SealedSecret longer = m_sealed;
    longer.ciphertext += '\0';
    QVERIFY(!unsealSecret(longer, m_key));
}

void TestVaultFormat::refusesTheSecretOfAnother_data()
{
    QTest::addColumn<QString>("account");
    QTest::addColumn<QString>("boundTo");
    const QString host = vaultfixture::sampleBinding;
    QTest::newRow("F107 another account") << u"b"_s << host;
    QTest::newRow("F107 another host") << u"a"_s << u"configapi https://evil.example.com"_s;
    QTest::newRow("F107 another provider") << u"a"_s << u"priava https://acme.example.com"_s;
    QTest::newRow("F107 nothing") << u"a"_s << QString();
    QTest::newRow("F107 the same letters, parted elsewhere") << u"aconfigapi"_s << host.mid(9);
}

// Who can write to the profile puts no secret under another account or host.
void TestVaultFormat::refusesTheSecretOfAnother()
{
    QFETCH(QString, account);
    QFETCH(QString, boundTo);
    const SealedSecret moved { account, boundTo, m_sealed.nonce, m_sealed.ciphertext };
    QCOMPARE(unsealSecret(moved, m_key).error().kind, VaultFault::VaultDamaged);
}

void TestVaultFormat::F107_saysWhatASecretIsBoundTo()
{
    QCOMPARE(m_sealed.boundTo, vaultfixture::sampleBinding);
    const auto trial = sealSecret(u"trial"_s, Secret("CANARY-no-item"), m_key);
    QVERIFY(trial && trial->boundTo.isEmpty());
    QVERIFY(*unsealSecret(*trial, m_key) == Secret("CANARY-no-item"));
}

void TestVaultFormat::tellsNothingOutside()
{
    const QByteArray item = sampleItem("CANARY-vault-1").reveal().toByteArray();
    QVERIFY(!m_sealed.ciphertext.contains(item.first(10)));
    QVERIFY(!m_row.wrappedKey.contains(m_key.view().first(8).toByteArray()));
}

void TestVaultFormat::hidesTheLengthOfASecret()
{
    const auto shorter = sealSecret(u"a"_s, sampleItem("C"), m_key);
    QCOMPARE(shorter->ciphertext.size(), m_sealed.ciphertext.size());
    QCOMPARE((shorter->ciphertext.size() - 16) % vaultPaddingStep, 0);
    const Secret largest(QByteArray(secretSizeLimit, 'x'));
    const auto sealed = sealSecret(u"a"_s, largest, m_key);
    QCOMPARE(sealed->ciphertext.size(), vaultCiphertextLimit);
    QVERIFY(*unsealSecret(*sealed, m_key) == largest);
}

void TestVaultFormat::neverTakesANonceTwice()
{
    QSet<QByteArray> nonces;
    constexpr int count = 200;
    for (int i = 0; i < count; ++i)
        nonces.insert(sealSecret(u"a"_s, sampleItem("CANARY-vault-1"), m_key)->nonce);
    QCOMPARE(nonces.size(), count);
    const auto again = makeVaultRow(m_row.id, m_key, passphrase, floorWork);
    QVERIFY(again->nonce != m_row.nonce && again->salt != m_row.salt);
}

void TestVaultFormat::tellsANewerFormatFromADamagedOne_data()
{
    QTest::addColumn<qint64>("format");
    QTest::addColumn<qsizetype>("salt");
    QTest::addColumn<qsizetype>("wrapped");
    QTest::addColumn<VaultFault>("fault");
    const auto row = [](const char *name, qint64 format, qsizetype salt, qsizetype wrapped,
                        VaultFault fault) { QTest::newRow(name) << format << salt << wrapped << fault; };
    row("F73 a later format", 2, 16, 48, VaultFault::VaultNewer);
    row("F73 a later format of other sizes", 9, 64, 0, VaultFault::VaultNewer);
    row("no format", 0, 16, 48, VaultFault::VaultDamaged);
    row("no salt", 1, 0, 48, VaultFault::VaultDamaged);
    row("a longer salt", 1, 17, 48, VaultFault::VaultDamaged);
    row("half a key", 1, 16, 24, VaultFault::VaultDamaged);
}

void TestVaultFormat::tellsANewerFormatFromADamagedOne()
{
    QFETCH(qint64, format);
    QFETCH(qsizetype, salt);
    QFETCH(qsizetype, wrapped);
    QFETCH(VaultFault, fault);
    VaultRow row = m_row;
    row.format = format;
    row.salt = QByteArray(salt, 's');
    row.wrappedKey = QByteArray(wrapped, 'w');
    QCOMPARE(openVaultRow(row, passphrase).error().kind, fault);
}

void TestVaultFormat::boundsTheWorkBeforeDoingIt_data()
{
    QTest::addColumn<qint64>("passes");
    QTest::addColumn<qint64>("kibibytes");
    QTest::addColumn<bool>("isTaken");
    const auto row = [](const char *name, qint64 passes, qint64 kibibytes, bool isTaken) {
        QTest::newRow(name) << passes << kibibytes << isTaken;
    };
    row("the floor", 1, 65'536, true);
    row("the ceiling", 10, 1'048'576, true);
    row("no pass", 0, 65'536, false);
    row("too many passes", 11, 65'536, false);
    row("all passes", std::numeric_limits<qint64>::max(), 65'536, false);
    row("a negative number of passes", -1, 65'536, false);
    row("too little memory", 3, 65'535, false);
    row("no memory", 3, 0, false);
    row("too much memory", 3, 1'048'577, false);
    row("100 GiB", 3, 104'857'600, false);
    row("all memory", 3, std::numeric_limits<qint64>::max(), false);
    row("what is small again in 32 bits", 3, (qint64(1) << 32) + 65'536, false);
}

void TestVaultFormat::boundsTheWorkBeforeDoingIt()
{
    QFETCH(qint64, passes);
    QFETCH(qint64, kibibytes);
    QFETCH(bool, isTaken);
    VaultRow row = m_row;
    row.work = { passes, kibibytes };
    QCOMPARE(checkVaultRow(row).has_value(), isTaken);
    if (isTaken)
        return;
    // Work that was begun would end with another kind.
    QCOMPARE(openVaultRow(row, passphrase).error().kind, VaultFault::VaultDamaged);
}

void TestVaultFormat::makesOneWithLessWorkWhereMemoryIsShort()
{
    if (test::isSanitized())
        QSKIP("The sanitizer needs more address space than there would be.");
    Result<VaultRow, SecretStoreError> row = failure(SecretStoreError {});
    {
        const ShortMemory memory(128 * mebibyte);
        row = makeVaultRow(u"id"_s, m_key, passphrase, usualVaultWork);
    }
    QVERIFY(row);
    QVERIFY(row->work == smallVaultWork);
    QVERIFY(openVaultRow(*row, passphrase));
}

void TestVaultFormat::saysWhenMemoryForOpeningIsShort()
{
    if (test::isSanitized())
        QSKIP("The sanitizer needs more address space than there would be.");
    const ShortMemory memory(32 * mebibyte);
    const auto opened = openVaultRow(m_row, passphrase);
    QCOMPARE(opened.error(), (SecretStoreError { VaultFault::VaultNoMemory, u"64 MiB"_s }));
}

LATCHKEY_TEST(TestVaultFormat)
#include "tst_vaultformat.moc"
