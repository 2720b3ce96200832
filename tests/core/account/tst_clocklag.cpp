// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/clocklag.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace std::chrono_literals;

class TestClockLag final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noticesAClockThatIsBehind_data();
    void noticesAClockThatIsBehind();
    void looksAtWhatHasHappenedOnly();
};

void TestClockLag::noticesAClockThatIsBehind_data()
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

void TestClockLag::noticesAClockThatIsBehind()
{
    QFETCH(const qint64, offset);
    const QDateTime noon(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    Account account;
    account.lastRefreshAt = noon;
    QTEST(qint64(clockLag({ Account(), account }, noon.addSecs(offset)).count()), "lag");
}

void TestClockLag::looksAtWhatHasHappenedOnly()
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

LATCHKEY_TEST(TestClockLag)

#include "tst_clocklag.moc"
