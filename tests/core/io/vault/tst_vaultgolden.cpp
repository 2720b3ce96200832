// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultfixture.h"
#include "support/testprogram.h"

#include <QTest>

#include <iterator>

using namespace latchkey;
using namespace Qt::StringLiterals;

// Profiles that a Latchkey made which is older than this one. tests/vault opens them with other libraries.
// LATCHKEY_MAKE_GOLDEN=1 makes them again.
class TestVaultGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensTheGoldenProfiles_data();
    void opensTheGoldenProfiles();
};

void TestVaultGolden::opensTheGoldenProfiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<VaultWork>("work");
    QTest::newRow("the least work") << u"v1-floor.sqlite"_s << vaultfixture::floorWork;
    QTest::newRow("short of memory") << u"v1-small.sqlite"_s << smallVaultWork;
    QTest::newRow("as usual") << u"v1-usual.sqlite"_s << usualVaultWork;
}

void TestVaultGolden::opensTheGoldenProfiles()
{
    QFETCH(QString, name);
    QFETCH(VaultWork, work);
    const QString path = QStringLiteral(LATCHKEY_TEST_DATA "/vault/") + name;
    vaultfixture::VaultedProfile vault(work);
    if (qEnvironmentVariableIsSet("LATCHKEY_MAKE_GOLDEN")) {
        QVERIFY(vaultfixture::putSample(vault));
        QVERIFY(vault.run(u"VACUUM"_s));
        QFile::remove(path);
        QVERIFY(QFile::copy(vault.path(), path));
    }
    vault.store.reset();
    vault.profile.reset();
    QFile::remove(vault.path());
    QVERIFY(QFile::copy(path, vault.path()));
    QVERIFY(QFile::setPermissions(vault.path(), QFile::ReadOwner | QFile::WriteOwner));
    vault.startAgain(work);

    QCOMPARE(vault.store->head().mebibytes, work.kibibytes / 1024);
    QVERIFY(vault.unlocked());
    for (std::size_t i = 0; i < std::size(vaultfixture::sampleKeys); ++i)
        QVERIFY(*vault.readBack(vaultfixture::sampleKeys[i]) == vaultfixture::sampleSecrets[i]);
}

LATCHKEY_TEST(TestVaultGolden)
#include "tst_vaultgolden.moc"
