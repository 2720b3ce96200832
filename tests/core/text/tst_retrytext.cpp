// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/retrytext.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestRetryText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsDownToTheNamedMoment_data();
    void countsDownToTheNamedMoment();
    void saysNothingWhereNoMomentWasNamed();
};

namespace {

const QDateTime asked(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);

Problem busyUntil(const QDateTime &retryAt)
{
    return { Problem::Kind::TooManyRequests, u"429"_s, {}, asked, retryAt };
}

} // namespace

void TestRetryText::countsDownToTheNamedMoment_data()
{
    QTest::addColumn<int>("passed");
    QTest::addColumn<QString>("expected");
    QTest::newRow("F27 the whole wait") << 0 << u"Try again in 1 h 00 min."_s;
    QTest::newRow("F27 its last minute") << 3558 << u"Try again in 42 s."_s;
    QTest::newRow("F27 its last second") << 3599 << u"Try again in 1 s."_s;
    QTest::newRow("F27 over") << 3600 << u"Try again."_s;
    QTest::newRow("F27 long over") << 90000 << u"Try again."_s;
}

void TestRetryText::countsDownToTheNamedMoment()
{
    QFETCH(const int, passed);
    QFETCH(const QString, expected);

    QCOMPARE(retryText(busyUntil(asked.addSecs(3600)), asked.addSecs(passed)), expected);
}

void TestRetryText::saysNothingWhereNoMomentWasNamed()
{
    QCOMPARE(retryText(busyUntil({}), asked), QString());
}

LATCHKEY_TEST(TestRetryText)
#include "tst_retrytext.moc"
