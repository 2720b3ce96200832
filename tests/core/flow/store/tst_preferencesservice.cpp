// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/preferencesservice.h"
#include "support/fakes/fakeworld.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace std::chrono_literals;

class TestPreferencesService final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsValuesIntoTheirRange();
    void keepsTheOldOnesWhenTheyCannotBeStored();
    void saysNothingWhenNothingChanged();
};

void TestPreferencesService::bringsValuesIntoTheirRange()
{
    FakeWorld world;
    Preferences wanted;
    wanted.clipboardLife = 1s;
    wanted.expiringThreshold = 1000min;
    wanted.proxyPort = 70000;
    QVERIFY(world.preferences.change(wanted).has_value());
    QCOMPARE(world.preferences.current().clipboardLife, 5s);
    QCOMPARE(world.preferences.current().expiringThreshold, 120min);
    QCOMPARE(world.preferences.current().proxyPort, 65535);
    QVERIFY(world.profile.preferences == world.preferences.current());
    wanted.clipboardLife = 0s; // never cleared is a choice of its own
    QVERIFY(world.preferences.change(wanted).has_value());
    QCOMPARE(world.preferences.current().clipboardLife, 0s);
}

void TestPreferencesService::keepsTheOldOnesWhenTheyCannotBeStored()
{
    FakeWorld world;
    world.profile.failure = AccountStoreError { AccountStoreError::Kind::Full, {} };
    Preferences wanted;
    wanted.clipboardLife = 60s;
    const auto changed = world.preferences.change(wanted);
    QCOMPARE(changed.error().kind, Problem::Kind::ProfileFull);
    QCOMPARE(world.preferences.current().clipboardLife, 30s);
}

void TestPreferencesService::saysNothingWhenNothingChanged()
{
    FakeWorld world;
    QSignalSpy changed(&world.preferences, &PreferencesService::changed);
    QVERIFY(world.preferences.change(world.preferences.current()).has_value());
    QCOMPARE(changed.count(), 0);
}

LATCHKEY_TEST(TestPreferencesService)

#include "tst_preferencesservice.moc"
