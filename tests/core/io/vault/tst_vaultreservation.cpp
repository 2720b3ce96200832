// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfixture.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using VaultFault = SecretStoreError::Kind;
using vaultfixture::sampleItem;

// Space for the answer to a request, before it is sent.
class TestVaultReservation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_vault.reset(); }
    void R37_F70_keepsTheLargestAnswerThoughTheDiskIsFull();
    void R37_F70_saysThatTheDiskIsFull();
    void R37_saysThatAnotherProcessWrites();
    void R37_saysThatItIsLocked();
    void takesOneForEachWrite();
    void F78_leavesNothingThatWasNotUsed();
    void F78_freesWhatADeadProcessLeft();

private:
    // Pages; beyond them SQLite says what it says of a full disk.
    void letItGrowBy(int pages)
    {
        const int now = m_vault->value(u"PRAGMA page_count"_s).toInt();
        QVERIFY(m_vault->run(u"PRAGMA max_page_count=%1"_s.arg(now + pages)));
    }
    [[nodiscard]] int count() const
    {
        return m_vault->value(u"SELECT count(*) FROM reserved_space"_s).toInt();
    }

    std::unique_ptr<vaultfixture::VaultedProfile> m_vault;
};

void TestVaultReservation::init()
{
    m_vault = std::make_unique<vaultfixture::VaultedProfile>();
    QVERIFY(m_vault->created());
}

void TestVaultReservation::R37_F70_keepsTheLargestAnswerThoughTheDiskIsFull()
{
    const Secret largest(QByteArray(secretSizeLimit, 'x'));
    const auto reservation = m_vault->reserved();
    QVERIFY(reservation);
    letItGrowBy(0);
    QVERIFY(m_vault->written(u"latchkey/a"_s, largest));
    QVERIFY(*m_vault->readBack(u"latchkey/a"_s) == largest);
    QCOMPARE(count(), 0);
}

void TestVaultReservation::R37_F70_saysThatTheDiskIsFull()
{
    letItGrowBy(5);
    const auto reservation = m_vault->reserved();
    QVERIFY(!reservation);
    QCOMPARE(reservation.error().kind, VaultFault::ProfileFull);
    QCOMPARE(count(), 0);
}

void TestVaultReservation::R37_saysThatAnotherProcessWrites()
{
    const auto other = SqliteConnection::open(m_vault->path());
    QVERIFY(other && (*other)->run(u"BEGIN IMMEDIATE"_s));
    const auto reservation = m_vault->reserved();
    QVERIFY(!reservation);
    QCOMPARE(reservation.error().kind, VaultFault::ProfileBusy);
}

void TestVaultReservation::R37_saysThatItIsLocked()
{
    m_vault->store->lock();
    QCOMPARE(m_vault->reserved().error().kind, VaultFault::VaultLocked);
}

void TestVaultReservation::takesOneForEachWrite()
{
    const auto first = m_vault->reserved();
    const auto second = m_vault->reserved();
    QVERIFY(first && second);
    QCOMPARE(count(), 2);
    QVERIFY(m_vault->value(u"SELECT min(length(space)) FROM reserved_space"_s).toLongLong()
            > vaultCiphertextLimit);
    QVERIFY(m_vault->written(u"latchkey/a"_s, sampleItem("CANARY-vault-1")));
    QCOMPARE(count(), 1);
    QVERIFY(m_vault->written(u"latchkey/b"_s, sampleItem("CANARY-vault-2")));
    QCOMPARE(count(), 0);
}

void TestVaultReservation::F78_leavesNothingThatWasNotUsed()
{
    auto reservation = m_vault->reserved();
    QVERIFY(reservation);
    QCOMPARE(count(), 1);
    reservation->reset();
    QCOMPARE(count(), 0);
    reservation = m_vault->reserved();
    m_vault->store->lock();
    reservation->reset();
    QCOMPARE(count(), 0);
}

void TestVaultReservation::F78_freesWhatADeadProcessLeft()
{
    const auto reservation = m_vault->reserved();
    m_vault->startAgain(); // it could not free it
    QCOMPARE(count(), 1);
    QVERIFY(m_vault->unlocked());
    m_vault->now = m_vault->now.addSecs(9 * 60);
    auto next = m_vault->reserved();
    QCOMPARE(count(), 2); // the other one may still be waiting for its answer
    next->reset();
    m_vault->now = m_vault->now.addSecs(2 * 60);
    next = m_vault->reserved();
    QCOMPARE(count(), 1);
    // One of a clock that ran ahead.
    m_vault->now = m_vault->now.addDays(-3);
    const auto last = m_vault->reserved();
    QCOMPARE(count(), 1);
}

LATCHKEY_TEST(TestVaultReservation)
#include "tst_vaultreservation.moc"
