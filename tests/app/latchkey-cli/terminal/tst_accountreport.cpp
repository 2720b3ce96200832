// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/accountreport.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now(QDate(2026, 5, 4), QTime(12, 0), Qt::UTC);

Account account(const char *provider)
{
    Account made;
    made.id = AccountId::create();
    made.name = u"Some account"_s;
    made.providerId = QString::fromLatin1(provider);
    return made;
}

} // namespace

class TestAccountReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysHowAnAccountStands_data();
    void saysHowAnAccountStands();
    void tellsExpiryAsAMomentAndInSeconds();
    void findsWhatIsLookedFor_data();
    void findsWhatIsLookedFor();
};

void TestAccountReport::saysHowAnAccountStands_data()
{
    QTest::addColumn<Account>("given");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("label");

    QTest::newRow("just added, asks by itself") << account("configapi") << u"no-token"_s << u"No token yet"_s;
    Account signsIn = account("rev");
    signsIn.needsSignIn = true;
    QTest::newRow("just added, signs in") << signsIn << u"needs-sign-in"_s << u"Needs sign-in"_s;
    Account lacking = account("configapi");
    lacking.missingSecrets = { u"client_secret"_s };
    lacking.needsSignIn = true;
    QTest::newRow("came without its secret") << lacking << u"needs-sign-in"_s << u"Needs sign-in"_s;
    Account valid = account("configapi");
    valid.token = TokenFacts { now.addSecs(-10), now.addSecs(3590), u"Bearer"_s, {}, {}, {} };
    QTest::newRow("valid") << valid << u"valid"_s << u"Valid"_s;
    Account expired = account("configapi");
    expired.token = TokenFacts { now.addSecs(-3600), now.addSecs(-1), u"Bearer"_s, {}, {}, {} };
    QTest::newRow("expired") << expired << u"expired"_s << u"Expired"_s;
}

void TestAccountReport::saysHowAnAccountStands()
{
    QFETCH(Account, given);
    QTEST(stateWord(given, now), "word");
    QTEST(stateLabel(given, now), "label");
    QCOMPARE(accountReport(given, now).value("state"_L1).toString(), stateWord(given, now));
}

void TestAccountReport::tellsExpiryAsAMomentAndInSeconds()
{
    Account given = account("configapi");
    given.token = TokenFacts { now.addSecs(-10), now.addSecs(90), u"Bearer"_s, {}, {}, {} };
    const QJsonObject report = accountReport(given, now);
    QCOMPARE(report.value("expires_in"_L1).toInt(), 90);
    QCOMPARE(report.value("expires_at"_L1).toString(), u"2026-05-04T12:01:30Z"_s);
    given.token->expiresAt.reset();
    QVERIFY(accountReport(given, now).value("expires_at"_L1).isNull());
}

void TestAccountReport::findsWhatIsLookedFor_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("isFound");
    QTest::newRow("nothing") << QString() << true;
    QTest::newRow("a part of its name") << u"ACC"_s << true;
    QTest::newRow("a part of its provider's id") << u"config"_s << true;
    QTest::newRow("a part of its provider's name") << u"bright"_s << true;
    QTest::newRow("its state, as scripts write it") << u"no-token"_s << true;
    QTest::newRow("its state, as it is shown") << u"No token yet"_s << true;
    QTest::newRow("another state") << u"expired"_s << false;
    QTest::newRow("another provider") << u"rev"_s << false;
}

void TestAccountReport::findsWhatIsLookedFor()
{
    QFETCH(QString, filter);
    QTEST(isMatch(account("configapi"), filter, now), "isFound");
}

LATCHKEY_TEST(TestAccountReport)
#include "tst_accountreport.moc"
