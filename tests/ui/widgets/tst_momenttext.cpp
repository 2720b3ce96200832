// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/expiry.h"
#include "support/testprogram.h"
#include "ui/widgets/momenttext.h"

#include <QTest>

#include <ctime>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestMomentText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheTimeZone_data();
    void followsTheTimeZone();
    void cleanup();
};

void TestMomentText::cleanup()
{
    qputenv("TZ", "UTC");
    ::tzset();
}

void TestMomentText::followsTheTimeZone_data()
{
    QTest::addColumn<QString>("expiresAt"); // UTC; the token is looked at half an hour before
    QTest::addColumn<QString>("inUtc");
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("there");
    const auto row = [](const char *name, const char *at, const char *inUtc, const char *zone,
                        const char *there) {
        QTest::newRow(name) << QString::fromLatin1(at) << QString::fromLatin1(inUtc) << QByteArray(zone)
                            << QString::fromLatin1(there);
    };
    row("F82 to New York", "2026-01-15T20:00:00Z", "today 20:00:00", "America/New_York", "today 15:00:00");
    row("F82 to Kathmandu", "2026-01-15T20:00:00Z", "today 20:00:00", "Asia/Kathmandu", "today 01:45:00");
    row("F82 over midnight", "2026-01-16T00:15:00Z", "tomorrow 00:15:00", "America/New_York",
        "today 19:15:00");
    // 2026-03-08T02:30 does not exist there: a token that ends half an hour after 01:59:59 ends after three.
    row("F82 into daylight saving", "2026-03-08T07:30:00Z", "today 07:30:00", "America/New_York",
        "today 03:30:00");
    // 2026-11-01T01:30 comes twice.
    row("F82 the first half past one", "2026-11-01T05:30:00Z", "today 05:30:00", "America/New_York",
        "today 01:30:00");
    row("F82 the second half past one", "2026-11-01T06:30:00Z", "today 06:30:00", "America/New_York",
        "today 01:30:00");
}

void TestMomentText::followsTheTimeZone()
{
    QFETCH(const QString, expiresAt);
    QFETCH(const QByteArray, zone);
    TokenFacts facts;
    facts.expiresAt = QDateTime::fromString(expiresAt, Qt::ISODate);
    const QDateTime now = facts.expiresAt->addSecs(-1800);
    facts.issuedAt = now.addSecs(-1800);
    QTEST(momentText(*facts.expiresAt, now), "inUtc");
    const QString countdown = countdownText(facts, now);

    qputenv("TZ", zone); // as when a traveller sets it while the window is open
    ::tzset();
    QTEST(momentText(*facts.expiresAt, now), "there");
    QCOMPARE(countdownText(facts, now), countdown);
    QVERIFY(remaining(facts, now) == 1800s);
}

LATCHKEY_TEST(TestMomentText)

#include "tst_momenttext.moc"
