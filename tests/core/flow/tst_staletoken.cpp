// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/tokenservice.h"
#include "core/provider/providers.h"
#include "support/fakeworld.h"
#include "support/sampledrafts.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The profile and the secret store disagree about a token: whoever asks for one gets one that lives.
class TestStaleToken final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForANewOneWhereTheAdoptedIsAlmostUsedUp();
    void asksForATokenThatOnlyTheProfileKnows();
    void asksAgainWhereTheStoredIsOlderThanTheProfileSays();

private:
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

QTEST_GUILESS_MAIN(TestStaleToken)
#include "tst_staletoken.moc"
