// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ticker.h"

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
    void noticesThatTheClockWasSet_data();
    void noticesThatTheClockWasSet();

private:
    QDateTime m_now { QDate(2026, 1, 15), QTime(12, 0), Qt::UTC };
    std::chrono::milliseconds m_uptime = 1h;
    Clock m_clock = [this] { return m_now; };
    Ticker::Uptime m_readUptime = [this] { return m_uptime; };
};

void TestTicker::ticksAtOnceWhenItStarts()
{
    Ticker ticker(m_clock, m_readUptime);
    QSignalSpy ticked(&ticker, &Ticker::ticked);

    ticker.setRunning(true);

    QVERIFY(ticker.isRunning());
    QCOMPARE(ticked.count(), 1);
    QCOMPARE(ticked[0][0].toDateTime(), m_now);
}

void TestTicker::standsStillUntilStarted()
{
    Ticker ticker(m_clock, m_readUptime);
    ticker.setRunning(true);
    ticker.setRunning(false);

    QVERIFY(!ticker.isRunning());
    QVERIFY(ticker.findChildren<QTimer *>().isEmpty());
}

void TestTicker::ticksByHandWithoutStarting()
{
    Ticker ticker(m_clock, m_readUptime);
    QSignalSpy ticked(&ticker, &Ticker::ticked);

    ticker.tick();

    QCOMPARE(ticked.count(), 1);
    QVERIFY(!ticker.isRunning());
}

void TestTicker::goesOnTicking()
{
    // Close to the end of a second, so that the next one begins at once.
    m_now.setTime(QTime(12, 0, 0, 990));
    Ticker ticker(m_clock, m_readUptime);
    QSignalSpy ticked(&ticker, &Ticker::ticked);

    ticker.setRunning(true);

    QTRY_VERIFY(ticked.count() >= 3);
}

void TestTicker::noticesThatTheClockWasSet_data()
{
    QTest::addColumn<qint64>("clockSeconds");
    QTest::addColumn<qint64>("uptimeSeconds");
    QTest::addColumn<qint64>("jump");

    QTest::newRow("a second passes") << qint64(1) << qint64(1) << qint64(0);
    QTest::newRow("F80 set forward by two hours") << qint64(7201) << qint64(1) << qint64(7200);
    QTest::newRow("F80 set back by two hours") << qint64(-7199) << qint64(1) << qint64(-7200);
    QTest::newRow("F80 set to 1970") << -m_now.toSecsSinceEpoch() << qint64(0) << -m_now.toSecsSinceEpoch();
    QTest::newRow("F81 slept for eight hours") << qint64(28800) << qint64(28800) << qint64(0);
    QTest::newRow("set right by a few seconds") << qint64(6) << qint64(1) << qint64(0);
}

void TestTicker::noticesThatTheClockWasSet()
{
    QFETCH(qint64, clockSeconds);
    QFETCH(qint64, uptimeSeconds);
    QFETCH(qint64, jump);
    Ticker ticker(m_clock, m_readUptime);
    QSignalSpy jumped(&ticker, &Ticker::clockJumped);
    ticker.tick();

    const QDateTime before = m_now;
    m_now = m_now.addSecs(clockSeconds);
    m_uptime += std::chrono::seconds(uptimeSeconds);
    ticker.tick();
    m_now = before;

    QCOMPARE(jumped.count(), jump == 0 ? 0 : 1);
    if (jump != 0)
        QCOMPARE(jumped[0][0].toLongLong(), jump);
}

QTEST_GUILESS_MAIN(TestTicker)

#include "tst_ticker.moc"
