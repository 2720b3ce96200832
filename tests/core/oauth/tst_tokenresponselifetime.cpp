// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/tokenresponse.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

using Notes = QList<TokenNote>;
using Note = TokenNote;

namespace {

const auto asked = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
constexpr qint64 tenYears = 10LL * 365 * 24 * 3600;

TokenResult answeredWith(const QByteArray &members, const TokenResponseFormat &format,
                         const QByteArray &date = {})
{
    const QByteArray body = R"({"access_token":"CANARY-access-token-1")" + members + '}';
    return parseTokenResponse({ 200, "application/json", body, date, {}, {} },
                              { asked, asked.addSecs(2), {} }, format);
}

TokenResponseFormat bothLifetimes()
{
    TokenResponseFormat format;
    format.expiration = u"expiration"_s;
    return format;
}

} // namespace

// When a token ends, as RFC 6749 says it ("expires_in"), as Rev says it ("expiration"), and as both do.
class TestTokenResponseLifetime final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsExpiresIn_data();
    void readsExpiresIn();
    void readsExpiration_data();
    void readsExpiration();
    void F17_takesTheEarlierOfTwo_data();
    void F17_takesTheEarlierOfTwo();
    void readsOnlyTheMembersOfItsFormat();
    void R35_countsFromTheStartOfTheRequest();
    void R36_comparesTheClocksAndChangesNothing_data();
    void R36_comparesTheClocksAndChangesNothing();
    void convertsMomentsToOurClock_data();
    void convertsMomentsToOurClock();
};

void TestTokenResponseLifetime::readsExpiresIn_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("lifetime"); // seconds; -1: unknown
    QTest::addColumn<Notes>("notes");
    const auto row = [](const char *name, const char *value, qint64 lifetime, const Notes &notes = {}) {
        QTest::newRow(name) << QByteArray(value) << lifetime << notes;
    };

    row("F9 a number", "3600", 3600);
    row("F9 a number with a point", "3600.0", 3600);
    row("F9 a fraction", "3600.9", 3600, { Note::LifetimeWasRounded });
    row("F9 an exponent", "3.6e3", 3600);
    row("F9 a string", R"("3600")", 3600);
    row("F9 a string with zeros before it", R"("003600")", 3600);
    row("F9 a string with blanks", R"(" 3600 ")", 3600, { Note::LifetimeWasRounded });
    row("F10 -1", "-1", 0, { Note::AlreadyExpired });
    row("F10 0", "0", 0, { Note::AlreadyExpired });
    row("F10 -1 as a string", R"("-1")", 0, { Note::AlreadyExpired });
    row("F10 far below zero", "-1e20", 0, { Note::AlreadyExpired });
    row("F10 less than a second", "0.5", 0, { Note::LifetimeWasRounded, Note::AlreadyExpired });
    row("F11 1e20", "1e20", tenYears, { Note::VeryLongLifetime });
    row("F11 2^63 - 1", "9223372036854775807", tenYears, { Note::VeryLongLifetime });
    row("F11 2^31", "2147483648", tenYears, { Note::VeryLongLifetime });
    row("F11 a string of 40 digits", R"("1000000000000000000000000000000000000000")", tenYears,
        { Note::VeryLongLifetime });
    row("F11 ten years", "315360000", tenYears);
    row("F11 a second more", "315360001", tenYears, { Note::VeryLongLifetime });
    row("F12 null", "null", -1);
    row("F12 true", "true", -1, { Note::LifetimeNotUnderstood });
    row("F12 a list", "[3600]", -1, { Note::LifetimeNotUnderstood });
    row("F12 an object", "{}", -1, { Note::LifetimeNotUnderstood });
    row("F12 a unit", R"("3600s")", -1, { Note::LifetimeNotUnderstood });
    row("F12 NaN in a string", R"("NaN")", -1, { Note::LifetimeNotUnderstood });
    row("F12 empty string", R"("")", -1, { Note::LifetimeNotUnderstood });
    row("F12 blanks", R"("  ")", -1, { Note::LifetimeNotUnderstood });
    row("F12 hexadecimal", R"("0x10")", -1, { Note::LifetimeNotUnderstood });
    row("F12 a sign", R"("+3600")", -1, { Note::LifetimeNotUnderstood });
    row("F12 only a sign", R"("-")", -1, { Note::LifetimeNotUnderstood });
    row("F99 a fraction in a string", R"("3600.9")", 3600, { Note::LifetimeWasRounded });
    row("F99 a point in a string", R"("3600.0")", 3600);
    row("F99 an exponent in a string", R"("3.6e3")", 3600);
    row("F99 a capital exponent", R"("36E+2")", 3600);
    row("F99 a negative exponent", R"("36000e-1")", 3600);
    row("F99 an exponent without end", R"("1e400")", tenYears, { Note::VeryLongLifetime });
    row("F99 far below zero in a string", R"("-1e400")", 0, { Note::AlreadyExpired });
    row("F99 blanks and a point", R"(" 3600.0 ")", 3600, { Note::LifetimeWasRounded });
    row("F99 no digit after the point", R"("3600.")", -1, { Note::LifetimeNotUnderstood });
    row("F99 no digit before it", R"(".5")", -1, { Note::LifetimeNotUnderstood });
    row("F99 no digit in the exponent", R"("36e")", -1, { Note::LifetimeNotUnderstood });
    row("F99 a comma", R"("3600,0")", -1, { Note::LifetimeNotUnderstood });
    row("F99 two numbers", R"("3600 60")", -1, { Note::LifetimeNotUnderstood });
    row("F99 Infinity", R"("Infinity")", -1, { Note::LifetimeNotUnderstood });
    row("F12 digits of another script", R"("٣٦٠٠")", -1, { Note::LifetimeNotUnderstood });
    row("F13 milliseconds", "3600000", 3600000);
    row("F13 an epoch", "1772366400", tenYears, { Note::VeryLongLifetime });
}

void TestTokenResponseLifetime::readsExpiresIn()
{
    QFETCH(QByteArray, value);
    QFETCH(qint64, lifetime);

    const auto tokens = answeredWith(R"(,"expires_in":)" + value, {});

    QVERIFY(tokens);
    QCOMPARE(tokens->facts.expiresAt.has_value(), lifetime >= 0);
    if (lifetime >= 0)
        QCOMPARE(*tokens->facts.expiresAt, asked.addSecs(lifetime));
    QTEST(tokens->facts.notes, "notes");
}

void TestTokenResponseLifetime::readsExpiration_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QDateTime>("expiresAt"); // invalid: unknown
    QTest::addColumn<Notes>("notes");
    const auto row = [](const char *name, const char *value, const QDateTime &expiresAt,
                        const Notes &notes = {}) {
        QTest::newRow(name) << QByteArray(value) << expiresAt << notes;
    };
    const Notes notUnderstood { Note::LifetimeNotUnderstood };

    row("F14 Z", R"("2026-03-01T13:00:00.495Z")", asked.addMSecs(3600'495));
    row("F14 another zone", R"("2026-03-01T15:00:00+02:00")", asked.addSecs(3600));
    row("F15 no zone", R"("2026-03-01T13:00:00")", asked.addSecs(3600));
    row("F99 a blank for T", R"("2026-03-01 13:00:00z")", asked.addSecs(3600));
    row("F99 lower case", R"("2026-03-01t13:00z")", asked.addSecs(3600));
    row("F16 in the past", R"("2017-08-31T15:00:10.495Z")",
        QDateTime(QDate(2017, 8, 31), QTime(15, 0, 10, 495), Qt::UTC), { Note::AlreadyExpired });
    row("F16 year 0001", R"("0001-01-01T00:00:00")", asked.addDays(-3650), { Note::AlreadyExpired });
    row("F16 at once", R"("2026-03-01T12:00:02Z")", asked.addSecs(2), { Note::AlreadyExpired });
    row("F16 leap second", R"("2026-03-01T13:00:60Z")", asked.addSecs(3659));
    row("F16 year 0000", R"("0000-03-01T13:00:00Z")", {}, notUnderstood);
    row("F16 year 10000", R"("10000-03-01T13:00:00Z")", {}, notUnderstood);
    row("F16 February 30", R"("2026-02-30T13:00:00Z")", {}, notUnderstood);
    row("F16 24:00", R"("2026-03-01T24:00:00Z")", {}, notUnderstood);
    row("F16 epoch number", "1772366400", {}, notUnderstood);
    row("F16 RFC 1123", R"("Sun, 01 Mar 2026 13:00:00 GMT")", {}, notUnderstood);
    row("F16 U+2212",
        "\"2026-03-01T13:00:00\xE2\x88\x92"
        "02:00\"",
        {}, notUnderstood);
    row("F11 year 9999", R"("9999-12-31T23:59:59Z")", asked.addSecs(tenYears), { Note::VeryLongLifetime });
    row("F12 null", "null", {});
    row("F12 empty", R"("")", {}, notUnderstood);
}

void TestTokenResponseLifetime::readsExpiration()
{
    QFETCH(QByteArray, value);
    TokenResponseFormat format = bothLifetimes();
    format.expiresIn.clear();

    const auto tokens = answeredWith(R"(,"expiration":)" + value, format);

    QVERIFY(tokens);
    QTEST(tokens->facts.expiresAt.value_or(QDateTime()), "expiresAt");
    QTEST(tokens->facts.notes, "notes");
}

void TestTokenResponseLifetime::F17_takesTheEarlierOfTwo_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<qint64>("lifetime");
    QTest::addColumn<Notes>("notes");
    const auto row = [](const char *name, const char *members, qint64 lifetime, const Notes &notes) {
        QTest::newRow(name) << QByteArray(members) << lifetime << notes;
    };

    row("F17 they agree", R"(,"expires_in":3600,"expiration":"2026-03-01T13:00:01Z")", 3600, {});
    row("F17 the number is earlier", R"(,"expires_in":600,"expiration":"2026-03-01T13:00:00Z")", 600,
        { Note::LifetimesContradict });
    row("F17 the moment is earlier", R"(,"expires_in":"7200","expiration":"2026-03-01T13:00:00Z")", 3600,
        { Note::LifetimesContradict });
    row("F17 one is not understood", R"(,"expires_in":"soon","expiration":"2026-03-01T13:00:00Z")", 3600,
        { Note::LifetimeNotUnderstood });
    row("F17 the other is not understood", R"(,"expires_in":60,"expiration":"later")", 60,
        { Note::LifetimeNotUnderstood });
}

void TestTokenResponseLifetime::F17_takesTheEarlierOfTwo()
{
    QFETCH(QByteArray, members);
    QFETCH(qint64, lifetime);

    const auto tokens = answeredWith(members, bothLifetimes());

    QVERIFY(tokens);
    QCOMPARE(tokens->facts.expiresAt, asked.addSecs(lifetime));
    QTEST(tokens->facts.notes, "notes");
}

void TestTokenResponseLifetime::readsOnlyTheMembersOfItsFormat()
{
    const auto tokens = answeredWith(R"(,"expiration":"2026-03-01T13:00:00Z")", {});
    QVERIFY(tokens);
    QVERIFY(!tokens->facts.expiresAt);
    QVERIFY(tokens->facts.notes.isEmpty());
}

void TestTokenResponseLifetime::R35_countsFromTheStartOfTheRequest()
{
    const auto tokens = answeredWith(R"(,"expires_in":3600)", {});
    QVERIFY(tokens);
    QCOMPARE(tokens->facts.issuedAt, asked);
    QCOMPARE(tokens->facts.expiresAt, asked.addSecs(3600));
    QCOMPARE(tokens->facts.expiresAt->timeSpec(), Qt::UTC);
}

void TestTokenResponseLifetime::R36_comparesTheClocksAndChangesNothing_data()
{
    QTest::addColumn<QByteArray>("date"); // the answer came at 12:00:02
    QTest::addColumn<bool>("differs");

    QTest::newRow("the same") << QByteArray("Sun, 01 Mar 2026 12:00:01 GMT") << false;
    QTest::newRow("2 min ahead") << QByteArray("Sun, 01 Mar 2026 12:02:02 GMT") << false;
    QTest::newRow("more ahead") << QByteArray("Sun, 01 Mar 2026 12:02:03 GMT") << true;
    QTest::newRow("2 min behind") << QByteArray("Sun, 01 Mar 2026 11:58:02 GMT") << false;
    QTest::newRow("more behind") << QByteArray("Sun, 01 Mar 2026 11:58:01 GMT") << true;
    QTest::newRow("F83 10 min ahead") << QByteArray("Sun, 01 Mar 2026 12:10:02 GMT") << true;
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("garbage") << QByteArray("yesterday") << false;
}

void TestTokenResponseLifetime::R36_comparesTheClocksAndChangesNothing()
{
    QFETCH(QByteArray, date);
    QFETCH(bool, differs);

    const auto tokens = answeredWith(R"(,"expires_in":3600)", {}, date);

    QVERIFY(tokens);
    QCOMPARE(tokens->facts.expiresAt, asked.addSecs(3600));
    QCOMPARE(tokens->facts.notes, differs ? Notes { Note::ServerClockDiffers } : Notes {});
}

void TestTokenResponseLifetime::convertsMomentsToOurClock_data()
{
    QTest::addColumn<QByteArray>("date"); // the request began at 12:00:00, its answer came at 12:00:02
    QTest::addColumn<QByteArray>("expiration");
    QTest::addColumn<qint64>("lifetime"); // seconds from 12:00:00
    QTest::addColumn<Notes>("notes");
    const auto row = [](const char *name, const char *date, const char *expiration, qint64 lifetime,
                        const Notes &notes) {
        QTest::newRow(name) << QByteArray(date) << QByteArray(expiration) << lifetime << notes;
    };
    const Notes differs { Note::ServerClockDiffers };
    row("no Date", "", "2026-03-01T13:00:00Z", 3600, {});
    row("R36 a Date that is none", "yesterday", "2026-03-01T13:00:00Z", 3600, {});
    row("R35 the same clock", "Sun, 01 Mar 2026 12:00:00 GMT", "2026-03-01T13:00:00Z", 3600, {});
    row("R35 the same clock, a slow answer", "Sun, 01 Mar 2026 12:00:01 GMT", "2026-03-01T13:00:00Z", 3599,
        {});
    row("R36 1 min behind extends nothing", "Sun, 01 Mar 2026 11:59:02 GMT", "2026-03-01T13:00:00Z", 3600,
        {});
    row("R35 1 min ahead", "Sun, 01 Mar 2026 12:01:02 GMT", "2026-03-01T13:00:00Z", 3538, {});
    row("F83 10 min ahead", "Sun, 01 Mar 2026 12:10:02 GMT", "2026-03-01T13:10:02Z", 3599, differs);
    row("F83 10 min behind", "Sun, 01 Mar 2026 11:50:02 GMT", "2026-03-01T12:50:02Z", 3599, differs);
    row("F83 2 h behind", "Sun, 01 Mar 2026 10:00:02 GMT", "2026-03-01T11:00:02Z", 3599, differs);
    row("F83 a zone away", "Sat, 28 Feb 2026 22:00:02 GMT", "2026-02-28T23:00:02Z", 3599, differs);
    row("F83 10 min ahead, over already", "Sun, 01 Mar 2026 12:10:02 GMT", "2026-03-01T12:10:02Z", -1,
        { Note::AlreadyExpired, Note::ServerClockDiffers });
    row("R36 a Date of 1970 extends nothing", "Thu, 01 Jan 1970 00:00:00 GMT", "2026-03-01T13:00:00Z", 3600,
        differs);
    row("R36 a Date of last week extends nothing", "Sun, 22 Feb 2026 12:00:00 GMT", "2026-03-01T13:00:00Z",
        3600, differs);
    row("F16 before the years that can be stored", "Sun, 08 May 9161 10:14:00 GMT", "3382-05-04T11:00:00Z",
        -3650LL * 86400, { Note::AlreadyExpired, Note::ServerClockDiffers });
    row("F84 60 days by a clock ahead", "Sun, 01 Mar 2026 12:10:00 GMT", "2026-04-30T12:10:00Z",
        60 * 86400 - 1, differs);
}

void TestTokenResponseLifetime::convertsMomentsToOurClock()
{
    QFETCH(QByteArray, date);
    QFETCH(QByteArray, expiration);
    QFETCH(qint64, lifetime);
    QFETCH(Notes, notes);

    const auto tokens = answeredWith(R"(,"expiration":")" + expiration + '"', bothLifetimes(), date);
    QVERIFY(tokens);
    QCOMPARE(tokens->facts.expiresAt, asked.addSecs(lifetime));
    QCOMPARE(tokens->facts.notes, notes);

    // R36: a lifetime in seconds is never made longer.
    const auto both =
        answeredWith(R"(,"expires_in":1800,"expiration":")" + expiration + '"', bothLifetimes(), date);
    QVERIFY(*both->facts.expiresAt <= asked.addSecs(1800));
}

LATCHKEY_TEST(TestTokenResponseLifetime)

#include "tst_tokenresponselifetime.moc"
