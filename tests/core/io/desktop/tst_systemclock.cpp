// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/io/desktop/systemclock.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace std::chrono_literals;

namespace {

const QDateTime noon(QDate(2026, 8, 1), QTime(12, 0), Qt::UTC);

} // namespace

class TestSystemClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_wall = noon;
        m_sinceBoot = 5h;
    }
    void startsWithTheWallClock();
    void advancesByTheClockThatNobodyCanSet();
    void noticesAJumpOfTheWallClock_data();
    void noticesAJumpOfTheWallClock();
    void takesTheWallClockForTrueAgain();
    void isAClockByReference();
    void agreesWithTheSystem();

private:
    SystemClock makeClock()
    {
        return SystemClock(
            { .wall = [this] { return m_wall; }, .sinceBoot = [this] { return m_sinceBoot; } });
    }

    QDateTime m_wall;
    std::chrono::milliseconds m_sinceBoot {};
};

void TestSystemClock::startsWithTheWallClock()
{
    m_wall = noon.toOffsetFromUtc(7200);
    const auto clock = makeClock();
    QCOMPARE(clock(), noon);
    QCOMPARE(clock().timeSpec(), Qt::UTC);
}

// F81, R35
void TestSystemClock::advancesByTheClockThatNobodyCanSet()
{
    const auto clock = makeClock();
    m_sinceBoot += 8h + 250ms; // a night's suspend is part of it
    QCOMPARE(clock(), noon.addSecs(8 * 3600).addMSecs(250));
}

void TestSystemClock::noticesAJumpOfTheWallClock_data()
{
    QTest::addColumn<QDateTime>("wall");
    QTest::newRow("F80 two hours ahead") << noon.addSecs(7200);
    QTest::newRow("F80 two hours back") << noon.addSecs(-7200);
    QTest::newRow("F80 ten years ahead") << noon.addYears(10);
    QTest::newRow("F80 1970") << QDateTime::fromSecsSinceEpoch(0, Qt::UTC);
    QTest::newRow("F80 none") << noon;
}

void TestSystemClock::noticesAJumpOfTheWallClock()
{
    QFETCH(QDateTime, wall);
    const auto clock = makeClock();
    m_sinceBoot += 60s;
    m_wall = wall.addSecs(60);

    QCOMPARE(clock(), noon.addSecs(60));
    QCOMPARE(clock.wallClockJump().count(), noon.secsTo(wall));
}

void TestSystemClock::takesTheWallClockForTrueAgain()
{
    auto clock = makeClock();
    m_sinceBoot += 60s;
    m_wall = noon.addSecs(7260);

    clock.reanchor();
    m_sinceBoot += 10s;
    m_wall = m_wall.addSecs(10);

    QCOMPARE(clock(), noon.addSecs(7270));
    QCOMPARE(clock.wallClockJump(), 0s);
}

void TestSystemClock::isAClockByReference()
{
    auto system = makeClock();
    const Clock clock = std::ref(system);
    m_wall = noon.addSecs(3600);
    system.reanchor();
    QCOMPARE(clock(), noon.addSecs(3600));
}

void TestSystemClock::agreesWithTheSystem()
{
    const SystemClock clock;
    QVERIFY(qAbs(clock().msecsTo(QDateTime::currentDateTimeUtc())) < 5000);
    QVERIFY(qAbs(clock.wallClockJump().count()) < 5);
}

LATCHKEY_TEST(TestSystemClock)
#include "tst_systemclock.moc"
