// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/refreshoperation.h"
#include "core/provider/providers.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Asked = RefreshOperation::Asked;

namespace {

const QByteArray answer2 = R"({"access_token":"CANARY-access-2","refresh_token":"CANARY-refresh-2",)"
                           R"("token_type":"BEARER","expires_in":21600})";
const TransportError cut { TransportError::Kind::Incomplete, u"host"_s, true };
const TransportError late { TransportError::Kind::TimedOut, u"host"_s, true };
const TransportError refusedConnection { TransportError::Kind::ConnectionRefused, u"host"_s, false };

} // namespace

// A request of which nobody knows what became of it is not sent a second time, unless its user says so.
class TestRefreshOperation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsNothingAgainInPassing_data();
    void sendsNothingAgainInPassing();
    void sendsNothingAgainBehindAHolderThatDied_data();
    void sendsNothingAgainBehindAHolderThatDied();
    void leavesItToTheUserToSendAgain();
    void asksAtOnceWhereNothingCanComeTwice();
    void believesNoNoteOfBeforeTheStoredToken();
    void believesNoNoteOfAClockThatWasSetBack();
    void sendsACodeOnce();
    void sendsNothingThatWasRefusedForGood();
    void sharesARefusalWithOtherCallers();
    void sendsNothingWhoseAnswerFindsNoPlace_data();
    void sendsNothingWhoseAnswerFindsNoPlace();
    void holdsTheRoomUntilTheAnswerIsStored();
    void sendsNoSpentTokenUnsaid();
    void forgetsALossThatWasMadeGood();
    void sendsAgainWhatTheVendorDidNotTakeBack();

private:
    // An account whose token is used up.
    static AccountId put(FakeWorld &world, const AccountDraft &draft, const SecretValues &fields,
                         bool hasToken = true);
    static AccountId putSession(FakeWorld &world);
    static std::optional<Problem::Kind> refreshed(FakeWorld &world, const AccountId &id, Asked asked);
    static QByteArray noteOf(const QDateTime &moment)
    {
        return moment.toString(Qt::ISODateWithMs).toLatin1();
    }
};

AccountId TestRefreshOperation::put(FakeWorld &world, const AccountDraft &draft, const SecretValues &fields,
                                    bool hasToken)
{
    Account account;
    account.name = draft.name;
    account.providerId = draft.providerId;
    account.fields = completeFields(*findProvider(draft.providerId), draft.fields);
    AccountSecrets secrets;
    secrets.fields = fields;
    if (hasToken) {
        account.token =
            TokenFacts { world.now.addSecs(-3600), world.now.addSecs(-1), u"Bearer"_s, {}, {}, {} };
        secrets.token = TokenSet { Secret("CANARY-access-1"), Secret("CANARY-refresh-1"), *account.token };
    }
    return world.put(account, secrets);
}

AccountId TestRefreshOperation::putSession(FakeWorld &world)
{
    return put(world, priavaDraft(), { { u"client_secret"_s, Secret("CANARY-client-secret") } });
}

// What a refresh ends with; nothing: there is a new token, or it has not ended yet.
std::optional<Problem::Kind> TestRefreshOperation::refreshed(FakeWorld &world, const AccountId &id,
                                                             Asked asked)
{
    if (asked == Asked::ByTheUser) {
        Answer<Result<void, Problem>> answer;
        world.tokens.refresh(id, answer.reply());
        return answer.isThere() && !answer.value() ? std::optional(answer.value().error().kind)
                                                   : std::nullopt;
    }
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 60s, answer.reply());
    return answer.isThere() && !answer.value() ? std::optional(answer.value().error().kind) : std::nullopt;
}

void TestRefreshOperation::sendsNothingAgainInPassing_data()
{
    QTest::addColumn<TransportError>("error");
    QTest::addColumn<bool>("mayBeSentAgain");
    QTest::addColumn<Problem::Kind>("problem");
    QTest::newRow("R40 F22 cut") << cut << false << Problem::Kind::AnswerIncomplete;
    QTest::newRow("R40 F21 late") << late << false << Problem::Kind::AnswerIncomplete;
    QTest::newRow("R40 F32 never sent") << refusedConnection << true << Problem::Kind::ConnectionRefused;
}

void TestRefreshOperation::sendsNothingAgainInPassing()
{
    QFETCH(const TransportError, error);
    QFETCH(const bool, mayBeSentAgain);
    QFETCH(const Problem::Kind, problem);
    FakeWorld world;
    const AccountId id = putSession(world);
    world.http.respond = [&error](const HttpRequest &) { return failure(error); };
    QVERIFY(refreshed(world, id, Asked::InPassing).has_value());
    QCOMPARE(world.http.requests.size(), 1);
    QVERIFY(insideOf(world.keychain.values.first()).contains("CANARY-refresh-1"));

    world.now = world.now.addSecs(3600);
    QCOMPARE(refreshed(world, id, Asked::InPassing), std::optional(problem));
    QCOMPARE(world.http.requests.size(), mayBeSentAgain ? 2 : 1);
}

void TestRefreshOperation::sendsNothingAgainBehindAHolderThatDied_data()
{
    QTest::addColumn<Asked>("asked");
    QTest::addColumn<bool>("hasToWait");
    QTest::addColumn<int>("requests");
    QTest::newRow("R40 F75 in passing") << Asked::InPassing << false << 0;
    QTest::newRow("R40 F75 in passing, behind it") << Asked::InPassing << true << 0;
    QTest::newRow("R40 F75 by the user, who waited for it") << Asked::ByTheUser << true << 0;
    QTest::newRow("R40 F75 by the user, afterwards") << Asked::ByTheUser << false << 1;
}

void TestRefreshOperation::sendsNothingAgainBehindAHolderThatDied()
{
    QFETCH(const Asked, asked);
    QFETCH(const bool, hasToWait);
    QFETCH(const int, requests);
    FakeWorld world;
    const AccountId id = putSession(world);
    world.lock.notes.insert(id.value, noteOf(world.now));
    world.now = world.now.addSecs(1);
    LockResult other;
    if (hasToWait)
        world.lock.acquire(id.value,
                           { &world.repository, [&other](const LockResult &lock) { other = lock; } });
    Answer<Result<void, Problem>> answer;
    if (asked == Asked::ByTheUser)
        world.tokens.refresh(id, answer.reply());
    else
        static_cast<void>(refreshed(world, id, asked));
    if (hasToWait)
        other->reset();
    QCOMPARE(world.http.requests.size(), requests);
    const Account *account = world.accounts.find(id);
    QCOMPARE(account->lastProblem.has_value(), requests == 0);
    QVERIFY(!account->needsSignIn);
    if (requests == 0)
        QCOMPARE(account->lastProblem->kind, Problem::Kind::AnswerIncomplete);
}

// R40: the next try is the user's.
void TestRefreshOperation::leavesItToTheUserToSendAgain()
{
    FakeWorld world;
    const AccountId id = putSession(world);
    world.http.respond = [](const HttpRequest &) { return failure(cut); };
    QCOMPARE(refreshed(world, id, Asked::ByTheUser), std::optional(Problem::Kind::AnswerIncomplete));
    world.http.respond = nullptr;
    world.now = world.now.addSecs(1);
    QVERIFY(!refreshed(world, id, Asked::ByTheUser));
    QCOMPARE(world.http.requests.size(), 2);
    world.http.answer(200, answer2);
    QVERIFY(!world.accounts.find(id)->lastProblem);
    QVERIFY(world.lock.notes.value(id.value).isEmpty());
    // All is known again.
    world.now = world.now.addSecs(30000);
    QVERIFY(!refreshed(world, id, Asked::InPassing));
    QCOMPARE(world.http.requests.size(), 3);
}

// R40: who proves itself by its secret alone has nothing that a vendor takes once.
void TestRefreshOperation::asksAtOnceWhereNothingCanComeTwice()
{
    FakeWorld world;
    const AccountId id =
        put(world, configApiDraft(), { { u"client_secret"_s, Secret("CANARY-client-secret") } });
    world.http.respond = [](const HttpRequest &) { return failure(cut); };
    QVERIFY(refreshed(world, id, Asked::InPassing).has_value());
    QVERIFY(world.lock.notes.value(id.value).isEmpty());
    QVERIFY(refreshed(world, id, Asked::InPassing).has_value());
    QCOMPARE(world.http.requests.size(), 2);
}

// F75: killed when the answer was stored, and the note not taken away yet.
void TestRefreshOperation::believesNoNoteOfBeforeTheStoredToken()
{
    FakeWorld world;
    const AccountId id = putSession(world);
    world.lock.notes.insert(id.value, noteOf(world.now.addSecs(-3600)));
    QVERIFY(!refreshed(world, id, Asked::InPassing));
    QCOMPARE(world.http.requests.size(), 1);
}

// F80
void TestRefreshOperation::believesNoNoteOfAClockThatWasSetBack()
{
    FakeWorld world;
    const AccountId id = putSession(world);
    world.lock.notes.insert(id.value, noteOf(world.now.addYears(1)));
    QVERIFY(!refreshed(world, id, Asked::ByTheUser));
    QCOMPARE(world.http.requests.size(), 1);
}

// R29, F75: a process that sent the code died; whatever became of it, it is of no more use.
void TestRefreshOperation::sendsACodeOnce()
{
    FakeWorld world;
    const AccountId id = put(
        world, priavaDraft(),
        { { u"client_secret"_s, Secret("CANARY-client-secret") }, { u"code"_s, Secret("CANARY-code-1") } },
        false);
    world.lock.notes.insert(id.value, noteOf(world.now));
    QCOMPARE(refreshed(world, id, Asked::ByTheUser), std::optional(Problem::Kind::AnswerIncomplete));
    QCOMPARE(world.http.requests.size(), 0);
    QVERIFY(world.accounts.find(id)->needsSignIn);
    QVERIFY(!insideOf(world.keychain.values.first()).contains("CANARY-code-1"));
    QVERIFY(world.lock.notes.value(id.value).isEmpty());
}

// R39: no loop of refusals where scripts ask for a token again and again.
void TestRefreshOperation::sendsNothingThatWasRefusedForGood()
{
    FakeWorld world;
    const AccountId id = putSession(world);
    QVERIFY(!refreshed(world, id, Asked::InPassing));
    world.http.answer(400, R"({"error":"invalid_grant"})");
    QVERIFY(world.accounts.find(id)->needsSignIn);
    QCOMPARE(refreshed(world, id, Asked::InPassing), std::optional(Problem::Kind::InvalidGrant));
    QCOMPARE(world.http.requests.size(), 1);
    world.now = world.now.addSecs(1);
    QVERIFY(!refreshed(world, id, Asked::ByTheUser));
    QCOMPARE(world.http.requests.size(), 2);
}

// R38, R39: asked for while another process was being refused, as many at once do.
void TestRefreshOperation::sharesARefusalWithOtherCallers()
{
    FakeWorld world;
    const AccountId id = putSession(world);
    LockResult other;
    world.lock.acquire(id.value, { &world.repository, [&other](const LockResult &lock) { other = lock; } });
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    world.now = world.now.addSecs(1);
    Account refused = *world.accounts.find(id);
    refused.needsSignIn = true;
    refused.lastProblem = Problem { Problem::Kind::InvalidGrant, {}, {}, world.now, {} };
    QVERIFY(world.profile.save(refused).has_value());
    world.profile.changedElsewhere = true;
    other->reset();
    QCOMPARE(answer.value().error().kind, Problem::Kind::InvalidGrant);
    QCOMPARE(world.http.requests.size(), 0);
}

void TestRefreshOperation::sendsNothingWhoseAnswerFindsNoPlace_data()
{
    using From = SecretStoreError::Kind;
    QTest::addColumn<From>("from");
    QTest::addColumn<Problem::Kind>("kind");
    QTest::newRow("F70 R37 full disk") << From::ProfileFull << Problem::Kind::CannotSave;
    QTest::newRow("F71 R37 read-only folder") << From::ProfileReadOnly << Problem::Kind::CannotSave;
    QTest::newRow("R37 a vault that is held") << From::ProfileBusy << Problem::Kind::CannotSave;
    QTest::newRow("F59 R37 locked meanwhile") << From::Locked << Problem::Kind::KeychainLocked;
    QTest::newRow("F62 R37 killed meanwhile") << From::NoService << Problem::Kind::NoKeychainService;
}

// What was not sent is as good as before.
void TestRefreshOperation::sendsNothingWhoseAnswerFindsNoPlace()
{
    QFETCH(const SecretStoreError::Kind, from);
    QFETCH(const Problem::Kind, kind);
    FakeWorld world;
    const AccountId id = putSession(world);
    world.keychain.roomFailure = SecretStoreError { from, {} };
    for (const Asked asked : { Asked::ByTheUser, Asked::InPassing })
        QCOMPARE(refreshed(world, id, asked), std::optional(kind));
    QCOMPARE(world.http.requests.size(), 0);
    QCOMPARE(world.accounts.find(id)->lastProblem->kind, kind);
    QVERIFY(!world.accounts.find(id)->needsSignIn);
    QVERIFY(world.lock.notes.value(id.value).isEmpty());

    world.keychain.roomFailure.reset();
    QVERIFY(!refreshed(world, id, Asked::InPassing));
    QCOMPARE(world.http.requests.size(), 1);
}

// R37
void TestRefreshOperation::holdsTheRoomUntilTheAnswerIsStored()
{
    FakeWorld world;
    const AccountId id = putSession(world);
    QVERIFY(!refreshed(world, id, Asked::ByTheUser));
    QCOMPARE(world.http.unanswered(), 1);
    QVERIFY(!world.keychain.room.expired());
    bool isHeldInTheWrite = false;
    world.keychain.duringWrite = [&] { isHeldInTheWrite = !world.keychain.room.expired(); };
    world.http.answer(200, answer2);
    QVERIFY(isHeldInTheWrite);
    QVERIFY(world.keychain.room.expired());
}

// R40, R41: another process could not store what it got, and may be over; its profile could not be written.
void TestRefreshOperation::sendsNoSpentTokenUnsaid()
{
    FakeWorld world;
    const AccountId id = putSession(world);
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::ProfileFull, {} };
    const Account before = *world.accounts.find(id);
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    world.http.answer(200, answer2);
    QCOMPARE(answer.value().error().kind, Problem::Kind::NotSaved);
    world.keychain.writeFailure.reset();
    world.secrets.dropHeld(id);
    QVERIFY(world.repository.storeAccount(before).has_value());

    world.now = world.now.addSecs(1);
    QCOMPARE(refreshed(world, id, Asked::InPassing), std::optional(Problem::Kind::TokenLost));
    QVERIFY(world.repository.storeAccount(before).has_value());
    QCOMPARE(refreshed(world, id, Asked::ByTheUser), std::optional(Problem::Kind::TokenLost));
    QCOMPARE(world.http.requests.size(), 1);
    world.now = world.now.addSecs(1);
    QCOMPARE(refreshed(world, id, Asked::InPassing), std::optional(Problem::Kind::TokenLost));
    // Now its user knows.
    QVERIFY(!refreshed(world, id, Asked::ByTheUser));
    QCOMPARE(world.http.requests.size(), 2);
}

// R41: saved at last, by the process that held it.
void TestRefreshOperation::forgetsALossThatWasMadeGood()
{
    FakeWorld world;
    const AccountId id = putSession(world);
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::ProfileFull, {} };
    QVERIFY(!refreshed(world, id, Asked::ByTheUser));
    world.http.answer(200, answer2);
    QVERIFY(!world.lock.notes.value(id.value).isEmpty());
    world.keychain.writeFailure.reset();
    Answer<Result<void, Problem>> saved;
    world.tokens.retrySaving(saved.reply());
    QVERIFY(saved.value());
    world.now = world.now.addSecs(30000);
    QVERIFY(!refreshed(world, id, Asked::InPassing));
    QCOMPARE(world.http.requests.size(), 2);
}

// R40: its refresh token is as good as before.
void TestRefreshOperation::sendsAgainWhatTheVendorDidNotTakeBack()
{
    FakeWorld world;
    const AccountId id = putSession(world);
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::ProfileFull, {} };
    QVERIFY(!refreshed(world, id, Asked::ByTheUser));
    world.http.answer(200, R"({"access_token":"CANARY-access-2","token_type":"BEARER","expires_in":21600})");
    QVERIFY(world.lock.notes.value(id.value).isEmpty());
}

LATCHKEY_TEST(TestRefreshOperation)
#include "tst_refreshoperation.moc"
