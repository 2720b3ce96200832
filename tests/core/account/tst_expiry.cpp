// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/expiry.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

const auto noon = QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);

TokenFacts issuedAtNoon(seconds life)
{
    TokenFacts facts;
    facts.issuedAt = noon;
    facts.expiresAt = noon.addSecs(life.count());
    return facts;
}

// An account whose token lives for `life` and has `left` of it.
AccountState stateWith(seconds life, milliseconds left, seconds threshold = defaultExpiringThreshold)
{
    Account account;
    account.token = issuedAtNoon(life);
    return accountState(account, account.token->expiresAt->addMSecs(-left.count()), threshold);
}

} // namespace

class TestExpiry final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesTheFirstStateThatFits_data();
    void takesTheFirstStateThatFits();
    void expiresInTheLastTenthAndAtMostTheThreshold_data();
    void expiresInTheLastTenthAndAtMostTheThreshold();
    void followsTheThresholdOfTheUser();
    void roundsDown_data();
    void roundsDown();
    void F82_countsMomentsNotClockFaces();
    void measuresTheWholeLife();
    void measuresTheFraction_data();
    void measuresTheFraction();
    void countsDownToTheNamedMoment_data();
    void countsDownToTheNamedMoment();
    void isNoneWhereNoMomentWasNamed();
    void noticesAClockThatIsBehind_data();
    void noticesAClockThatIsBehind();
    void looksAtWhatHasHappenedOnly();
};

void TestExpiry::takesTheFirstStateThatFits_data()
{
    using State = AccountState;
    QTest::addColumn<bool>("needsSignIn");
    QTest::addColumn<bool>("hasProblem");
    QTest::addColumn<bool>("hasToken");
    QTest::addColumn<int>("left"); // seconds of an hour; -1: the lifetime is unknown; 0: expired
    QTest::addColumn<State>("state");
    const auto row = [](const char *name, bool needsSignIn, bool hasProblem, bool hasToken, int left,
                        State state) {
        QTest::newRow(name) << needsSignIn << hasProblem << hasToken << left << state;
    };

    row("new", false, false, false, -1, State::NeedsSignIn);
    row("the first token failed", false, true, false, -1, State::Error);
    row("the first token failed for good", true, true, false, -1, State::NeedsSignIn);
    row("sign in before everything", true, true, true, 3000, State::NeedsSignIn);
    row("sign in before expired", true, false, true, 0, State::NeedsSignIn);
    row("expired before error", false, true, true, 0, State::Expired);
    row("expired", false, false, true, 0, State::Expired);
    row("error before expiring", false, true, true, 10, State::Error);
    row("error before valid", false, true, true, 3000, State::Error);
    row("error before unknown", false, true, true, -1, State::Error);
    row("expiring", false, false, true, 10, State::Expiring);
    row("valid", false, false, true, 3000, State::Valid);
    row("unknown", false, false, true, -1, State::UnknownLifetime);
}

void TestExpiry::takesTheFirstStateThatFits()
{
    QFETCH(bool, needsSignIn);
    QFETCH(bool, hasProblem);
    QFETCH(bool, hasToken);
    QFETCH(int, left);

    Account account;
    account.needsSignIn = needsSignIn;
    if (hasProblem)
        account.lastProblem = Problem {};
    if (hasToken)
        account.token = issuedAtNoon(3600s);
    if (hasToken && left < 0)
        account.token->expiresAt.reset();

    QTEST(accountState(account, noon.addSecs(3600 - left)), "state");
}

void TestExpiry::expiresInTheLastTenthAndAtMostTheThreshold_data()
{
    using State = AccountState;
    QTest::addColumn<qint64>("life"); // seconds
    QTest::addColumn<qint64>("left"); // milliseconds
    QTest::addColumn<State>("state");
    const auto row = [](const char *name, seconds life, milliseconds left, State state) {
        QTest::newRow(name) << qint64(life.count()) << qint64(left.count()) << state;
    };

    row("an hour: before its last tenth", 1h, 361s, State::Valid);
    row("an hour: its last tenth", 1h, 360s, State::Expiring);
    row("an hour: nearly a second before it", 1h, 360'999ms, State::Expiring);
    row("3599 s: before its last tenth", 3599s, 360s, State::Valid);
    row("3599 s: its last tenth", 3599s, 359s, State::Expiring);
    row("6 h: before ten minutes", 6h, 601s, State::Valid);
    row("6 h: ten minutes", 6h, 600s, State::Expiring);
    row("100 min: where the two meet", 100min, 600s, State::Expiring);
    row("100 min: before", 100min, 601s, State::Valid);
    row("a minute: its last tenth", 1min, 6s, State::Expiring);
    row("a minute: before", 1min, 7s, State::Valid);
    row("the last second", 1h, 1s, State::Expiring);
    row("less than a second shows as none", 1h, 999ms, State::Expired);
    row("the end", 1h, 0ms, State::Expired);
    row("later", 1h, -1ms, State::Expired);
    row("F10 never alive", 0s, 0ms, State::Expired);
    row("F84 a year", 8760h, 601s, State::Valid);
    row("F84 a year, fresh", 8760h, 8760h, State::Valid);
}

void TestExpiry::expiresInTheLastTenthAndAtMostTheThreshold()
{
    QFETCH(qint64, life);
    QFETCH(qint64, left);
    QTEST(stateWith(seconds(life), milliseconds(left)), "state");
}

void TestExpiry::followsTheThresholdOfTheUser()
{
    QVERIFY(stateWith(6h, 1min, 1min) == AccountState::Expiring);
    QVERIFY(stateWith(6h, 61s, 1min) == AccountState::Valid);
    QVERIFY(stateWith(6h, 36min, 2h) == AccountState::Expiring); // the last tenth
    QVERIFY(stateWith(6h, 37min, 2h) == AccountState::Valid);
}

void TestExpiry::roundsDown_data()
{
    QTest::addColumn<qint64>("after"); // milliseconds after the token was issued; it lives for an hour
    QTest::addColumn<qint64>("left"); // seconds

    QTest::newRow("fresh") << qint64(0) << qint64(3600);
    QTest::newRow("a millisecond later") << qint64(1) << qint64(3599);
    QTest::newRow("the last millisecond") << qint64(3'599'999) << qint64(0);
    QTest::newRow("the end") << qint64(3'600'000) << qint64(0);
    QTest::newRow("a millisecond past it") << qint64(3'600'001) << qint64(-1);
    QTest::newRow("a second past it") << qint64(3'601'000) << qint64(-1);
    QTest::newRow("F80 a clock set back") << qint64(-7'200'000) << qint64(10800);
}

void TestExpiry::roundsDown()
{
    QFETCH(qint64, after);
    const auto left = remaining(issuedAtNoon(1h), noon.addMSecs(after));
    QVERIFY(left);
    QTEST(qint64(left->count()), "left");
    QVERIFY(!remaining(TokenFacts(), noon));
}

void TestExpiry::F82_countsMomentsNotClockFaces()
{
    const auto elsewhere = noon.addSecs(60).toOffsetFromUtc(-5 * 3600);
    QVERIFY(remaining(issuedAtNoon(1h), elsewhere) == 3540s);
}

void TestExpiry::measuresTheWholeLife()
{
    QVERIFY(lifetime(issuedAtNoon(6h)) == 6h);
    QVERIFY(lifetime(issuedAtNoon(-1h)) == 0s);
    QVERIFY(!lifetime(TokenFacts()));
}

void TestExpiry::measuresTheFraction_data()
{
    QTest::addColumn<int>("life");
    QTest::addColumn<int>("after");
    QTest::addColumn<double>("fraction");

    QTest::newRow("fresh") << 3600 << 0 << 1.0;
    QTest::newRow("half") << 3600 << 1800 << 0.5;
    QTest::newRow("the end") << 3600 << 3600 << 0.0;
    QTest::newRow("later") << 3600 << 5000 << 0.0;
    QTest::newRow("F80 a clock set back") << 3600 << -60 << 1.0;
    QTest::newRow("F10 never alive") << 0 << 0 << 0.0;
}

void TestExpiry::measuresTheFraction()
{
    QFETCH(int, life);
    QFETCH(int, after);
    QTEST(remainingFraction(issuedAtNoon(seconds(life)), noon.addSecs(after)), "fraction");
    QCOMPARE(remainingFraction(TokenFacts(), noon), 0.0);
}

void TestExpiry::countsDownToTheNamedMoment_data()
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

void TestExpiry::countsDownToTheNamedMoment()
{
    QFETCH(const qint64, milliseconds);
    QFETCH(const int, seconds);
    const QDateTime now(QDate(2026, 1, 15), QTime(12, 0), Qt::UTC);
    const Problem busy { Problem::Kind::TooManyRequests, {}, {}, now, now.addMSecs(milliseconds) };
    QCOMPARE(pauseLeft(busy, now).count(), seconds);
}

void TestExpiry::isNoneWhereNoMomentWasNamed()
{
    const QDateTime now(QDate(2026, 1, 15), QTime(12, 0), Qt::UTC);
    QCOMPARE(pauseLeft({ Problem::Kind::TooManyRequests, {}, {}, now, {} }, now).count(), 0);
}

void TestExpiry::noticesAClockThatIsBehind_data()
{
    QTest::addColumn<qint64>("offset"); // of the clock, in seconds
    QTest::addColumn<qint64>("lag");
    QTest::newRow("the same") << qint64(0) << qint64(0);
    QTest::newRow("F80 two hours ahead") << qint64(7200) << qint64(0);
    QTest::newRow("F80 ten years ahead") << qint64(10) * 365 * 86400 << qint64(0);
    QTest::newRow("F80 two minutes behind") << qint64(-120) << qint64(0);
    QTest::newRow("F80 more behind") << qint64(-121) << qint64(121);
    QTest::newRow("F80 two hours behind") << qint64(-7200) << qint64(7200);
    QTest::newRow("F80 1970") << qint64(-1'770'000'000) << qint64(1'770'000'000);
}

void TestExpiry::noticesAClockThatIsBehind()
{
    QFETCH(const qint64, offset);
    const QDateTime noon(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    Account account;
    account.lastRefreshAt = noon;
    QTEST(qint64(clockLag({ Account(), account }, noon.addSecs(offset)).count()), "lag");
}

void TestExpiry::looksAtWhatHasHappenedOnly()
{
    const QDateTime noon(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    Account account;
    account.token = TokenFacts();
    account.token->expiresAt = noon.addYears(1);
    QVERIFY(clockLag({ account }, noon) == 0s);
    account.token->issuedAt = noon.addSecs(600); // F80
    QVERIFY(clockLag({ account }, noon) == 600s);
    QVERIFY(clockLag({}, noon) == 0s);
}

LATCHKEY_TEST(TestExpiry)
#include "tst_expiry.moc"
