// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/idletimer.h"
#include "support/testprogram.h"

#include <QRegularExpression>
#include <QTest>

using namespace latchkey;
using namespace std::chrono_literals;

class TestIdleTimer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isOverAfterSoLong();
    void beginsAnewWhenItIsRestarted();
    void saysSoByItself();
    void F81_countsTheTimeOfASleepingComputer();
    void F84_setsNoTimerLongerThanOneCanRun();
    void isNeverOverUnlessAsked();

private:
    QDateTime m_now;
    int m_said = 0;
    std::unique_ptr<IdleTimer> m_timer;
};

void TestIdleTimer::init()
{
    m_now = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    m_said = 0;
    m_timer = std::make_unique<IdleTimer>([this] { return m_now; }, [this] { ++m_said; });
}

void TestIdleTimer::isOverAfterSoLong()
{
    m_timer->setLimit(10min);
    m_timer->restart();
    m_now = m_now.addSecs(599);
    QVERIFY(!m_timer->isOver());
    m_now = m_now.addSecs(1);
    QVERIFY(m_timer->isOver());
}

void TestIdleTimer::beginsAnewWhenItIsRestarted()
{
    m_timer->setLimit(10min);
    m_timer->restart();
    m_now = m_now.addSecs(599);
    m_timer->restart();
    m_now = m_now.addSecs(599);
    QVERIFY(!m_timer->isOver());
}

void TestIdleTimer::saysSoByItself()
{
    m_timer->restart();
    m_timer->setLimit(1ms);
    m_now = m_now.addMSecs(1);
    QTRY_COMPARE(m_said, 1);
}

// It passed while no timer ran.
void TestIdleTimer::F81_countsTheTimeOfASleepingComputer()
{
    m_timer->setLimit(std::chrono::hours(24 * 60));
    m_timer->restart();
    m_now = m_now.addDays(59);
    QVERIFY(!m_timer->isOver());
    m_now = m_now.addDays(1);
    QVERIFY(m_timer->isOver());
}

// A QTimer runs for 24.8 days at most; given a month it warns and never fires.
void TestIdleTimer::F84_setsNoTimerLongerThanOneCanRun()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
    m_timer->restart();
    m_timer->setLimit(std::chrono::hours(24 * 30));
    QVERIFY(!m_timer->isOver());
}

void TestIdleTimer::isNeverOverUnlessAsked()
{
    m_timer->restart();
    m_now = m_now.addYears(1);
    QVERIFY(!m_timer->isOver());
    m_timer->setLimit(1min);
    QVERIFY(m_timer->isOver());
    m_timer->setLimit(0ms);
    QVERIFY(!m_timer->isOver());
    m_timer->setLimit(1min);
    m_timer->stop();
    QVERIFY(!m_timer->isOver());
}

LATCHKEY_TEST(TestIdleTimer)
#include "tst_idletimer.moc"
