// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliteaccountstore.h"
#include "core/io/profile/sqliteprofile.h"
#include "core/io/vault/vaultgenerationrows.h"
#include "support/testprogram.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestVaultGenerationRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersTheHighestOfEachVault();
    void livesBesideTheProfilesOwnSettings();
    void knowsWhichVaultIsInUse();
    void doesWithoutAProfile();
};

void TestVaultGenerationRows::remembersTheHighestOfEachVault()
{
    const QTemporaryDir folder;
    {
        SqliteProfile profile(folder.path());
        VaultGenerationRows rows(profile);
        QCOMPARE(rows.highestSeen(u"one"_s), 0U);
        rows.record(u"one"_s, 9);
        rows.record(u"one"_s, 10);
        rows.record(u"one"_s, 2);
        rows.record(u"two"_s, 3);
        QCOMPARE(rows.highestSeen(u"one"_s), 10U);
    }
    SqliteProfile profile(folder.path());
    VaultGenerationRows rows(profile);
    QCOMPARE(rows.highestSeen(u"one"_s), 10U);
    QCOMPARE(rows.highestSeen(u"two"_s), 3U);
}

void TestVaultGenerationRows::livesBesideTheProfilesOwnSettings()
{
    const QTemporaryDir folder;
    SqliteProfile profile(folder.path());
    SqliteAccountStore accounts(profile);
    QVERIFY(accounts.recordSecretBackend(u"vault"_s));
    VaultGenerationRows rows(profile);
    rows.record(u"one"_s, 9);
    QCOMPARE(*accounts.secretBackend(), u"vault"_s);
    QVERIFY(*accounts.loadPreferences() == Preferences());
    QCOMPARE(rows.highestSeen(u"one"_s), 9U);
}

// A note of a vault that the secrets have left refuses none later.
void TestVaultGenerationRows::knowsWhichVaultIsInUse()
{
    const QTemporaryDir folder;
    SqliteProfile profile(folder.path());
    SqliteAccountStore accounts(profile);
    VaultGenerationRows rows(profile);
    rows.recordInUse(u"one"_s);
    QCOMPARE(rows.idInUse(), QString());
    QVERIFY(accounts.recordSecretBackend(u"vault"_s));
    QCOMPARE(rows.idInUse(), u"one"_s);
    rows.recordInUse(u"two"_s);
    QCOMPARE(rows.idInUse(), u"two"_s);
    QVERIFY(accounts.recordSecretBackend(u"libsecret"_s));
    QCOMPARE(rows.idInUse(), QString());
}

void TestVaultGenerationRows::doesWithoutAProfile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    SqliteProfile profile(file.fileName()); // not a folder
    VaultGenerationRows rows(profile);
    rows.record(u"one"_s, 9);
    QCOMPARE(rows.highestSeen(u"one"_s), 0U);
    rows.recordInUse(u"one"_s);
    QCOMPARE(rows.idInUse(), QString());
}

LATCHKEY_TEST(TestVaultGenerationRows)
#include "tst_vaultgenerationrows.moc"
