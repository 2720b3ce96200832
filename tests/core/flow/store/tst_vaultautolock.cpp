// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/vaultautolock.h"
#include "core/port/sessionevents.h"
#include "support/movefakes.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;

namespace {

// A vault that is open and in use.
class OpenVault : public TwoPlaces
{
public:
    OpenVault()
    {
        vault.isThere = true;
        vault.setOpen(true);
    }
    SessionEvents events;
    VaultAutoLock autoLock { vaultService, world.preferences, &events };

    void prefer(std::chrono::minutes idle, bool withScreen)
    {
        Preferences wanted = world.preferences.current();
        wanted.vaultIdleTime = idle;
        wanted.locksVaultWithScreen = withScreen;
        static_cast<void>(world.preferences.change(wanted));
    }
};

} // namespace

class TestVaultAutoLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void locksAfterTheTimeThatTheUserSaid();
    void locksWithTheSession_data();
    void locksWithTheSession();
    void doesWithoutAnybodyWhoTellsOfTheSession();
};

void TestVaultAutoLock::locksAfterTheTimeThatTheUserSaid()
{
    OpenVault vault;
    QCOMPARE(vault.vault.autoLock, std::chrono::milliseconds(15min));
    vault.prefer(3min, true);
    QCOMPARE(vault.vault.autoLock, std::chrono::milliseconds(3min));
    vault.prefer(0min, true);
    QCOMPARE(vault.vault.autoLock, 0ms);
    vault.prefer(100h, true);
    QCOMPARE(vault.vault.autoLock, std::chrono::milliseconds(24h));
}

void TestVaultAutoLock::locksWithTheSession_data()
{
    QTest::addColumn<bool>("isWanted");
    QTest::addColumn<bool>("isSleep");
    QTest::newRow("F91 the screen locks") << true << false;
    QTest::newRow("F91 the machine is about to sleep") << true << true;
    QTest::newRow("the screen locks, but that is not wanted") << false << false;
}

void TestVaultAutoLock::locksWithTheSession()
{
    QFETCH(bool, isWanted);
    QFETCH(bool, isSleep);
    OpenVault vault;
    vault.prefer(15min, isWanted);
    Q_EMIT vault.events.woke();
    QVERIFY(!vault.vault.isLocked());
    if (isSleep)
        Q_EMIT vault.events.aboutToSleep();
    else
        Q_EMIT vault.events.screenLocked();
    QCOMPARE(vault.vault.isLocked(), isWanted);
}

void TestVaultAutoLock::doesWithoutAnybodyWhoTellsOfTheSession()
{
    TwoPlaces places;
    const VaultAutoLock autoLock(places.vaultService, places.world.preferences, nullptr);
    QCOMPARE(places.vault.autoLock, std::chrono::milliseconds(15min));
}

LATCHKEY_TEST(TestVaultAutoLock)
#include "tst_vaultautolock.moc"
