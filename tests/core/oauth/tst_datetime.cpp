// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/datetime.h"
#include "support/testprogram.h"

#include <QScopeGuard>
#include <QTest>

#include <ctime>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestDateTime final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnIsoDateTime_data();
    void readsAnIsoDateTime();
    void meansUtcWhereverThisMachineStands_data();
    void meansUtcWhereverThisMachineStands();
    void readsAnHttpDate_data();
    void readsAnHttpDate();
    void readsAnyDate_data();
    void readsAnyDate();
};

namespace {

QDateTime utc(int year, int month, int day, int hour, int minute, int second, int millisecond = 0)
{
    return QDateTime(QDate(year, month, day), QTime(hour, minute, second, millisecond), Qt::UTC);
}

} // namespace

void TestDateTime::readsAnIsoDateTime_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDateTime>("moment"); // invalid: refused
    const auto row = [](const char *name, const QString &text, const QDateTime &moment = {}) {
        QTest::newRow(name) << text << moment;
    };

    row("Rev's sample", u"2017-08-31T15:00:10.495Z"_s, utc(2017, 8, 31, 15, 0, 10, 495));
    row("F14 Z", u"2026-03-01T12:00:00Z"_s, utc(2026, 3, 1, 12, 0, 0));
    row("F14 z", u"2026-03-01T12:00:00z"_s, utc(2026, 3, 1, 12, 0, 0));
    row("F14 +02:00", u"2026-03-01T01:00:00+02:00"_s, utc(2026, 2, 28, 23, 0, 0));
    row("F14 +0200", u"2026-03-01T01:00:00+0200"_s, utc(2026, 2, 28, 23, 0, 0));
    row("F14 -05:30", u"2026-12-31T20:00:00-05:30"_s, utc(2027, 1, 1, 1, 30, 0));
    row("F14 -00:00", u"2026-03-01T12:00:00-00:00"_s, utc(2026, 3, 1, 12, 0, 0));
    row("F14 1 fraction digit", u"2026-03-01T12:00:00.5Z"_s, utc(2026, 3, 1, 12, 0, 0, 500));
    row("F14 2 fraction digits", u"2026-03-01T12:00:00.05Z"_s, utc(2026, 3, 1, 12, 0, 0, 50));
    row("F14 3 fraction digits", u"2026-03-01T12:00:00.999Z"_s, utc(2026, 3, 1, 12, 0, 0, 999));
    row("F14 7 fraction digits", u"2026-03-01T12:00:00.1239999Z"_s, utc(2026, 3, 1, 12, 0, 0, 123));
    row("F14 9 fraction digits", u"2026-03-01T12:00:00.123456789Z"_s, utc(2026, 3, 1, 12, 0, 0, 123));
    row("F14 fraction and zone", u"2026-03-01T12:00:00.25+01:00"_s, utc(2026, 3, 1, 11, 0, 0, 250));
    row("F15 no zone", u"2026-03-01T12:00:00"_s, utc(2026, 3, 1, 12, 0, 0));
    row("F15 no zone, fraction", u"2026-03-01T12:00:00.5"_s, utc(2026, 3, 1, 12, 0, 0, 500));
    row("F16 leap second", u"2016-12-31T23:59:60Z"_s, utc(2016, 12, 31, 23, 59, 59));
    row("F16 in the past", u"0001-01-01T00:00:00Z"_s, utc(1, 1, 1, 0, 0, 0));
    row("F16 the last year", u"9999-12-31T23:59:59Z"_s, utc(9999, 12, 31, 23, 59, 59));
    row("F99 a blank for T", u"2026-03-01 12:00:00Z"_s, utc(2026, 3, 1, 12, 0, 0));
    row("F99 lower case t and z", u"2026-03-01t12:00:00.25z"_s, utc(2026, 3, 1, 12, 0, 0, 250));
    row("F99 a blank and a zone", u"2026-03-01 12:00:00+02:00"_s, utc(2026, 3, 1, 10, 0, 0));
    row("F99 no seconds", u"2026-03-01T12:05Z"_s, utc(2026, 3, 1, 12, 5, 0));
    row("F99 no seconds, another zone", u"2026-03-01T12:05-01:00"_s, utc(2026, 3, 1, 13, 5, 0));
    row("F99 no seconds and no zone", u"2026-03-01 12:05"_s, utc(2026, 3, 1, 12, 5, 0));
    row("F99 12 fraction digits", u"2026-03-01T12:00:00.123999999999Z"_s, utc(2026, 3, 1, 12, 0, 0, 123));
    row("a leap day", u"2024-02-29T00:00:00Z"_s, utc(2024, 2, 29, 0, 0, 0));

    row("a point without digits", u"2026-03-01T12:00:00.Z"_s);
    row("F99 a fraction of a minute", u"2026-03-01T12:00.5Z"_s);
    row("F99 no minutes", u"2026-03-01T12Z"_s);
    row("F99 two blanks for T", u"2026-03-01  12:00:00Z"_s);
    row("F99 a tab for T", u"2026-03-01\t12:00:00Z"_s);
    row("F99 a colon without seconds", u"2026-03-01T12:00:Z"_s);
    row("F16 year 0000", u"0000-01-01T00:00:00Z"_s);
    row("F16 year 10000", u"10000-01-01T00:00:00Z"_s);
    row("F16 year 0 by its zone", u"0001-01-01T00:00:00+02:00"_s);
    row("F16 year 10000 by its zone", u"9999-12-31T23:59:59-02:00"_s);
    row("F16 February 30", u"2026-02-30T00:00:00Z"_s);
    row("F16 February 29 in no leap year", u"2026-02-29T00:00:00Z"_s);
    row("F16 month 13", u"2026-13-01T00:00:00Z"_s);
    row("F16 24:00", u"2026-03-01T24:00:00Z"_s);
    row("F16 minute 60", u"2026-03-01T12:60:00Z"_s);
    row("F16 second 61", u"2026-03-01T12:00:61Z"_s);
    row("F16 epoch number", u"1772366400"_s);
    row("F16 RFC 1123", u"Sun, 01 Mar 2026 12:00:00 GMT"_s);
    row("F16 U+2212 minus", u"2026-03-01T12:00:00\u221202:00"_s);
    row("zone of 24 hours", u"2026-03-01T12:00:00+24:00"_s);
    row("zone of 60 minutes", u"2026-03-01T12:00:00+01:60"_s);
    row("zone of hours only", u"2026-03-01T12:00:00+02"_s);
    row("zone by name", u"2026-03-01T12:00:00 UTC"_s);
    row("a date alone", u"2026-03-01"_s);
    row("one digit", u"2026-3-1T12:00:00Z"_s);
    row("a sign", u"+2026-03-01T12:00:00Z"_s);
    row("no dashes", u"20260301T120000Z"_s);
    row("a blank before it", u" 2026-03-01T12:00:00Z"_s);
    row("a blank after it", u"2026-03-01T12:00:00Z "_s);
    row("two zones", u"2026-03-01T12:00:00ZZ"_s);
    row("Arabic digits", u"٢٠٢٦-03-01T12:00:00Z"_s);
    row("nothing", u""_s);
}

void TestDateTime::readsAnIsoDateTime()
{
    QFETCH(QString, text);
    const auto moment = readDateTime(text);
    QTEST(moment.value_or(QDateTime()), "moment");
    if (moment)
        QCOMPARE(moment->timeSpec(), Qt::UTC);
}

void TestDateTime::meansUtcWhereverThisMachineStands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDateTime>("moment");

    // Local times that do not exist, or exist twice, in New York.
    QTest::newRow("F15 in the gap") << u"2026-03-08T02:30:00"_s << utc(2026, 3, 8, 2, 30, 0);
    QTest::newRow("F15 twice") << u"2026-11-01T01:30:00"_s << utc(2026, 11, 1, 1, 30, 0);
    QTest::newRow("F15 in the gap with a zone") << u"2026-03-08T02:30:00Z"_s << utc(2026, 3, 8, 2, 30, 0);
}

void TestDateTime::meansUtcWhereverThisMachineStands()
{
    const QByteArray before = qgetenv("TZ");
    const auto restore = qScopeGuard([&] {
        qputenv("TZ", before);
        tzset();
    });
    qputenv("TZ", "America/New_York");
    tzset();

    QFETCH(QString, text);
    const auto moment = readDateTime(text);
    QVERIFY(moment);
    QTEST(*moment, "moment");
}

void TestDateTime::readsAnHttpDate_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QDateTime>("moment");
    const auto row = [](const char *name, const char *text, const QDateTime &moment = {}) {
        QTest::newRow(name) << QByteArray(text) << moment;
    };

    row("RFC 9110 section 5.6.7", "Sun, 06 Nov 1994 08:49:37 GMT", utc(1994, 11, 6, 8, 49, 37));
    row("leap second", "Sat, 31 Dec 2016 23:59:60 GMT", utc(2016, 12, 31, 23, 59, 59));
    row("blanks around it", " Sun, 06 Nov 1994 08:49:37 GMT ", utc(1994, 11, 6, 8, 49, 37));
    row("F27 the RFC 850 form", "Sunday, 06-Nov-94 08:49:37 GMT", utc(1994, 11, 6, 8, 49, 37));
    row("F27 the RFC 850 form, this century", "Sunday, 01-Mar-26 12:00:00 GMT", utc(2026, 3, 1, 12, 0, 0));
    row("F27 the RFC 850 form, 1969", "Wednesday, 31-Dec-69 23:59:59 GMT", utc(1969, 12, 31, 23, 59, 59));
    row("F27 the RFC 850 form, 2068", "Sunday, 01-Jan-68 00:00:00 GMT", utc(2068, 1, 1, 0, 0, 0));
    row("F27 the asctime form", "Sun Nov  6 08:49:37 1994", utc(1994, 11, 6, 8, 49, 37));
    row("F27 the asctime form, two digits", "Wed Nov 16 08:49:37 1994", utc(1994, 11, 16, 8, 49, 37));
    row("the RFC 850 form, a short day", "Sun, 06-Nov-94 08:49:37 GMT");
    row("the RFC 850 form, a long year", "Sunday, 06-Nov-1994 08:49:37 GMT");
    row("the RFC 850 form, blanks", "Sunday, 06 Nov 1994 08:49:37 GMT");
    row("the RFC 850 form without its zone", "Sunday, 06-Nov-94 08:49:37");
    row("the RFC 850 form, unknown month", "Sunday, 06-Foo-94 08:49:37 GMT");
    row("the asctime form, one blank", "Sun Nov 6 08:49:37 1994");
    row("the asctime form, a zone", "Sun Nov  6 08:49:37 1994 GMT");
    row("the asctime form, a comma", "Sun, Nov  6 08:49:37 1994");
    row("the asctime form, unknown day", "Foo Nov  6 08:49:37 1994");
    row("the asctime form, November 31", "Sun Nov 31 08:49:37 1994");
    row("a weekday", "Sun");
    row("a weekday and a comma", "Sun,");
    row("another zone", "Sun, 06 Nov 1994 08:49:37 CET");
    row("an offset", "Sun, 06 Nov 1994 08:49:37 +0000");
    row("unknown month", "Sun, 06 Foo 1994 08:49:37 GMT");
    row("unknown day", "Foo, 06 Nov 1994 08:49:37 GMT");
    row("November 31", "Sun, 31 Nov 1994 08:49:37 GMT");
    row("cut", "Sun, 06 Nov 1994 08:49:37");
    row("more", "Sun, 06 Nov 1994 08:49:37 GMTX");
    row("a number", "120");
    row("nothing", "");
}

void TestDateTime::readsAnHttpDate()
{
    QFETCH(QByteArray, text);
    QTEST(readHttpDate(text).value_or(QDateTime()), "moment");
}

void TestDateTime::readsAnyDate_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDateTime>("moment");
    const auto row = [](const char *name, const QString &text, const QDateTime &moment = {}) {
        QTest::newRow(name) << text << moment;
    };
    const QDateTime moment = utc(2014, 11, 18, 14, 3, 0);

    row("F98 Priava's sample, with the wrong weekday", u"Thu, 18 Nov 2014 14:03:00"_s, moment);
    row("F98 with its zone", u"Tue, 18 Nov 2014 14:03:00 GMT"_s, moment);
    row("F98 blanks around it", u" Thu, 18 Nov 2014 14:03:00 "_s, moment);
    row("F98 ISO without a zone", u"2014-11-18T14:03:00"_s, moment);
    row("F98 ISO with one", u"2014-11-18T15:03:00+01:00"_s, moment);
    row("F98 another zone by name", u"Thu, 18 Nov 2014 14:03:00 PST"_s);
    row("F98 no seconds", u"Thu, 18 Nov 2014 14:03"_s);
    row("F98 no day", u"Thu, 31 Nov 2014 14:03:00"_s);
    row("F98 a word", u"later"_s);
    row("F98 nothing", u""_s);
}

void TestDateTime::readsAnyDate()
{
    QFETCH(QString, text);
    QTEST(readAnyDate(text).value_or(QDateTime()), "moment");
    if (!text.endsWith("GMT"_L1))
        QVERIFY(!readHttpDate(text.toLatin1()));
}

LATCHKEY_TEST(TestDateTime)

#include "tst_datetime.moc"
