// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountjson.h"
#include "core/account/problemtable.h"
#include "core/flow/draft/accountdraft.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/flow/token/tokenservice.h"
#include "core/provider/providers.h"
#include "support/fakes/keptalike.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The profile and the secret store disagree about a token: a caller gets one that lives all the same.
class TestStaleToken final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForANewOneWhereTheAdoptedIsAlmostUsedUp();
    void asksForATokenThatOnlyTheProfileKnows();
    void asksAgainWhereTheStoredIsOlderThanTheProfileSays();
    void asksOnceAnHourWhereNobodyNamedALifetime_data();
    void asksOnceAnHourWhereNobodyNamedALifetime();
    void keepsATokenOfUnknownLifeWhereOnlyTheUserGetsANewOne();
    void keepsItsPromisesOnEveryWay_data();
    void keepsItsPromisesOnEveryWay();
    void keepsTheWaitOfARefusedSignIn();
    void obeysRetryAfter_data();
    void obeysRetryAfter();
    void storesWhatWasHeldThoughTheProfileMissedIt();
    void beginsANewSessionWithATypedCode();
    void readsTheKeychainOnceForATokenItGets();

private:
    enum class Way {
        SignIn,
        SignInAfterLoss,
        PastedSignIn,
        TypedCode,
        TypedCodeLater,
        Refresh,
        Adoption,
        Held,
        Edited
    };
    static AccountId begin(FakeWorld &world);
    static std::unique_ptr<AuthorizationOperation> go(FakeWorld &world, const AccountId &id, Way way);

    static Account account(const AccountDraft &draft, const FakeWorld &world, int secondsLeft);
    static AccountSecrets secrets(const Account &account);
};

Account TestStaleToken::account(const AccountDraft &draft, const FakeWorld &world, int secondsLeft)
{
    Account made;
    made.id = AccountId::create();
    made.name = draft.name;
    made.providerId = draft.providerId;
    made.fields = completeFields(*findProvider(draft.providerId), draft.fields);
    made.token =
        TokenFacts { world.now.addSecs(-3600), world.now.addSecs(secondsLeft), u"Bearer"_s, {}, {}, {} };
    return made;
}

AccountSecrets TestStaleToken::secrets(const Account &account)
{
    AccountSecrets stored;
    stored.fields = { { u"client_secret"_s, Secret("CANARY-client-secret") } };
    stored.token = TokenSet { Secret("CANARY-access-1"), Secret("CANARY-refresh-1"), *account.token };
    return stored;
}

void TestStaleToken::asksForANewOneWhereTheAdoptedIsAlmostUsedUp()
{
    FakeWorld world;
    const Account priava = account(priavaDraft(), world, -60);
    // Stored by a process that was killed before it could note it in the profile, long ago (F75).
    Account newer = priava;
    newer.token->issuedAt = world.now.addSecs(-3500);
    newer.token->expiresAt = world.now.addSecs(30);
    AccountSecrets stored = secrets(newer);
    stored.token->refreshToken = Secret("CANARY-refresh-adopted");
    const AccountId id = world.put(priava, stored);

    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    QVERIFY(!answer.isThere());
    world.http.answer(200,
                      R"({"access_token":"CANARY-access-2","refresh_token":"CANARY-refresh-2",)"
                      R"("token_type":"BEARER","expires_in":21600})");
    QVERIFY(answer.value()->accessToken == Secret("CANARY-access-2"));
    QCOMPARE(world.http.requests.size(), 1);
    QVERIFY(world.http.requests.constFirst().body.contains("CANARY-refresh-adopted"));
}

void TestStaleToken::asksForATokenThatOnlyTheProfileKnows()
{
    FakeWorld world;
    const Account robot = account(configApiDraft(), world, 3000);
    AccountSecrets dropped = secrets(robot);
    dropped.token.reset(); // by an edit that a full disk kept from the profile (F70)
    const AccountId id = world.put(robot, dropped);

    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    QVERIFY(!answer.isThere());
    world.http.answer(200, R"({"access_token":"CANARY-access-2","expires_in":"3599"})");
    QVERIFY(answer.value()->accessToken == Secret("CANARY-access-2"));
}

void TestStaleToken::asksAgainWhereTheStoredIsOlderThanTheProfileSays()
{
    FakeWorld world;
    const Account robot = account(configApiDraft(), world, 3000);
    AccountSecrets older = secrets(robot);
    older.token->facts.expiresAt = world.now.addSecs(30);
    const AccountId id = world.put(robot, older);

    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    QVERIFY(!answer.isThere());
    world.http.answer(200, R"({"access_token":"CANARY-access-2","expires_in":"3599"})");
    QVERIFY(answer.value()->accessToken == Secret("CANARY-access-2"));
}

void TestStaleToken::asksOnceAnHourWhereNobodyNamedALifetime_data()
{
    QTest::addColumn<int>("age"); // seconds since it was issued
    QTest::addColumn<int>("minLife"); // seconds
    QTest::addColumn<bool>("isAsked");
    QTest::newRow("F99 just issued, ten hours") << 0 << 36000 << false;
    QTest::newRow("F99 within the hour") << 3599 << 36000 << false;
    QTest::newRow("F99 an hour old, ten hours") << 3600 << 36000 << true;
    QTest::newRow("F99 an hour old, as copied") << 3600 << 120 << true;
    QTest::newRow("F99 an hour old, as it is") << 3600 << 0 << false;
    QTest::newRow("F99 from a time to come") << -60 << 120 << true;
}

void TestStaleToken::asksOnceAnHourWhereNobodyNamedALifetime()
{
    QFETCH(int, age);
    QFETCH(int, minLife);
    QFETCH(bool, isAsked);
    FakeWorld world;
    Account robot = account(configApiDraft(), world, 0);
    robot.token->issuedAt = world.now.addSecs(-age);
    robot.token->expiresAt.reset();
    const AccountId id = world.put(robot, secrets(robot));

    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, std::chrono::seconds(minLife), answer.reply());
    QCOMPARE(!answer.isThere(), isAsked);
    if (isAsked)
        world.http.answer(200, R"({"access_token":"CANARY-access-2","expires_in":"soon"})");
    QVERIFY(answer.value().has_value());
    QVERIFY(!answer.value()->facts.expiresAt);
    QVERIFY(isKeptAlike(world, id));

    world.now = world.now.addSecs(isAsked ? 3599 : 0);
    Answer<Result<HandedToken, Problem>> again;
    world.tokens.token(id, std::chrono::seconds(minLife), again.reply());
    QVERIFY(again.isThere());
    QCOMPARE(world.http.requests.size(), isAsked ? 1 : 0);
}

// F99
void TestStaleToken::keepsATokenOfUnknownLifeWhereOnlyTheUserGetsANewOne()
{
    FakeWorld world;
    Account priava = account(priavaDraft(), world, 0);
    priava.token->expiresAt.reset();
    AccountSecrets stored = secrets(priava);
    stored.token->refreshToken.reset();
    const AccountId id = world.put(priava, stored);

    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 10h, answer.reply());
    QVERIFY(answer.value()->accessToken == Secret("CANARY-access-1"));
    QVERIFY(!world.accounts.find(id)->needsSignIn);
}

// A session of Rev that ann began; each way of getting a token after it is answered for bob.
AccountId TestStaleToken::begin(FakeWorld &world)
{
    Account rev = account(revDraft(), world, -1);
    rev.token->user = u"ann"_s;
    AccountSecrets stored = secrets(rev);
    stored.fields = { { u"api_secret"_s, Secret("CANARY-api-secret") } };
    stored.generation = 7;
    return world.put(rev, stored);
}

std::unique_ptr<AuthorizationOperation> TestStaleToken::go(FakeWorld &world, const AccountId &id, Way way)
{
    constexpr auto key = "latchkey/"_L1;
    switch (way) {
    case Way::SignInAfterLoss: world.keychain.values.clear(); [[fallthrough]];
    case Way::PastedSignIn:
    case Way::SignIn: {
        AccountDraft draft = draftOf(*world.accounts.find(id));
        if (way == Way::SignInAfterLoss)
            draft.secrets = revDraft().secrets;
        auto operation = world.tokens.signIn(draft);
        operation->start();
        if (way == Way::PastedSignIn)
            operation->paste(u"CANARY-code-2"_s);
        else
            Q_EMIT world.listening.current->answered(Secret("CANARY-code-2"));
        return operation;
    }
    case Way::TypedCode:
    case Way::TypedCodeLater: {
        AccountDraft draft = draftOf(*world.accounts.find(id));
        draft.secrets.emplace(u"code"_s, Secret("CANARY-code-2"));
        if (way == Way::TypedCode) {
            world.accounts.saveWithToken(draft, { &world.repository, [](const auto &) {} });
            return {};
        }
        world.accounts.saveAnyway(draft, {}, { &world.repository, [](const auto &) {} });
        world.tokens.refresh(id, { &world.repository, [](const auto &) {} });
        return {};
    }
    case Way::Held: world.keychain.writeFailure = SecretStoreError {}; [[fallthrough]];
    case Way::Refresh: world.tokens.refresh(id, { &world.repository, [](const auto &) {} }); return {};
    case Way::Adoption: {
        AccountSecrets other = fromStoredText(world.keychain.values.value(key + id.value)).value();
        other.token->facts.issuedAt = world.now;
        other.token->facts.expiresAt = world.now.addSecs(3600);
        other.token->facts.user = u"bob"_s;
        other.token->facts.notes = { TokenNote::OtherUser };
        ++other.generation;
        world.keychain.values.insert(key + id.value, toStoredText(other));
        world.tokens.refresh(id, { &world.repository, [](const auto &) {} });
        return {};
    }
    case Way::Edited: {
        world.tokens.refresh(id, { &world.repository, [](const auto &) {} });
        world.http.answer(200, QByteArray(revAnswer()).replace(R"("u")", R"("bob")"));
        AccountDraft draft = draftOf(*world.accounts.find(id));
        draft.name = u"Renamed"_s;
        world.accounts.saveAnyway(draft, {}, { &world.repository, [](const auto &) {} });
        return {};
    }
    }
    return {};
}

void TestStaleToken::keepsItsPromisesOnEveryWay_data()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("a sign-in") << Way::SignIn;
    QTest::newRow("a sign-in after the keychain lost its item") << Way::SignInAfterLoss;
    QTest::newRow("a pasted sign-in") << Way::PastedSignIn;
    QTest::newRow("a refresh") << Way::Refresh;
    QTest::newRow("a token of another process") << Way::Adoption;
    QTest::newRow("held, then saved") << Way::Held;
    QTest::newRow("edited after a refresh") << Way::Edited;
}

// Another user is noted, the lifetime is kept, the item's number grows, and profile and secret store agree.
void TestStaleToken::keepsItsPromisesOnEveryWay()
{
    QFETCH(Way, way);
    FakeWorld world;
    const AccountId id = begin(world);
    const auto operation = go(world, id, way);
    if (world.http.unanswered() > 0)
        world.http.answer(200, QByteArray(revAnswer()).replace(R"("u")", R"("bob")"));
    if (way == Way::Held) {
        QVERIFY(isKeptAlike(world, id));
        world.keychain.writeFailure.reset();
        Answer<Result<void, Problem>> saved;
        world.tokens.retrySaving(saved.reply());
        QVERIFY(saved.value().has_value());
    }
    QVERIFY(isKeptAlike(world, id));
    const Account &kept = *world.accounts.find(id);
    QVERIFY(kept.token);
    QCOMPARE(kept.token->user, u"bob"_s);
    QVERIFY(kept.token->notes.contains(TokenNote::OtherUser));
    QVERIFY(kept.token->expiresAt > world.now);
    QVERIFY(!kept.needsSignIn && !kept.lastProblem);
    const auto stored = fromStoredText(world.keychain.values.first());
    QVERIFY(stored && (stored->generation > 7 || way == Way::SignInAfterLoss));
}

// F97: the vendor is busy for the next who asks, too.
// R40, F27
void TestStaleToken::obeysRetryAfter_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("F27 429") << 429 << QByteArray();
    for (const int status : { 408, 429, 500, 502, 503, 504 }) {
        QTest::addRow("F97 %d with an error", status)
            << status << QByteArray(R"({"error":"invalid_grant","error_description":"sp\u00e4ter"})");
    }
    QTest::newRow("F97 400 with a passing word")
        << 400 << QByteArray(R"({"error":"slow_down","error_description":"sp\u00e4ter"})");
}

void TestStaleToken::obeysRetryAfter()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    FakeWorld world;
    const Account priava = account(priavaDraft(), world, 300);
    const AccountId id = world.put(priava, secrets(priava));
    HttpResponse busy;
    busy.status = status;
    busy.body = body;
    busy.retryAfter = "5";
    Answer<Result<void, Problem>> first;
    world.tokens.refresh(id, first.reply());
    world.http.answer(busy);
    QVERIFY(mayBeSentAgain(first.value().error()));
    QCOMPARE(first.value().error().description.contains(u"später"_s), !body.isEmpty());
    QVERIFY(!world.accounts.find(id)->needsSignIn);
    QCOMPARE(first.value().error().retryAt, world.now.addSecs(5));

    world.now = world.now.addSecs(4);
    Answer<Result<void, Problem>> early;
    world.tokens.refresh(id, early.reply());
    QVERIFY(!early.value().has_value());
    QCOMPARE(world.http.requests.size(), 1);

    world.now = world.now.addSecs(1);
    Answer<Result<void, Problem>> inTime;
    world.tokens.refresh(id, inTime.reply());
    QCOMPARE(world.http.requests.size(), 2);
}

void TestStaleToken::keepsTheWaitOfARefusedSignIn()
{
    FakeWorld world;
    const AccountId id = begin(world);
    const auto before = world.accounts.find(id)->token;
    const auto operation = go(world, id, Way::SignIn);
    HttpResponse busy { 503, "application/json", R"({"error":"invalid_grant"})", {}, "60", {} };
    world.http.answer(busy);
    QCOMPARE(operation->progress().problem->kind, Problem::Kind::ServerFailed);
    QVERIFY(world.accounts.find(id)->token == before && !world.accounts.find(id)->needsSignIn);
    QVERIFY(isKeptAlike(world, id));
    Answer<Result<void, Problem>> early;
    world.tokens.refresh(id, early.reply());
    QCOMPARE(early.value().error().retryAt, world.now.addSecs(60));
    QCOMPARE(world.http.requests.size(), 1);
}

// The disk was full for both; then another process wrote, so that the profile was read again.
void TestStaleToken::storesWhatWasHeldThoughTheProfileMissedIt()
{
    FakeWorld world;
    const AccountId id = begin(world);
    world.keychain.writeFailure = SecretStoreError {};
    world.profile.failure = AccountStoreError { AccountStoreError::Kind::Full, {} };
    world.tokens.refresh(id, { &world.repository, [](const auto &) {} });
    world.http.answer(200, revAnswer());
    world.keychain.writeFailure.reset();
    world.profile.failure.reset();
    world.profile.changedElsewhere = true;
    world.repository.catchUp();

    Answer<Result<void, Problem>> saved;
    world.tokens.retrySaving(saved.reply());
    QVERIFY(saved.value().has_value());
    QVERIFY(isKeptAlike(world, id));
}

// The refresh token of the session before it must not be kept beside a new one.
void TestStaleToken::beginsANewSessionWithATypedCode()
{
    for (const Way way : { Way::TypedCode, Way::TypedCodeLater }) {
        FakeWorld world;
        const Account priava = account(priavaDraft(), world, 3000);
        const AccountId id = world.put(priava, secrets(priava));
        static_cast<void>(go(world, id, way));
        world.http.answer(200, R"({"access_token":"CANARY-access-2","expires_in":60})");
        QVERIFY(isKeptAlike(world, id));
        const AccountSecrets stored = *fromStoredText(world.keychain.values.first());
        QVERIFY(stored.token->accessToken == Secret("CANARY-access-2"));
        QVERIFY(stored.authorizationCode == Secret("CANARY-code-2"));
        QVERIFY(!stored.token->refreshToken && !stored.fields.contains(u"code"_s));
    }
}

void TestStaleToken::readsTheKeychainOnceForATokenItGets()
{
    FakeWorld world;
    const Account priava = account(priavaDraft(), world, 30);
    const AccountId id = world.put(priava, secrets(priava));
    const QByteArray renewed = R"({"access_token":"CANARY-access-2","refresh_token":"CANARY-refresh-2",)"
                               R"("token_type":"BEARER","expires_in":21600})";
    const QStringList once { u"read"_s, u"write"_s };
    world.keychain.calls.clear();
    Answer<Result<HandedToken, Problem>> inPassing;
    world.tokens.token(id, 2min, inPassing.reply());
    world.http.answer(200, renewed);
    QVERIFY(inPassing.value()->accessToken == Secret("CANARY-access-2"));
    QCOMPARE(world.keychain.calls, once);

    world.keychain.calls.clear();
    world.now = world.now.addSecs(1);
    Answer<Result<HandedToken, Problem>> asked;
    world.tokens.newToken(id, asked.reply());
    world.http.answer(200, renewed);
    QVERIFY(asked.value()->accessToken == Secret("CANARY-access-2"));
    QCOMPARE(world.keychain.calls, once);
}

LATCHKEY_TEST(TestStaleToken)
#include "tst_tokenservice_stale.moc"
