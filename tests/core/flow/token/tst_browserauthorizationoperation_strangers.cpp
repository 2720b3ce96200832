// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/browserauthorizationoperation.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Step = AuthorizationProgress::Step;

// What strangers send, and what would go to them.
class TestUnprovenAnswers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsOnAfterANo();
    void asksAboutOneCodeAfterTheOther();
    void takesWhatIsProvenWhileItAsks();
    void showsWhatStrangersSay_data();
    void showsWhatStrangersSay();
    void showsEachNoticeOnce();
    void asksBeforeACodeGoesToAnotherProgram_data();
    void asksBeforeACodeGoesToAnotherProgram();
};

// F109: else a stranger's code, which any page can send, would end the sign-in.
void TestUnprovenAnswers::waitsOnAfterANo()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(priavaDraft());
    operation->start();
    Q_EMIT world.listening.current->codeOffered(Secret("CANARY-strange"));
    operation->confirm(false);
    QCOMPARE(operation->progress().step, Step::Waiting);
    operation->confirm(true);
    QVERIFY(world.http.requests.isEmpty());

    Q_EMIT world.listening.current->codeOffered(Secret("CANARY-code"));
    operation->confirm(true);
    QVERIFY(world.http.requests.first().body.contains("CANARY-code"));
}

// F109: neither pushes out the other, and the user hears that there are two.
void TestUnprovenAnswers::asksAboutOneCodeAfterTheOther()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(priavaDraft());
    operation->start();
    for (const char *code : { "CANARY-strange", "CANARY-code", "CANARY-strange" })
        Q_EMIT world.listening.current->codeOffered(Secret(code));
    QCOMPARE(operation->progress().heldCodes, 2);
    operation->confirm(false);
    QCOMPARE(operation->progress().step, Step::Confirming);
    QCOMPARE(operation->progress().heldCodes, 1);
    QVERIFY(world.http.requests.isEmpty());
    operation->confirm(true);
    QVERIFY(world.http.requests.first().body.contains("CANARY-code"));
}

void TestUnprovenAnswers::takesWhatIsProvenWhileItAsks() // F109
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(priavaWithPage());
    operation->start();
    operation->acceptMissingState();
    Q_EMIT world.listening.current->codeOffered(Secret("CANARY-strange"));
    QCOMPARE(operation->progress().step, Step::Confirming);
    Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    QCOMPARE(operation->progress().step, Step::Exchanging);
    QVERIFY(world.http.requests.first().body.contains("CANARY-code"));
    operation->confirm(true);
    QCOMPARE(world.http.requests.size(), 1);
}

void TestUnprovenAnswers::showsWhatStrangersSay_data()
{
    QTest::addColumn<AuthorizationError>("error");
    QTest::addColumn<QString>("shown");
    const auto said = [](const QString &word) {
        return AuthorizationError(OAuthError { OAuthError::Code::Other, word, {}, 0 });
    };
    QTest::newRow("F109 declined") << said(u"access_denied"_s) << u"access_denied"_s;
    QTest::newRow("F109 a sentence") << said(u"Call 555 for help"_s) << QString();
    QTest::newRow("F109 too long") << said(QString(41, u'a')) << QString();
    QTest::newRow("F109 no code") << AuthorizationError(UnusableAnswer { u"no code"_s }) << QString();
}

void TestUnprovenAnswers::showsWhatStrangersSay()
{
    QFETCH(AuthorizationError, error);
    FakeWorld world;
    const auto operation = world.tokens.signIn(priavaDraft());
    operation->start();
    Q_EMIT world.listening.current->unprovenRefused(error);
    QCOMPARE(operation->progress().step, Step::Waiting);
    QCOMPARE(operation->progress().strangeAnswers, 1);
    QTEST(operation->progress().strangeWord, "shown");
}

// F103, F108
void TestUnprovenAnswers::showsEachNoticeOnce()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    for (const auto notice :
         { RedirectNotice::TooLarge, RedirectNotice::OtherUser, RedirectNotice::TooLarge })
        Q_EMIT world.listening.current->noticed(notice);
    QCOMPARE(operation->progress().step, Step::Waiting);
    QCOMPARE(operation->progress().notices, (QList { RedirectNotice::OtherUser, RedirectNotice::TooLarge }));
}

void TestUnprovenAnswers::asksBeforeACodeGoesToAnotherProgram_data()
{
    QTest::addColumn<AccountDraft>("draft");
    QTest::addColumn<bool>("asks");
    QTest::newRow("F114 the code is enough") << revDraft() << true;
    QTest::newRow("F114 PKCE") << revOAuth2Draft() << false;
    QTest::newRow("F114 a client secret") << priavaWithPage() << false;
}

void TestUnprovenAnswers::asksBeforeACodeGoesToAnotherProgram()
{
    QFETCH(AccountDraft, draft);
    QFETCH(bool, asks);
    FakeWorld world;
    world.listening.failure = ListenError { ListenError::Kind::PortTaken, u"53118"_s };
    const auto yes = world.tokens.signIn(draft);
    yes->start();
    QCOMPARE(yes->progress().step, asks ? Step::ConfirmingPort : Step::Waiting);
    if (!asks)
        return;
    QVERIFY(yes->paste(u"CANARY-code"_s));
    yes->openBrowserAgain();
    QCOMPARE(yes->progress().step, Step::ConfirmingPort);
    yes->confirm(true);
    QCOMPARE(yes->progress().step, Step::Waiting);
    QVERIFY(world.browser.opened.isEmpty());
    yes->openBrowserAgain(); // asked once
    QCOMPARE(yes->progress().step, Step::Waiting);
    QVERIFY(!yes->paste(u"CANARY-code"_s));

    const auto no = world.tokens.signIn(draft);
    no->start();
    no->confirm(false);
    QCOMPARE(no->progress().problem->kind, Problem::Kind::PortTaken);

    const auto freed = world.tokens.signIn(draft);
    freed->start();
    world.listening.failure.reset();
    freed->openBrowserAgain();
    QCOMPARE(freed->progress().step, Step::Waiting);
    QCOMPARE(world.browser.opened.size(), 1);
}

LATCHKEY_TEST(TestUnprovenAnswers)
#include "tst_browserauthorizationoperation_strangers.moc"
