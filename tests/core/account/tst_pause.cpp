// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/pause.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;

class TestPause final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsDownToTheNamedMoment_data();
    void countsDownToTheNamedMoment();
    void isNoneWhereNoMomentWasNamed();
};

void TestPause::countsDownToTheNamedMoment_data()
{
    QTest::addColumn<qint64>("milliseconds"); // until the moment
    QTest::addColumn<int>("seconds");
    QTest::newRow("F27 5 s") << qint64(5000) << 5;
    QTest::newRow("F27 a part of a second is one to wait for") << qint64(4001) << 5;
    QTest::newRow("F27 almost there") << qint64(1) << 1;
    QTest::newRow("F27 there") << qint64(0) << 0;
    QTest::newRow("F27 over") << qint64(-1000) << 0;
    QTest::newRow("F27 an hour") << qint64(3600000) << 3600;
    QTest::newRow("F27, F80 of a clock that was set back") << qint64(3601000) << 0;
}

void TestPause::countsDownToTheNamedMoment()
{
    QFETCH(const qint64, milliseconds);
    QFETCH(const int, seconds);
    const QDateTime now(QDate(2026, 1, 15), QTime(12, 0), Qt::UTC);
    const Problem busy { Problem::Kind::TooManyRequests, {}, {}, now, now.addMSecs(milliseconds) };
    QCOMPARE(pauseLeft(busy, now).count(), seconds);
}

void TestPause::isNoneWhereNoMomentWasNamed()
{
    const QDateTime now(QDate(2026, 1, 15), QTime(12, 0), Qt::UTC);
    QCOMPARE(pauseLeft({ Problem::Kind::TooManyRequests, {}, {}, now, {} }, now).count(), 0);
}

LATCHKEY_TEST(TestPause)
#include "tst_pause.moc"
