// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/durationargument.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestDurationArgument final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeopleWrite_data();
    void readsWhatPeopleWrite();
    void refusesEverythingElse_data();
    void refusesEverythingElse();
};

void TestDurationArgument::readsWhatPeopleWrite_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("seconds") << u"90s"_s << qint64(90);
    QTest::newRow("minutes") << u"10m"_s << qint64(600);
    QTest::newRow("hours and minutes") << u"1h30m"_s << qint64(5400);
    QTest::newRow("all of them") << u"1d2h3m4s"_s << qint64(93784);
    QTest::newRow("days") << u"30d"_s << qint64(2592000);
    QTest::newRow("without a unit") << u"120"_s << qint64(120);
    QTest::newRow("nothing") << u"0"_s << qint64(0);
    QTest::newRow("nothing, in seconds") << u"0s"_s << qint64(0);
    QTest::newRow("leading zeros") << u"007m"_s << qint64(420);
    QTest::newRow("ten years") << u"3653d"_s << qint64(315619200);
}

void TestDurationArgument::readsWhatPeopleWrite()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    const auto read = durationArgument(text);
    QVERIFY(read.has_value());
    QCOMPARE(static_cast<qint64>(read->count()), seconds);
}

void TestDurationArgument::refusesEverythingElse_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &text : { u""_s,           u" "_s,         u"s"_s,          u"soon"_s,
                                 u"10 m"_s,       u" 10m"_s,      u"10m "_s,       u"-1s"_s,
                                 u"+1s"_s,        u"1.5h"_s,      u"1,5h"_s,       u"1e3"_s,
                                 u"0x10"_s,       u"10M"_s,       u"10min"_s,      u"30m1h"_s,
                                 u"1h1h"_s,       u"1h30"_s,      u"h30m"_s,       u"3654d"_s,
                                 u"999999999d"_s, u"315619201"_s, u"1234567890"_s, u"99999999999999999999s"_s,
                                 u"\u0661s"_s,    u"10m\n"_s })
        QTest::newRow(qPrintable(u"\"%1\""_s.arg(text.trimmed()))) << text;
}

void TestDurationArgument::refusesEverythingElse()
{
    QFETCH(QString, text);
    QVERIFY(!durationArgument(text));
}

LATCHKEY_TEST(TestDurationArgument)

#include "tst_durationargument.moc"
