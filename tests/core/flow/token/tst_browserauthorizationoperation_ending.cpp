// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/browserauthorizationoperation.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using Step = AuthorizationProgress::Step;

// How a sign-in ends without a token, and that nothing of it goes on then.
class TestBrowserAuthorizationEnding final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsWhenTheUserDeclines();
    void endsAfterFiveMinutes();
    void closesThePortWhenItIsDeleted();
    void leavesTheLastPageToTheBrowser();
    void opensNoBrowserForWhatCannotBeKept_data();
    void opensNoBrowserForWhatCannotBeKept();
    void closesThePortAfterAPaste_data();
    void closesThePortAfterAPaste();
    void bringsNoRemovedAccountBack();
    void closesThePortWhenTheAccountIsRemoved();
    void sendsNoCodeForAnAccountRemovedElsewhere_data();
    void sendsNoCodeForAnAccountRemovedElsewhere();
    void beginsNothingForARemovedAccount_data();
    void beginsNothingForARemovedAccount();
    void leavesTheProfileAloneWhileItWaits();
    void sendsNoCodeAfterACancel();
};

namespace {

AccountId savedAccount(FakeWorld &world)
{
    Answer<Result<AccountId, Problem>> saved;
    world.accounts.saveAnyway(revDraft(), {}, saved.reply());
    return *saved.value();
}

// Another process does it, and the watch of the profile tells of it.
void removeElsewhere(FakeWorld &world, const AccountId &id)
{
    world.profile.accounts.remove(id);
    world.profile.changedElsewhere = true;
    world.repository.catchUp();
}

} // namespace

void TestBrowserAuthorizationEnding::endsWhenTheUserDeclines()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    const OAuthError denied { OAuthError::Code::AccessDenied, u"access_denied"_s, {}, 0 };
    Q_EMIT world.listening.current->answered(failure(AuthorizationError(denied)));
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::SignInDeclined); // F43
    QCOMPARE(world.listening.pages, QList<RedirectPage> { RedirectPage::Declined });
    QVERIFY(world.http.requests.isEmpty());
}

// R12
void TestBrowserAuthorizationEnding::endsAfterFiveMinutes()
{
    FakeWorld world;
    const auto operation = world.tokens.signIn(revDraft());
    QSignalSpy finished(operation.get(), &AuthorizationOperation::finished);
    operation->start();
    world.now = world.now.addSecs(300);
    QVERIFY(finished.wait(20000)); // the tick of a second notices
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::SignInTimedOut);
    QVERIFY(!world.listening.current); // F51: the port is closed
}

// F51: cancelling, closing the window and quitting all delete it.
void TestBrowserAuthorizationEnding::closesThePortWhenItIsDeleted()
{
    FakeWorld world;
    auto operation = world.tokens.signIn(revDraft());
    operation->start();
    QVERIFY(world.listening.current);
    operation.reset();
    QVERIFY(!world.listening.current);
    QVERIFY(world.http.requests.isEmpty());
}

void TestBrowserAuthorizationEnding::leavesTheLastPageToTheBrowser()
{
    FakeWorld world;
    auto operation = world.tokens.signIn(revDraft());
    operation->start();
    Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    world.http.answer(200, revAnswer());
    operation.reset(); // a dialog that closes itself
    QCOMPARE(world.listening.alive, 1);

    // The next sign-in may need the same port.
    AccountDraft other = revDraft();
    other.name = u"Another"_s;
    const auto next = world.tokens.signIn(other);
    next->start();
    QCOMPARE(world.listening.alive, 1);
}

void TestBrowserAuthorizationEnding::opensNoBrowserForWhatCannotBeKept_data()
{
    using From = SecretStoreError::Kind;
    QTest::addColumn<SecretStoreError::Kind>("why");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("F70 R37 full disk") << From::ProfileFull << false;
    QTest::newRow("F71 R37 read-only folder") << From::ProfileReadOnly << false;
    QTest::newRow("locked: it may be opened meanwhile") << From::Locked << true;
}

void TestBrowserAuthorizationEnding::opensNoBrowserForWhatCannotBeKept()
{
    QFETCH(SecretStoreError::Kind, why);
    QFETCH(bool, goesOn);
    FakeWorld world;
    world.keychain.roomFailure = SecretStoreError { why, {} };
    const auto operation = world.tokens.signIn(revDraft());
    operation->start();
    QCOMPARE(operation->progress().step, goesOn ? Step::Waiting : Step::Failed);
    QCOMPARE(world.browser.opened.size(), goesOn ? 1 : 0);
    QCOMPARE(world.listening.alive, goesOn ? 1 : 0);
    if (!goesOn)
        QCOMPARE(operation->progress().problem->kind, Problem::Kind::CannotSave);
}

void TestBrowserAuthorizationEnding::closesThePortAfterAPaste_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("R12 signed in") << 200;
    QTest::newRow("R12 refused") << 401;
}

void TestBrowserAuthorizationEnding::closesThePortAfterAPaste()
{
    QFETCH(int, status);
    FakeWorld world;
    auto operation = world.tokens.signIn(revDraft());
    operation->start();
    QCOMPARE(world.listening.alive, 1);
    QVERIFY(!operation->paste(u"CANARY-pasted"_s));
    world.http.answer(status, revAnswer());
    QCOMPARE(world.listening.alive, 0);
    operation.reset();
    QCOMPARE(world.listening.alive, 0);
}

void TestBrowserAuthorizationEnding::bringsNoRemovedAccountBack()
{
    FakeWorld world;
    const AccountId id = savedAccount(world);
    const auto operation = world.tokens.signIn(id);
    operation->start();
    Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    Answer<Result<void, Problem>> removed;
    world.accounts.remove(id, removed.reply());
    QVERIFY(removed.value().has_value());
    world.http.answer(200, revAnswer());
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::NoSuchAccount);
    QVERIFY(world.accounts.accounts().isEmpty());
    QVERIFY(world.keychain.values.isEmpty());
}

// F51
void TestBrowserAuthorizationEnding::closesThePortWhenTheAccountIsRemoved()
{
    FakeWorld world;
    const AccountId id = savedAccount(world);
    const auto operation = world.tokens.signIn(id);
    operation->start();
    QVERIFY(world.listening.current);
    Answer<Result<void, Problem>> removed;
    world.accounts.remove(id, removed.reply());
    QVERIFY(removed.value().has_value());
    QVERIFY(!world.listening.current);
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::NoSuchAccount);
    QVERIFY(operation->paste(u"CANARY-pasted"_s));
    QVERIFY(world.http.requests.isEmpty());
}

void TestBrowserAuthorizationEnding::sendsNoCodeForAnAccountRemovedElsewhere_data()
{
    QTest::addColumn<bool>("comesAtOnce");
    QTest::newRow("F51 the answer comes at once") << true;
    QTest::newRow("F51 the port is closed before") << false;
}

void TestBrowserAuthorizationEnding::sendsNoCodeForAnAccountRemovedElsewhere()
{
    QFETCH(bool, comesAtOnce);
    FakeWorld world;
    const AccountId id = savedAccount(world);
    const auto operation = world.tokens.signIn(id);
    QSignalSpy finished(operation.get(), &AuthorizationOperation::finished);
    operation->start();

    if (comesAtOnce) { // before anybody has told of the removal
        world.profile.accounts.remove(id);
        world.profile.changedElsewhere = true;
        Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
        QCOMPARE(world.listening.pages, QList<RedirectPage> { RedirectPage::Failed });
    } else {
        removeElsewhere(world, id);
        QVERIFY(!world.listening.current);
    }
    QCOMPARE(finished.count(), 1);
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::NoSuchAccount);
    QVERIFY(world.http.requests.isEmpty());
}

void TestBrowserAuthorizationEnding::beginsNothingForARemovedAccount_data()
{
    QTest::addColumn<QString>("when");
    QTest::newRow("F51 before it is asked for") << u"asked"_s;
    QTest::newRow("F51 before it starts") << u"start"_s;
    QTest::newRow("F51 while its secrets are read") << u"read"_s;
    QTest::newRow("F51 while room is made") << u"room"_s;
}

void TestBrowserAuthorizationEnding::beginsNothingForARemovedAccount()
{
    QFETCH(QString, when);
    FakeWorld world;
    const AccountId id = savedAccount(world);
    const auto remove = [&world, id] { removeElsewhere(world, id); };
    if (when == "asked"_L1)
        remove();
    const auto operation = world.tokens.signIn(id);
    QSignalSpy finished(operation.get(), &AuthorizationOperation::finished);
    if (when == "start"_L1)
        remove();
    else if (when == "read"_L1)
        world.keychain.duringRead = remove;
    else if (when == "room"_L1)
        world.keychain.duringRoom = remove;
    operation->start();

    QCOMPARE(finished.count(), 1);
    QCOMPARE(operation->progress().step, Step::Failed);
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::NoSuchAccount);
    QVERIFY(world.browser.opened.isEmpty());
    QCOMPARE(world.listening.alive, 0);
    QVERIFY(world.accounts.accounts().isEmpty());
}

// Where another process holds the profile's lock, each look at it takes seconds: who watches it tells of what
// was changed, and nobody polls.
void TestBrowserAuthorizationEnding::leavesTheProfileAloneWhileItWaits()
{
    FakeWorld world;
    int ticks = 0;
    world.context.clock = [&world, &ticks] {
        ++ticks;
        return world.now;
    };
    const auto operation = world.tokens.signIn(savedAccount(world));
    operation->start();
    QCOMPARE(operation->progress().step, Step::Waiting);
    ticks = 0;
    world.profile.questions = 0;
    QTRY_VERIFY(ticks > 0); // it has looked at its deadline
    QCOMPARE(world.profile.questions, 0);
    QVERIFY(world.listening.current);
}

// F51: the code has come, and waits behind a refresh of the same account.
void TestBrowserAuthorizationEnding::sendsNoCodeAfterACancel()
{
    FakeWorld world;
    const AccountId id = savedAccount(world);
    LockResult refresh = failure(LockError {});
    QObject holder;
    world.lock.acquire(id.value, { &holder, [&refresh](const LockResult &held) { refresh = held; } });
    QVERIFY(refresh.has_value());
    auto operation = world.tokens.signIn(id);
    operation->start();
    Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    QCOMPARE(operation->progress().step, Step::Exchanging);

    operation.reset();
    refresh->reset();

    QVERIFY(!world.listening.current);
    QVERIFY(world.http.requests.isEmpty());
}

LATCHKEY_TEST(TestBrowserAuthorizationEnding)

#include "tst_browserauthorizationoperation_ending.moc"
