// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/handout/activityservice.h"
#include "support/fakes/fakestores.h"
#include "support/fakes/fakeworld.h"
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

struct Fixture
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
    Fixture fixture;
    const Account one = account(u"One"_s);
    fixture.activity.record(one, u"curl"_s, u"latchkey-cli from bash"_s);
    const ActivityEntry expected { fixture.world.now, one.id, u"One"_s, u"curl"_s,
                                   u"latchkey-cli from bash"_s };
    QCOMPARE(fixture.activity.entries({}).value(), QList { expected });
    QCOMPARE(fixture.changed.count(), 1);
    fixture.world.now = fixture.world.now.addSecs(1);
    fixture.activity.record(account(u"Two"_s), u"token"_s, u"latchkey"_s);
    QCOMPARE(fixture.activity.entries({}).value().constFirst().accountName, u"Two"_s);
    QCOMPARE(fixture.activity.entries({}, 1).value().size(), 1);
    QCOMPARE(fixture.activity.entries(one.id).value(), QList { expected });
}

void TestActivityService::recordsNothingWhenSwitchedOff()
{
    Fixture fixture;
    QVERIFY(fixture.activity.isRecording());
    QVERIFY(fixture.activity.setRecording(false));
    QVERIFY(!fixture.activity.isRecording());
    QVERIFY(!fixture.world.profile.preferences.recordActivity);
    fixture.activity.record(account(u"One"_s), u"curl"_s, u"latchkey"_s);
    QCOMPARE(fixture.activity.entries({}).value().size(), 0);
    QVERIFY(fixture.activity.setRecording(true));
    fixture.activity.record(account(u"One"_s), u"curl"_s, u"latchkey"_s);
    QCOMPARE(fixture.activity.entries({}).value().size(), 1);

    fixture.world.profile.failure = AccountStoreError { AccountStoreError::Kind::ReadOnly, {} };
    QCOMPARE(fixture.activity.setRecording(false).error().kind, Problem::Kind::ProfileReadOnly);
    QVERIFY(fixture.activity.isRecording());
}

void TestActivityService::reportsThatItCouldNotRecord()
{
    Fixture fixture;
    fixture.store.failure = AccountStoreError { AccountStoreError::Kind::Full, {} };
    fixture.activity.record(account(u"One"_s), u"curl"_s, u"latchkey"_s);
    QCOMPARE(fixture.changed.count(), 0);
    QCOMPARE(fixture.failed.count(), 1);
    QCOMPARE(fixture.failed.constFirst().constFirst().value<Problem>().kind, Problem::Kind::ProfileFull);
}

void TestActivityService::clearsOneAccountOrAll()
{
    Fixture fixture;
    const Account one = account(u"One"_s);
    const Account two = account(u"Two"_s);
    for (const Account &taken : { one, two, two })
        fixture.activity.record(taken, u"curl"_s, u"latchkey"_s);
    fixture.changed.clear();
    QVERIFY(fixture.activity.clear(two.id));
    QCOMPARE(fixture.activity.entries({}).value().size(), 1);
    QVERIFY(fixture.activity.clear({}));
    QCOMPARE(fixture.activity.entries({}).value().size(), 0);
    QCOMPARE(fixture.changed.count(), 2);
}

void TestActivityService::saysWhyItCannotReadOrClear()
{
    Fixture fixture;
    fixture.store.failure = AccountStoreError { AccountStoreError::Kind::Corrupt, {} };
    QCOMPARE(fixture.activity.entries({}).error().kind, Problem::Kind::ProfileCorrupt);
    QCOMPARE(fixture.activity.clear({}).error().kind, Problem::Kind::ProfileCorrupt);
    QCOMPARE(fixture.changed.count(), 0);
}

LATCHKEY_TEST(TestActivityService)

#include "tst_activityservice.moc"
