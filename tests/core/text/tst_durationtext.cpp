// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/durationtext.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace std::chrono;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestDurationText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAtMostTwoUnits_data();
    void namesAtMostTwoUnits();
    void namesOneUnitOfThePast_data();
    void namesOneUnitOfThePast();
};

void TestDurationText::namesAtMostTwoUnits_data()
{
    QTest::addColumn<qint64>("duration");
    QTest::addColumn<QString>("expected");
    const auto row = [](seconds duration, const QString &expected) {
        QTest::newRow(expected.toLatin1().constData()) << qint64(duration.count()) << expected;
    };
    QTest::newRow("negative") << qint64(-5) << u"0 s"_s;
    row(0s, u"0 s"_s);
    row(42s, u"42 s"_s);
    row(59s, u"59 s"_s);
    row(60s, u"1 min 00 s"_s);
    row(4min + 5s, u"4 min 05 s"_s);
    row(59min + 59s, u"59 min 59 s"_s);
    row(1h, u"1 h 00 min"_s);
    row(5h + 59min + 59s, u"5 h 59 min"_s);
    row(6 * 24h + 4h + 59min, u"6 d 04 h"_s);
    row(3650 * 24h, u"3650 d 00 h"_s);
}

void TestDurationText::namesAtMostTwoUnits()
{
    QFETCH(qint64, duration);

    QTEST(durationText(seconds(duration)), "expected");
}

void TestDurationText::namesOneUnitOfThePast_data()
{
    QTest::addColumn<qint64>("since");
    QTest::addColumn<QString>("expected");
    QTest::newRow("the clock was set back") << qint64(-100) << u"just now"_s;
    QTest::newRow("59 s") << qint64(59) << u"just now"_s;
    QTest::newRow("1 min") << qint64(60) << u"1 min ago"_s;
    QTest::newRow("12 min") << qint64(779) << u"12 min ago"_s;
    QTest::newRow("3 h") << qint64(4 * 3600 - 1) << u"3 h ago"_s;
    QTest::newRow("2 d") << qint64(2 * 86400) << u"2 d ago"_s;
}

void TestDurationText::namesOneUnitOfThePast()
{
    QFETCH(qint64, since);

    QTEST(agoText(seconds(since)), "expected");
}

LATCHKEY_TEST(TestDurationText)
#include "tst_durationtext.moc"
