// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/browserauthorizationoperation.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Step = AuthorizationProgress::Step;

class TestBrowserAuthorizationOperation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesFromBrowserToStoredToken();
    void sendsTheVerifierOfItsChallenge();
    void takesNoAnswerOfAnotherSignIn();
    void showsTheBrowserWhatReallyHappened();
    void takesAPastedAddressAndABareCode_data();
    void takesAPastedAddressAndABareCode();
    void goesOnAfterAnUnusablePaste();
    void leadsToPastingWhereNothingCanListen_data();
    void leadsToPastingWhereNothingCanListen();
    void opensNoBrowserOnATakenPort();
    void showsTheLinkWhenNoBrowserOpens();
    void holdsACodeWithoutStateUntilAYes();
    void offersMissingStateOnlyWhereItCanBe();
    void buildsAFreshAddressEachTime();
    void signsAnExistingAccountIn();
    void refusesADraftThatMayNotBeSaved();
    void asksTheKeychainBeforeTheBrowser();
    void F106_refusesWhatAnEarlierVersionLetIn();
    void F106_looksAgainBeforeItOpensAndBeforeItSends_data();
    void F106_looksAgainBeforeItOpensAndBeforeItSends();
};

namespace {

const QByteArray priavaAnswer = R"({"access_token":"CANARY-access","refresh_token":"CANARY-refresh",)"
                                R"("token_type":"BEARER","expires_in":21600})";

} // namespace

void TestBrowserAuthorizationOperation::goesFromBrowserToStoredToken()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(revDraft());
    QSignalSpy finished(operation.get(), &AuthorizationOperation::finished);
    QCOMPARE(operation->progress().step, Step::NotStarted);
    operation->start();
    QCOMPARE(operation->progress().step, Step::Waiting);
    QCOMPARE(operation->progress().listeningOn, u"127.0.0.1:53118"_s);
    QCOMPARE(operation->progress().deadline, world.now.addSecs(300));
    QCOMPARE(world.browser.opened.size(), 1);
    QVERIFY(!world.browser.opened.first().toEncoded().contains("CANARY"));

    Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    QCOMPARE(operation->progress().step, Step::Exchanging);
    QVERIFY(world.listening.pages.isEmpty());
    world.http.answer(200, revAnswer());

    QCOMPARE(operation->progress().step, Step::Done);
    QCOMPARE(world.listening.pages, QList<RedirectPage> { RedirectPage::SignedIn });
    QCOMPARE(finished.count(), 1);
    QCOMPARE(world.accounts.accounts().size(), 1);
    QCOMPARE(world.accounts.accounts().first().token->headerScheme, u"VBrick"_s);
    const QByteArray stored = insideOf(world.keychain.values.first());
    QVERIFY(stored.contains("CANARY-code") && stored.contains("CANARY-refresh"));
}

void TestBrowserAuthorizationOperation::sendsTheVerifierOfItsChallenge()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(revOAuth2Draft());
    operation->start();
    const QUrlQuery query(world.browser.opened.first());
    Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    const auto body = QJsonDocument::fromJson(world.http.requests.first().body).object();
    const QByteArray verifier = body.value(u"code_verifier"_s).toString().toLatin1();
    QCOMPARE(verifier.size(), 43);
    QVERIFY(query.queryItemValue(u"code_challenge"_s).toLatin1()
            == QCryptographicHash::hash(verifier, QCryptographicHash::Sha256)
                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

// R4, R5, F41: each sign-in has a state and a verifier of its own, and what another was answered is refused.
void TestBrowserAuthorizationOperation::takesNoAnswerOfAnotherSignIn()
{
    FakeWorld world;
    const auto first = world.tokens.signIn(revOAuth2Draft());
    first->start();
    const Secret firstState(world.listening.expected.state);
    const auto second = world.tokens.signIn(revOAuth2Draft());
    second->start();
    const ExpectedAnswer &expected = world.listening.expected;

    const QUrlQuery firstAsked(world.browser.opened.at(0));
    const QUrlQuery secondAsked(world.browser.opened.at(1));
    for (const QString &fresh : { u"state"_s, u"code_challenge"_s }) {
        QVERIFY(!firstAsked.queryItemValue(fresh).isEmpty());
        QVERIFY(firstAsked.queryItemValue(fresh) != secondAsked.queryItemValue(fresh));
    }
    QVERIFY(firstAsked.queryItemValue(u"state"_s) == QString::fromUtf8(firstState.reveal()));
    QVERIFY(secondAsked.queryItemValue(u"state"_s) == QString::fromUtf8(expected.state.reveal()));

    // By the listener, which reads its answers so, and by pasting.
    const auto heard = authorizationCode(
        { { "code", "CANARY-code" }, { "state", firstState.reveal().toByteArray() } }, expected);
    QVERIFY(!heard && std::holds_alternative<StateMismatch>(heard.error()));
    const auto refused = second->paste(u"http://127.0.0.1:53119/rev-oauth2?code=CANARY-code&state="_s
                                       + firstAsked.queryItemValue(u"state"_s));
    QVERIFY(refused);
    QCOMPARE(refused->kind, Problem::Kind::PasteOfAnotherSignIn);
    QCOMPARE(second->progress().step, Step::Waiting);
    QVERIFY(world.http.requests.isEmpty());
}

void TestBrowserAuthorizationOperation::showsTheBrowserWhatReallyHappened()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    world.http.answer(401, "{}"); // F55
    QCOMPARE(world.listening.pages, QList<RedirectPage> { RedirectPage::Failed });
    QCOMPARE(operation->progress().step, Step::Failed);
    QCOMPARE(operation->progress().failedAt, Step::Exchanging);
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::Refused);
    QVERIFY(world.accounts.accounts().isEmpty());
    QVERIFY(world.keychain.values.isEmpty());
}

void TestBrowserAuthorizationOperation::takesAPastedAddressAndABareCode_data()
{
    QTest::addColumn<bool>("isAddress");
    QTest::newRow("the redirected address") << true;
    QTest::newRow("the bare code") << false;
}

void TestBrowserAuthorizationOperation::takesAPastedAddressAndABareCode()
{
    QFETCH(bool, isAddress);
    FakeWorld world;
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    QString text = u"CANARY-pasted"_s;
    if (isAddress)
        text = u"http://127.0.0.1:53118/rev?auth_code=CANARY-pasted&state="_s
            + QString::fromUtf8(world.listening.expected.state.reveal());
    QVERIFY(!operation->paste(text));
    QVERIFY(world.http.requests.first().body.contains("CANARY-pasted"));
    world.http.answer(200, revAnswer());
    QCOMPARE(operation->progress().step, Step::Done);
}

void TestBrowserAuthorizationOperation::goesOnAfterAnUnusablePaste()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    QCOMPARE(operation->paste(u"https://elsewhere.example/?auth_code=x"_s)->kind,
             Problem::Kind::PasteNotUnderstood);
    QCOMPARE(operation->paste(u"http://127.0.0.1:53118/rev?auth_code=x&state=y"_s)->kind,
             Problem::Kind::PasteOfAnotherSignIn);
    QCOMPARE(operation->progress().step, Step::Waiting);
    QVERIFY(world.http.requests.isEmpty());
}

void TestBrowserAuthorizationOperation::leadsToPastingWhereNothingCanListen_data()
{
    QTest::addColumn<QString>("redirectUri");
    QTest::newRow("elsewhere") << u"https://my.app.com/oauth2callback"_s;
    QTest::newRow("https here, without a certificate") << u"https://localhost:8443/rev"_s;
}

void TestBrowserAuthorizationOperation::leadsToPastingWhereNothingCanListen()
{
    QFETCH(QString, redirectUri);
    FakeWorld world;
    AccountDraft draft = revDraft();
    draft.fields.insert(u"redirect_uri"_s, redirectUri);
    const auto operation = world.tokens.signIn(draft);
    operation->start();
    QCOMPARE(operation->progress().step, Step::Waiting);
    QVERIFY(operation->progress().listeningOn.isEmpty());
    QVERIFY(!operation->progress().listenProblem);
    QVERIFY(!world.listening.current);
    QCOMPARE(world.browser.opened.size(), 1);
}

void TestBrowserAuthorizationOperation::opensNoBrowserOnATakenPort()
{
    FakeWorld world;
    world.listening.failure = ListenError { ListenError::Kind::PortTaken, u"53118"_s };
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    QCOMPARE(operation->progress().listenProblem->kind, Problem::Kind::PortTaken); // R11, F39
    QVERIFY(world.browser.opened.isEmpty());
    world.listening.failure.reset();
    operation->openBrowserAgain();
    QVERIFY(!operation->progress().listenProblem);
    QCOMPARE(world.browser.opened.size(), 1);
}

void TestBrowserAuthorizationOperation::showsTheLinkWhenNoBrowserOpens()
{
    FakeWorld world;
    world.browser.failure = BrowserError { BrowserError::Kind::NotFound, u"xdg-open"_s };
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    QCOMPARE(operation->progress().step, Step::Waiting); // F54
    QCOMPARE(operation->progress().browserProblem->kind, Problem::Kind::BrowserFailed);
    QVERIFY(!operation->progress().authorizationUrl.isEmpty());
}

void TestBrowserAuthorizationOperation::holdsACodeWithoutStateUntilAYes()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(priavaDraft());
    operation->start();
    QVERIFY(operation->progress().authorizationUrl.isEmpty());
    QVERIFY(world.listening.expected.state.isEmpty());
    QVERIFY(world.browser.opened.isEmpty());
    Q_EMIT world.listening.current->codeOffered(Secret("CANARY-code"));
    QCOMPARE(operation->progress().step, Step::Confirming);
    QVERIFY(world.http.requests.isEmpty());
    operation->confirm(true);
    QVERIFY(world.http.requests.first().body.contains("CANARY-code"));
    world.http.answer(200, priavaAnswer);
    QCOMPARE(operation->progress().step, Step::Done);
    QCOMPARE(world.listening.pages, QList<RedirectPage> { RedirectPage::SignedIn });
}

void TestBrowserAuthorizationOperation::offersMissingStateOnlyWhereItCanBe()
{
    FakeWorld world;
    const auto rev = world.tokens.signIn(revDraft());
    rev->start();
    Q_EMIT world.listening.current->foreignAnswerRefused(1, true);
    QVERIFY(!rev->progress().mayAcceptMissingState);
    rev->acceptMissingState();
    QVERIFY(!world.listening.missingStateAccepted);

    const auto priava = world.tokens.signIn(priavaWithPage());
    priava->start();
    QVERIFY(!world.listening.expected.state.isEmpty());
    Q_EMIT world.listening.current->foreignAnswerRefused(1, true);
    QVERIFY(priava->progress().mayAcceptMissingState);
    priava->acceptMissingState();
    QVERIFY(world.listening.missingStateAccepted);
    Q_EMIT world.listening.current->codeOffered(Secret("CANARY-code"));
    QCOMPARE(priava->progress().step, Step::Confirming);
}

void TestBrowserAuthorizationOperation::buildsAFreshAddressEachTime()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    world.now = world.now.addSecs(60);
    operation->openBrowserAgain();
    const QUrlQuery first(world.browser.opened.at(0));
    const QUrlQuery second(world.browser.opened.at(1));
    QVERIFY(first.queryItemValue(u"verifier"_s) != second.queryItemValue(u"verifier"_s));
    QVERIFY(first.queryItemValue(u"state"_s) == second.queryItemValue(u"state"_s));
}

void TestBrowserAuthorizationOperation::signsAnExistingAccountIn()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> saved;
    world.accounts.saveAnyway(revDraft(), {}, saved.reply());
    const AccountId id = *saved.value();
    QVERIFY(world.accounts.find(id)->needsSignIn);
    world.lock.acquired.clear();
    const auto operation = world.tokens.signIn(id);
    operation->start();
    Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    world.http.answer(200, revAnswer());
    QCOMPARE(world.accounts.accounts().size(), 1);
    QVERIFY(!world.accounts.find(id)->needsSignIn);
    QCOMPARE(world.lock.acquired, QStringList { id.value });
}

void TestBrowserAuthorizationOperation::refusesADraftThatMayNotBeSaved()
{
    FakeWorld world;
    AccountDraft draft = revDraft();
    draft.fields.insert(u"url"_s, u"http://rev.acme.example"_s);
    const auto operation = world.tokens.signIn(draft);
    operation->start();
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::FieldRefused);
    QVERIFY(world.browser.opened.isEmpty());
}

void TestBrowserAuthorizationOperation::asksTheKeychainBeforeTheBrowser()
{
    FakeWorld world;
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::NoService, {} };
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::NoKeychainService);
    QVERIFY(world.browser.opened.isEmpty());
}

void TestBrowserAuthorizationOperation::F106_refusesWhatAnEarlierVersionLetIn()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> saved;
    world.accounts.saveAnyway(revDraft(), {}, saved.reply());
    Account other = *world.accounts.find(*saved.value());
    other.id = AccountId::create();
    other.name = u"Hostile"_s;
    other.fields.insert(u"url"_s, u"https://hostile.example"_s);
    QVERIFY(world.repository.storeAccount(other));

    for (const AccountId &id : { *saved.value(), other.id }) {
        const auto operation = world.tokens.signIn(id);
        operation->start();
        QCOMPARE(operation->progress().step, Step::Failed);
        QCOMPARE(operation->progress().problem->kind, Problem::Kind::RedirectUriShared);
        QCOMPARE(operation->progress().problem->detail, id == other.id ? u"Rev production"_s : u"Hostile"_s);
    }
    QVERIFY(world.browser.opened.isEmpty());
    QVERIFY(world.http.requests.isEmpty());
}

void TestBrowserAuthorizationOperation::F106_looksAgainBeforeItOpensAndBeforeItSends_data()
{
    QTest::addColumn<bool>("isWaiting");
    QTest::newRow("F106 added while room was made") << false;
    QTest::newRow("F106 added while the browser was open") << true;
}

void TestBrowserAuthorizationOperation::F106_looksAgainBeforeItOpensAndBeforeItSends()
{
    QFETCH(bool, isWaiting);
    FakeWorld world;
    const auto addTheOther = [&world] {
        Account other;
        other.id = AccountId::create();
        other.name = u"Other"_s;
        other.providerId = u"rev-oauth2"_s;
        other.fields = revDraft().fields;
        other.fields.insert(u"url"_s, u"https://other.example"_s);
        world.profile.accounts.insert(other.id, other); // by another process
        world.profile.changedElsewhere = true;
    };
    const auto operation = world.tokens.signIn(revDraft());
    if (!isWaiting)
        world.keychain.duringRoom = addTheOther;
    operation->start();
    if (isWaiting) {
        QCOMPARE(operation->progress().step, Step::Waiting);
        addTheOther();
        Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    }
    QCOMPARE(operation->progress().step, Step::Failed);
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::RedirectUriShared);
    QCOMPARE(world.browser.opened.size(), isWaiting ? 1 : 0);
    QVERIFY(world.http.requests.isEmpty());
}

LATCHKEY_TEST(TestBrowserAuthorizationOperation)

#include "tst_browserauthorizationoperation.moc"
