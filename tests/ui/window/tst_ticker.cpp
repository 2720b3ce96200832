// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"
#include "ui/window/ticker.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace std::chrono_literals;

class TestTicker final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ticksAtOnceWhenItStarts();
    void standsStillUntilStarted();
    void ticksByHandWithoutStarting();
    void goesOnTicking();
    void showsTheTimeThatPassedInSleep();
    void noticesThatTheClockWasSet_data();
    void noticesThatTheClockWasSet();

private:
    QDateTime m_now { QDate(2026, 1, 15), QTime(12, 0), Qt::UTC };
    std::chrono::seconds m_jump {};
    Clock m_clock = [this] { return m_now; };
};

void TestTicker::ticksAtOnceWhenItStarts()
{
    Ticker ticker(m_clock);
    QSignalSpy ticked(&ticker, &Ticker::ticked);

    ticker.setRunning(true);

    QVERIFY(ticker.isRunning());
    QCOMPARE(ticked.count(), 1);
    QCOMPARE(ticked[0][0].toDateTime(), m_now);
}

void TestTicker::standsStillUntilStarted()
{
    Ticker ticker(m_clock);
    ticker.setRunning(true);
    ticker.setRunning(false);

    QVERIFY(!ticker.isRunning());
    QVERIFY(ticker.findChildren<QTimer *>().isEmpty());
}

void TestTicker::ticksByHandWithoutStarting()
{
    Ticker ticker(m_clock);
    QSignalSpy ticked(&ticker, &Ticker::ticked);

    ticker.tick();

    QCOMPARE(ticked.count(), 1);
    QVERIFY(!ticker.isRunning());
}

void TestTicker::goesOnTicking()
{
    // Close to the end of a second, so that the next one begins at once.
    m_now.setTime(QTime(12, 0, 0, 990));
    Ticker ticker(m_clock);
    QSignalSpy ticked(&ticker, &Ticker::ticked);

    ticker.setRunning(true);

    QTRY_VERIFY(ticked.count() >= 3);
}

// F81
void TestTicker::showsTheTimeThatPassedInSleep()
{
    m_jump = 0s;
    Ticker ticker(m_clock);
    ticker.watchWallClock([this] { return m_jump; });
    QSignalSpy ticked(&ticker, &Ticker::ticked);
    QSignalSpy jumped(&ticker, &Ticker::clockJumped);

    m_now = m_now.addSecs(8 * 3600); // both clocks went on
    ticker.tick(); // as when the machine is awake again

    QCOMPARE(ticked.count(), 1);
    QCOMPARE(ticked[0][0].toDateTime(), m_now);
    QCOMPARE(jumped.count(), 0);
    QVERIFY(!ticker.isRunning());
}

void TestTicker::noticesThatTheClockWasSet_data()
{
    QTest::addColumn<qint64>("offset"); // of the wall clock, in seconds
    QTest::addColumn<bool>("isNoticed");

    QTest::newRow("nothing happened") << qint64(0) << false;
    QTest::newRow("F80 set forward by two hours") << qint64(7200) << true;
    QTest::newRow("F80 set back by two hours") << qint64(-7200) << true;
    QTest::newRow("F80 set to 1970") << -m_now.toSecsSinceEpoch() << true;
    QTest::newRow("set right by a few seconds") << qint64(6) << false;
}

void TestTicker::noticesThatTheClockWasSet()
{
    QFETCH(qint64, offset);
    QFETCH(bool, isNoticed);
    m_jump = 0s;
    Ticker ticker(m_clock);
    ticker.watchWallClock([this] { return m_jump; });
    QSignalSpy jumped(&ticker, &Ticker::clockJumped);
    ticker.tick();

    m_jump = std::chrono::seconds(offset);
    ticker.tick();
    ticker.tick(); // said once, not at every tick

    QCOMPARE(jumped.count(), isNoticed ? 1 : 0);
    if (isNoticed)
        QCOMPARE(jumped[0][0].toLongLong(), offset);
}

LATCHKEY_TEST(TestTicker)

#include "tst_ticker.moc"
