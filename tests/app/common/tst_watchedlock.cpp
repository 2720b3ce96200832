// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/watchedlock.h"
#include "support/fakes/fakes.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestWatchedLock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isIdleOnceEveryLockIsFree();
    void passesAFailureOn();
    void isOutlivedByAHold();
};

// F67
void TestWatchedLock::isIdleOnceEveryLockIsFree()
{
    FakeLock inner;
    WatchedLock lock(inner);
    QSignalSpy idle(&lock, &WatchedLock::becameIdle);
    QVERIFY(lock.isIdle());
    auto first = std::make_unique<Answer<LockResult>>();
    auto second = std::make_unique<Answer<LockResult>>();
    lock.acquire(u"a"_s, first->reply());
    lock.acquire(u"b"_s, second->reply());
    QVERIFY(!lock.isIdle());
    first.reset();
    QVERIFY(!lock.isIdle());
    second.reset();
    QVERIFY(lock.isIdle());
    QCOMPARE(idle.count(), 1);
}

void TestWatchedLock::passesAFailureOn()
{
    FakeLock inner;
    inner.failure = LockError { LockError::Kind::TimedOut, {} };
    WatchedLock lock(inner);
    Answer<LockResult> answer;
    lock.acquire(u"a"_s, answer.reply());
    QVERIFY(answer.value().error() == *inner.failure);
    QVERIFY(lock.isIdle());
}

void TestWatchedLock::isOutlivedByAHold()
{
    FakeLock inner;
    auto lock = std::make_unique<WatchedLock>(inner);
    auto answer = std::make_unique<Answer<LockResult>>();
    lock->acquire(u"a"_s, answer->reply());
    lock.reset();
    answer.reset(); // no crash, and the lock is free again
    Answer<LockResult> next;
    inner.acquire(u"a"_s, next.reply());
    QVERIFY(next.isThere());
}

LATCHKEY_TEST(TestWatchedLock)

#include "tst_watchedlock.moc"
