// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/handout/activityservice.h"
#include "support/fakestores.h"
#include "support/fakeworld.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestActivityService final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsWhoTookWhatAndWhen();
    void recordsNothingWhenSwitchedOff();
    void reportsThatItCouldNotRecord();
    void clearsOneAccountOrAll();
    void saysWhyItCannotReadOrClear();
};

namespace {

struct Desk
{
    FakeWorld world;
    FakeActivityStore store;
    ActivityService activity { store, world.preferences, world.clock };
    QSignalSpy changed { &activity, &ActivityService::changed };
    QSignalSpy failed { &activity, &ActivityService::recordFailed };
};

Account account(const QString &name)
{
    Account made;
    made.id = AccountId::create();
    made.name = name;
    return made;
}

} // namespace

void TestActivityService::recordsWhoTookWhatAndWhen()
{
    Desk desk;
    const Account one = account(u"One"_s);
    desk.activity.record(one, u"curl"_s, u"latchkey-cli from bash"_s);
    const ActivityEntry expected { desk.world.now, one.id, u"One"_s, u"curl"_s, u"latchkey-cli from bash"_s };
    QCOMPARE(desk.activity.entries({}).value(), QList { expected });
    QCOMPARE(desk.changed.count(), 1);
    desk.world.now = desk.world.now.addSecs(1);
    desk.activity.record(account(u"Two"_s), u"token"_s, u"latchkey"_s);
    QCOMPARE(desk.activity.entries({}).value().constFirst().accountName, u"Two"_s);
    QCOMPARE(desk.activity.entries({}, 1).value().size(), 1);
    QCOMPARE(desk.activity.entries(one.id).value(), QList { expected });
}

void TestActivityService::recordsNothingWhenSwitchedOff()
{
    Desk desk;
    QVERIFY(desk.activity.isRecording());
    QVERIFY(desk.activity.setRecording(false));
    QVERIFY(!desk.activity.isRecording());
    QVERIFY(!desk.world.profile.preferences.recordActivity);
    desk.activity.record(account(u"One"_s), u"curl"_s, u"latchkey"_s);
    QCOMPARE(desk.activity.entries({}).value().size(), 0);
    QVERIFY(desk.activity.setRecording(true));
    desk.activity.record(account(u"One"_s), u"curl"_s, u"latchkey"_s);
    QCOMPARE(desk.activity.entries({}).value().size(), 1);

    desk.world.profile.failure = AccountStoreError { AccountStoreError::Kind::ReadOnly, {} };
    QCOMPARE(desk.activity.setRecording(false).error().kind, Problem::Kind::ProfileReadOnly);
    QVERIFY(desk.activity.isRecording());
}

void TestActivityService::reportsThatItCouldNotRecord()
{
    Desk desk;
    desk.store.failure = AccountStoreError { AccountStoreError::Kind::Full, {} };
    desk.activity.record(account(u"One"_s), u"curl"_s, u"latchkey"_s);
    QCOMPARE(desk.changed.count(), 0);
    QCOMPARE(desk.failed.count(), 1);
    QCOMPARE(desk.failed.constFirst().constFirst().value<Problem>().kind, Problem::Kind::ProfileFull);
}

void TestActivityService::clearsOneAccountOrAll()
{
    Desk desk;
    const Account one = account(u"One"_s);
    const Account two = account(u"Two"_s);
    for (const Account &taken : { one, two, two })
        desk.activity.record(taken, u"curl"_s, u"latchkey"_s);
    desk.changed.clear();
    QVERIFY(desk.activity.clear(two.id));
    QCOMPARE(desk.activity.entries({}).value().size(), 1);
    QVERIFY(desk.activity.clear({}));
    QCOMPARE(desk.activity.entries({}).value().size(), 0);
    QCOMPARE(desk.changed.count(), 2);
}

void TestActivityService::saysWhyItCannotReadOrClear()
{
    Desk desk;
    desk.store.failure = AccountStoreError { AccountStoreError::Kind::Corrupt, {} };
    QCOMPARE(desk.activity.entries({}).error().kind, Problem::Kind::ProfileCorrupt);
    QCOMPARE(desk.activity.clear({}).error().kind, Problem::Kind::ProfileCorrupt);
    QCOMPARE(desk.changed.count(), 0);
}

LATCHKEY_TEST(TestActivityService)

#include "tst_activityservice.moc"
