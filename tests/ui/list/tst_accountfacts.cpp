// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/list/accountfacts.h"
#include "ui/widgets/momenttext.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestAccountFacts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesMomentsByTheCalendar_data();
    void namesMomentsByTheCalendar();
    void leavesOutUnitsThatCountNothing_data();
    void leavesOutUnitsThatCountNothing();
    void tellsWhatIsKnownOfAToken();
    void showsTheSchemeThatIsCopied();
    void saysThatALifetimeIsUnknown();
    void showsNoSecretField();
    void saysWhatPlainHttpRisks();
};

void TestAccountFacts::namesMomentsByTheCalendar_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("today") << qint64(3600) << u"today 13:00:00"_s;
    QTest::newRow("tomorrow") << qint64(13 * 3600) << u"tomorrow 01:00:00"_s;
    QTest::newRow("yesterday") << qint64(-13 * 3600) << u"yesterday 23:00:00"_s;
    QTest::newRow("far") << qint64(60 * 86400) << u"16 Mar 2026 12:00:00"_s;
}

void TestAccountFacts::namesMomentsByTheCalendar()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, text);
    const QDateTime now(QDate(2026, 1, 15), QTime(12, 0), Qt::UTC);

    QCOMPARE(momentText(now.addSecs(seconds), now), text);
}

void TestAccountFacts::leavesOutUnitsThatCountNothing_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("six hours") << 21600 << u"6 h"_s;
    QTest::newRow("an odd hour") << 3599 << u"59 min 59 s"_s;
    QTest::newRow("half an hour") << 1800 << u"30 min"_s;
    QTest::newRow("an hour and a half") << 5400 << u"1 h 30 min"_s;
    QTest::newRow("a week") << 604800 << u"7 d"_s;
    QTest::newRow("seconds") << 42 << u"42 s"_s;
}

void TestAccountFacts::leavesOutUnitsThatCountNothing()
{
    QFETCH(int, seconds);
    QFETCH(QString, text);

    QCOMPARE(lifetimeText(std::chrono::seconds(seconds)), text);
}

void TestAccountFacts::tellsWhatIsKnownOfAToken()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s, .providerId = u"rev"_s, .left = 600s });
    Account account = *world.accounts.find(id);
    account.token->user = u"jdoe"_s;
    account.token->scopes = { u"user:full"_s };
    account.token->notes = { TokenNote::ServerClockDiffers };

    const QList<AccountFact> facts = tokenFacts(account, world.now);

    QVERIFY(facts.contains(AccountFact { u"Expires"_s, u"today 12:10:00, in 10 min 00 s"_s }));
    QVERIFY(facts.contains(AccountFact { u"Issued"_s, u"today 11:10:00"_s }));
    QVERIFY(facts.contains(AccountFact { u"Lifetime"_s, u"1 h"_s }));
    QVERIFY(facts.contains(AccountFact { u"User"_s, u"jdoe"_s }));
    QVERIFY(facts.contains(AccountFact { u"Scope"_s, u"user:full"_s }));
    QVERIFY(facts.contains(AccountFact { u"Header"_s, u"Authorization: VBrick …"_s }));
    QCOMPARE(facts.last().label, u"Note"_s);
}

void TestAccountFacts::showsTheSchemeThatIsCopied()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s, .providerId = u"rev-oauth2"_s });
    Account account = *world.accounts.find(id);
    account.token->headerScheme = u"Bearer"_s; // as the vendor's answer says

    QVERIFY(
        tokenFacts(account, world.now).contains(AccountFact { u"Header"_s, u"Authorization: VBrick …"_s }));
}

void TestAccountFacts::saysThatALifetimeIsUnknown()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s, .left = std::nullopt });

    QCOMPARE(tokenFacts(*world.accounts.find(id), world.now).first().value,
             u"not known; valid until refused"_s);
}

void TestAccountFacts::showsNoSecretField()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s });

    const QList<AccountFact> facts = fieldFacts(*world.accounts.find(id));

    QVERIFY(!facts.isEmpty());
    for (const AccountFact &fact : facts)
        QVERIFY(!fact.value.contains(u"CANARY"_s));
}

void TestAccountFacts::saysWhatPlainHttpRisks()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    Account account = *world.accounts.find(id);
    const auto risk = [&account] {
        const QList<AccountFact> facts = fieldFacts(account);
        return std::any_of(facts.begin(), facts.end(), [](const AccountFact &fact) {
            return fact.label == "Allow plain http"_L1
                && fact.value.contains("can be read on the network"_L1);
        });
    };

    QVERIFY(!risk());
    account.fields.insert(u"allow_http"_s, u"true"_s);
    QVERIFY(risk());
}

LATCHKEY_TEST(TestAccountFacts)

#include "tst_accountfacts.moc"
