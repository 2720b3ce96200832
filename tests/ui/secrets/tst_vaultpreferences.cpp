// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/testprogram.h"
#include "ui/secrets/vaultpreferences.h"

#include <QCheckBox>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using test::buttonCalled;

class TestVaultPreferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_rows = std::make_unique<VaultPreferences>(); }
    void cleanup() { m_rows.reset(); }

    void namesItsControls() { QCOMPARE(test::namelessControls(*m_rows), QStringList()); }
    void givesBackWhatItShows_data();
    void givesBackWhatItShows();
    void offersTheDefaultTimeIfNeverLocked();
    void takesNoTimeThatCannotBeKept();
    void leavesEverythingElseAlone();
    void leadsToWhereSecretsAreKept();

private:
    [[nodiscard]] QAbstractButton *locks() const
    {
        return buttonCalled(*m_rows, u"Lock the vault when Latchkey was not used for"_s);
    }
    [[nodiscard]] QSpinBox *minutes() const { return m_rows->findChild<QSpinBox *>(); }

    std::unique_ptr<VaultPreferences> m_rows;
};

void TestVaultPreferences::givesBackWhatItShows_data()
{
    QTest::addColumn<int>("idle");
    QTest::addColumn<bool>("withScreen");
    QTest::newRow("as usual") << 15 << true;
    QTest::newRow("soon") << 1 << false;
    QTest::newRow("after a day") << 1440 << true;
    QTest::newRow("never") << 0 << false;
}

void TestVaultPreferences::givesBackWhatItShows()
{
    QFETCH(int, idle);
    QFETCH(bool, withScreen);
    Preferences shown;
    shown.vaultIdleTime = std::chrono::minutes(idle);
    shown.locksVaultWithScreen = withScreen;
    m_rows->show(shown);
    QCOMPARE(locks()->isChecked(), idle > 0);
    QCOMPARE(minutes()->isEnabled(), idle > 0);
    Preferences wanted;
    wanted.vaultIdleTime = 7min;
    wanted.locksVaultWithScreen = !withScreen;
    m_rows->putInto(wanted);
    QCOMPARE(wanted, shown);
}

void TestVaultPreferences::offersTheDefaultTimeIfNeverLocked()
{
    Preferences never;
    never.vaultIdleTime = 0min;
    m_rows->show(never);
    locks()->click();
    QVERIFY(minutes()->isEnabled());
    m_rows->putInto(never);
    QCOMPARE(never.vaultIdleTime, Preferences().vaultIdleTime);
}

void TestVaultPreferences::takesNoTimeThatCannotBeKept()
{
    m_rows->show({});
    Preferences wanted;
    minutes()->setValue(0);
    m_rows->putInto(wanted);
    QCOMPARE(wanted.vaultIdleTime, 1min);
    minutes()->setValue(1441);
    m_rows->putInto(wanted);
    QCOMPARE(wanted.vaultIdleTime, 24h);
}

void TestVaultPreferences::leavesEverythingElseAlone()
{
    m_rows->show({});
    Preferences others;
    others.clipboardLife = 90s;
    others.recordActivity = false;
    Preferences wanted = others;
    m_rows->putInto(wanted);
    QCOMPARE(wanted, others);
}

void TestVaultPreferences::leadsToWhereSecretsAreKept()
{
    QSignalSpy asked(m_rows.get(), &VaultPreferences::placeRequested);
    buttonCalled(*m_rows, u"Where secrets are kept…"_s)->click();
    QCOMPARE(asked.size(), 1);
}

LATCHKEY_TEST(TestVaultPreferences)
#include "tst_vaultpreferences.moc"
