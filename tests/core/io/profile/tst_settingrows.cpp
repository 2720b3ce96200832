// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/settingrows.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// When the vault locks; the other rows are shown where the profile keeps them, in tst_sqliteaccountstore.
class TestSettingRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhenTheVaultLocks_data();
    void keepsWhenTheVaultLocks();
    void readsWhenTheVaultLocks_data();
    void readsWhenTheVaultLocks();
};

void TestSettingRows::keepsWhenTheVaultLocks_data()
{
    QTest::addColumn<int>("minutes");
    QTest::addColumn<bool>("withScreen");
    QTest::newRow("as usual") << 15 << true;
    QTest::newRow("never") << 0 << false;
    QTest::newRow("at once, nearly") << 1 << true;
    QTest::newRow("after a day") << 1440 << false;
}

void TestSettingRows::keepsWhenTheVaultLocks()
{
    QFETCH(int, minutes);
    QFETCH(bool, withScreen);
    Preferences preferences;
    preferences.vaultIdleTime = std::chrono::minutes(minutes);
    preferences.locksVaultWithScreen = withScreen;
    QCOMPARE(preferencesFromRows(toRows(preferences)), preferences);
}

void TestSettingRows::readsWhenTheVaultLocks_data()
{
    QTest::addColumn<QString>("idle");
    QTest::addColumn<QString>("withScreen");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<bool>("locks");
    QTest::newRow("nothing") << QString() << QString() << 15 << true;
    QTest::newRow("no number") << u"soon"_s << u"maybe"_s << 15 << true;
    QTest::newRow("below nothing") << u"-1"_s << u"no"_s << 15 << false;
    QTest::newRow("longer than a day") << u"1441"_s << u"yes"_s << 15 << true;
    QTest::newRow("larger than any number") << u"99999999999999999999"_s << u"NO"_s << 15 << true;
    QTest::newRow("never") << u"0"_s << u"no"_s << 0 << false;
}

// What nobody can have meant locks the vault rather than leaving it open.
void TestSettingRows::readsWhenTheVaultLocks()
{
    QFETCH(QString, idle);
    QFETCH(QString, withScreen);
    QMap<QString, QString> rows;
    rows.insert(u"vault_idle_min"_s, idle);
    rows.insert(u"vault_locks_with_screen"_s, withScreen);
    const Preferences read = preferencesFromRows(rows);
    QTEST(static_cast<int>(read.vaultIdleTime.count()), "minutes");
    QTEST(read.locksVaultWithScreen, "locks");
}

LATCHKEY_TEST(TestSettingRows)
#include "tst_settingrows.moc"
