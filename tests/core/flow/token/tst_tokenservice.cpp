// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountjson.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/secretbinding.h"
#include "core/flow/store/secretplaces.h"
#include "core/flow/token/tokenservice.h"
#include "core/provider/providers.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTokenService final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refreshesOnceForAllWhoAsk();
    void storesTheRotatedTokenBeforeItIsShown();
    void keepsTheOldRefreshTokenWhenNoneComes();
    void leavesTheOldTokenWhenARefreshFails_data();
    void leavesTheOldTokenWhenARefreshFails();
    void adoptsWhatAnotherProcessStored();
    void adoptsARotationSeenOnlyAfterInvalidGrant();
    void sendsNoSecretWhereAnotherWindowNoLongerSendsIt();
    void bringsBackNothingThatAnotherWindowRemoved();
    void keepsNoSecretThatAProviderQuotes_data();
    void keepsNoSecretThatAProviderQuotes();
    void waitsForNoMomentOfAClockThatWasSetBack();
    void survivesAProviderItDoesNotKnow();
    void asksForASignInWithoutARefreshToken();
    void asksAgainWithTheStoredSecret();
    void exchangesATypedCodeOnce();
    void handsOutAFreshTokenWithoutARequest();
    void refreshesFirstWhenTooLittleIsLeft();
    void handsOutAValidTokenWhenTheRefreshFails();
    void refusesAnExpiredTokenWhenTheRefreshFails();
    void refusesATokenThatIsDeadOnArrival();
    void handsOutWhatTheRecipesNeed();
    void holdsATokenThatCannotBeStored();
    void refusesATokenThatWillNeverFit();
    void explainsAnotherKeychain();
    void notesAnotherUser();

private:
    static Account account(const QString &providerId, const FakeWorld &world, int secondsLeft);
    static AccountSecrets secrets(const Account &account);
};

namespace {

const QByteArray priavaRenewed = R"({"access_token":"CANARY-access-2","refresh_token":"CANARY-refresh-2",)"
                                 R"("token_type":"BEARER","expires_in":21600})";

} // namespace

Account TestTokenService::account(const QString &providerId, const FakeWorld &world, int secondsLeft)
{
    const AccountDraft draft = providerId == "priava"_L1 ? priavaDraft()
        : providerId == "configapi"_L1                   ? configApiDraft()
                                                         : revDraft();
    Account made;
    made.id = AccountId::create();
    made.name = draft.name;
    made.providerId = providerId;
    made.fields = completeFields(*findProvider(providerId), draft.fields);
    made.token =
        TokenFacts { world.now.addSecs(-3600), world.now.addSecs(secondsLeft), u"Bearer"_s, {}, {}, {} };
    return made;
}

AccountSecrets TestTokenService::secrets(const Account &account)
{
    AccountSecrets stored;
    stored.fields = { { u"client_secret"_s, Secret("CANARY-client-secret") },
                      { u"api_secret"_s, Secret("CANARY-api-secret") } };
    stored.token = TokenSet { Secret("CANARY-access-1"), Secret("CANARY-refresh-1"), *account.token };
    stored.authorizationCode = Secret("CANARY-code-1");
    stored.generation = 7;
    return stored;
}

// R38
void TestTokenService::refreshesOnceForAllWhoAsk()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 30);
    const AccountId id = world.put(priava, secrets(priava));
    QSignalSpy refreshing(&world.tokens, &TokenService::refreshingChanged);

    Answer<Result<void, Problem>> first;
    Answer<Result<void, Problem>> second;
    world.tokens.refresh(id, first.reply());
    world.tokens.refresh(id, second.reply());
    QVERIFY(world.tokens.isRefreshing(id));
    QCOMPARE(world.http.requests.size(), 1);
    world.http.answer(200, priavaRenewed);

    QVERIFY(first.value().has_value());
    QVERIFY(second.value().has_value());
    QVERIFY(!world.tokens.isRefreshing(id));
    QCOMPARE(refreshing.count(), 2);
    QCOMPARE(world.lock.acquired, QStringList { id.value });
}

// R37
void TestTokenService::storesTheRotatedTokenBeforeItIsShown()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 30);
    const AccountId id = world.put(priava, secrets(priava));
    QByteArray storedWhenShown;
    connect(&world.repository, &AccountRepository::accountChanged, this,
            [&] { storedWhenShown = insideOf(world.keychain.values.value(secretKeyOf(id))); });

    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    world.http.answer(200, priavaRenewed);

    QVERIFY(storedWhenShown.contains("CANARY-refresh-2"));
    QVERIFY(!storedWhenShown.contains("CANARY-refresh-1"));
    QCOMPARE(fromStoredText(world.keychain.values.value(secretKeyOf(id)))->generation, quint64(8));
    const Account *now = world.accounts.find(id);
    QVERIFY(now->token->expiresAt == world.now.addSecs(21600));
    QVERIFY(now->lastRefreshAt == world.now);
}

// R37, F35
void TestTokenService::keepsTheOldRefreshTokenWhenNoneComes()
{
    FakeWorld world;
    const Account rev = account(u"rev"_s, world, 30);
    const AccountId id = world.put(rev, secrets(rev));
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    const QByteArray sent = world.http.requests.first().body;
    QVERIFY(sent.contains("CANARY-code-1") && sent.contains("CANARY-refresh-1"));
    world.http.answer(200,
                      R"({"accessToken":"CANARY-access-3","expiration":"2026-01-15T15:00:10.495Z",)"
                      R"("issuedBy":"VBrick","userId":"u"})");
    QVERIFY(answer.value().has_value());
    const QByteArray stored = insideOf(world.keychain.values.value(secretKeyOf(id)));
    QVERIFY(stored.contains("CANARY-access-3") && stored.contains("CANARY-refresh-1"));
    QVERIFY(stored.contains("CANARY-code-1"));
}

void TestTokenService::leavesTheOldTokenWhenARefreshFails_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Problem::Kind>("kind");
    QTest::addColumn<bool>("needsSignIn");

    using Kind = Problem::Kind;
    QTest::newRow("F24 invalid_grant")
        << u"priava"_s << 400 << QByteArray(R"({"error":"invalid_grant"})") << Kind::InvalidGrant << true;
    QTest::newRow("F24 invalid_client")
        << u"priava"_s << 400 << QByteArray(R"({"error":"invalid_client"})") << Kind::InvalidClient << false;
    QTest::newRow("Priava's own code")
        << u"priava"_s << 400 << QByteArray(R"({"error":"error_code"})") << Kind::ProviderRefused << false;
    QTest::newRow("F25 401 on extending Rev") << u"rev"_s << 401 << QByteArray("{}") << Kind::Refused << true;
    QTest::newRow("F26 403") << u"priava"_s << 403 << QByteArray("{}") << Kind::Refused << false;
    QTest::newRow("F28 500") << u"priava"_s << 500 << QByteArray("{}") << Kind::ServerFailed << false;
    QTest::newRow("F5 no token in it")
        << u"priava"_s << 200 << QByteArray("{}") << Kind::AnswerNotUnderstood << false;
    QTest::newRow("F28 503 on Rev") << u"rev"_s << 503 << QByteArray("{}") << Kind::ServerFailed << false;
    for (const char *provider : { "priava", "rev", "configapi" }) {
        const auto row = [provider](const char *word, int status, Kind kind) {
            QTest::addRow("F97 %s, %d %s", provider, status, word)
                << QString::fromLatin1(provider) << status << R"({"error":")" + QByteArray(word) + R"("})"
                << kind << false;
        };
        for (const char *word : { "invalid_grant", "invalid_client", "temporarily_unavailable" }) {
            for (const int status : { 408, 500, 502, 503, 504 })
                row(word, status, Kind::ServerFailed);
            row(word, 429, Kind::TooManyRequests);
        }
        for (const int status : { 200, 400, 401, 403 }) {
            row("temporarily_unavailable", status, Kind::ServerFailed);
            row("too_many_requests", status, Kind::TooManyRequests);
        }
    }
}

void TestTokenService::leavesTheOldTokenWhenARefreshFails()
{
    QFETCH(QString, provider);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Problem::Kind, kind);
    QFETCH(bool, needsSignIn);

    FakeWorld world;
    const Account before = account(provider, world, 300);
    const AccountId id = world.put(before, secrets(before));
    const Secret stored = world.keychain.values.value(secretKeyOf(id));
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    world.http.answer(status, body);

    QVERIFY(!answer.value().has_value());
    QCOMPARE(answer.value().error().kind, kind);
    const Account *after = world.accounts.find(id);
    QCOMPARE(after->lastProblem->kind, kind);
    QCOMPARE(after->needsSignIn, needsSignIn);
    QVERIFY(after->token == before.token);
    QVERIFY(world.keychain.values.value(secretKeyOf(id)) == stored);
    QCOMPARE(world.http.requests.size(), 1);
}

// R38
void TestTokenService::adoptsWhatAnotherProcessStored()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 30);
    const AccountId id = world.put(priava, secrets(priava));
    Account newer = priava;
    newer.token->issuedAt = world.now.addSecs(-5);
    newer.token->expiresAt = world.now.addSecs(9000);
    FakeWorld other; // writes the same item as another process would
    world.keychain.values.insert(secretKeyOf(id), [&] {
        other.put(newer, secrets(newer));
        return other.keychain.values.value(secretKeyOf(id));
    }());

    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    QVERIFY(answer.value().has_value());
    QCOMPARE(world.http.requests.size(), 0);
    QVERIFY(world.accounts.find(id)->token->expiresAt == world.now.addSecs(9000));
}

// R39
void TestTokenService::adoptsARotationSeenOnlyAfterInvalidGrant()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 30);
    const AccountId id = world.put(priava, secrets(priava));
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    // A program that does not know the lock rotates the token while ours is on its way.
    FakeWorld other;
    Account newer = priava;
    newer.token->issuedAt = world.now;
    newer.token->expiresAt = world.now.addSecs(9000);
    other.put(newer, secrets(newer));
    world.keychain.values.insert(secretKeyOf(id), other.keychain.values.value(secretKeyOf(id)));
    world.http.answer(400, R"({"error":"invalid_grant"})");

    QVERIFY(answer.value().has_value());
    QVERIFY(!world.accounts.find(id)->needsSignIn);
    QCOMPARE(world.http.requests.size(), 1);
}

void TestTokenService::sendsNoSecretWhereAnotherWindowNoLongerSendsIt()
{
    FakeWorld world;
    const Account before = account(u"configapi"_s, world, 30);
    const AccountId id = world.put(before, secrets(before));
    // The other window moved the account to another host, with the secret for that host.
    Account moved = before;
    moved.name = u"Moved"_s;
    moved.fields.insert(u"url"_s, u"https://new.example"_s);
    world.profile.accounts.insert(id, moved);
    world.profile.changedElsewhere = true;
    AccountSecrets anew = secrets(before);
    anew.boundTo = bindingOf(*findProvider(u"configapi"_s), moved.fields);
    world.keychain.values.insert(secretKeyOf(id), toStoredText(anew));

    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    QCOMPARE(world.http.requests.first().url.host(), u"new.example"_s);
    world.http.answer(200, R"({"access_token":"CANARY-a","token_type":"Bearer","expires_in":"3599",})");
    QCOMPARE(world.profile.accounts.value(id).name, u"Moved"_s);
    QCOMPARE(world.profile.accounts.value(id).fields.value(u"url"_s), u"https://new.example"_s);
}

void TestTokenService::bringsBackNothingThatAnotherWindowRemoved()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 30);
    const AccountId id = world.put(priava, secrets(priava));
    QSignalSpy removed(&world.repository, &AccountRepository::accountRemoved);
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    world.profile.accounts.clear();
    world.keychain.values.clear();
    world.profile.changedElsewhere = true;
    world.http.answer(200, priavaRenewed);

    QCOMPARE(answer.value().error().kind, Problem::Kind::NoSuchAccount);
    QCOMPARE(removed.count(), 1);
    QVERIFY(world.profile.accounts.isEmpty());
    QVERIFY(world.keychain.values.isEmpty());
}

void TestTokenService::keepsNoSecretThatAProviderQuotes_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QByteArray>("description");
    QTest::addColumn<int>("status");
    const QByteArray grant = "invalid_grant";
    for (const int status : { 400, 503 }) {
        const auto row = [status](const char *name, const QByteArray &error, const QByteArray &description) {
            QTest::addRow("R48 %s, %d", name, status) << error << description << status;
        };
        row("the refresh token", grant, "unknown token 'CANARY-refresh-1', sign in again");
        row("the client secret in the error", "CANARY-client-secret", {});
        row("the whole request", grant,
            "bad request: client_secret=CANARY-client-secret&refresh_token=CANARY-refresh-1");
        row("cut in the middle of it", grant, QByteArray(512 - 10, 'x') + "CANARY-refresh-1");
        row("encoded", grant, "CANARY%20with%2Bsigns or CANARY+with%2Bsigns");
        row("encoded in small letters", grant, "CANARY%20with%2bsigns");
        row("encoded here and there", grant, "%43ANARY%20with%2Bsigns");
        row("as a page writes it", grant, "CANARY with&#43;signs or CANARY with&#x2b;signs");
        row("in Base64", grant, "Basic " + QByteArray("client:CANARY-client-secret").toBase64());
        row("in Base64 of addresses", grant,
            QByteArray("CANARY-client-secret?\xFF\xFE").toBase64(QByteArray::Base64UrlEncoding));
    }
}

void TestTokenService::keepsNoSecretThatAProviderQuotes()
{
    QFETCH(QByteArray, error);
    QFETCH(QByteArray, description);
    QFETCH(int, status);
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 300);
    AccountSecrets stored = secrets(priava);
    stored.fields.emplace(u"tls_key"_s, Secret("CANARY with+signs"));
    const AccountId id = world.put(priava, stored);
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    world.http.answer(status, R"({"error":")" + error + R"(","error_description":")" + description + R"("})");
    const Problem kept = *world.profile.accounts.value(id).lastProblem;
    QVERIFY(!kept.detail.contains("CANARY"_L1));
    QVERIFY(!kept.description.contains("CANARY"_L1) && !kept.description.contains("with"_L1));
    QVERIFY(!kept.description.contains("Q0FOQV"_L1) && !kept.description.contains("NBTkFSW"_L1));
    QVERIFY((kept.detail + kept.description).contains("[removed]"_L1));
}

void TestTokenService::waitsForNoMomentOfAClockThatWasSetBack()
{
    FakeWorld world;
    Account priava = account(u"priava"_s, world, 300);
    priava.lastProblem =
        Problem { Problem::Kind::TooManyRequests, {}, {}, world.now, world.now.addYears(10) };
    const AccountId id = world.put(priava, secrets(priava));
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    QCOMPARE(world.http.requests.size(), 1);
}

void TestTokenService::survivesAProviderItDoesNotKnow()
{
    FakeWorld world;
    Account strange = account(u"priava"_s, world, 300);
    strange.providerId = u"of-a-newer-version"_s;
    const AccountId id = world.put(strange, secrets(strange));
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    QVERIFY(!answer.value().has_value());
    QVERIFY(world.http.requests.isEmpty());
    Answer<Result<HandedToken, Problem>> handed;
    world.tokens.token(id, 0s, handed.reply());
    QVERIFY(!handed.value().has_value());
}

// R39
void TestTokenService::asksForASignInWithoutARefreshToken()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 30);
    AccountSecrets stored = secrets(priava);
    stored.token->refreshToken.reset();
    const AccountId id = world.put(priava, stored);
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    QCOMPARE(answer.value().error().kind, Problem::Kind::SignInNeeded);
    QVERIFY(world.accounts.find(id)->needsSignIn);
    QVERIFY(world.http.requests.isEmpty());
}

void TestTokenService::asksAgainWithTheStoredSecret()
{
    FakeWorld world;
    Account pattern = account(u"configapi"_s, world, 30);
    AccountSecrets stored = secrets(pattern);
    stored.token.reset();
    pattern.token.reset();
    const AccountId id = world.put(pattern, stored);
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    QVERIFY(world.http.requests.first().body.contains("CANARY-client-secret"));
    world.http.answer(200, R"({"access_token":"CANARY-a","token_type":"Bearer","expires_in":"3599",})");
    QVERIFY(answer.value().has_value());
    QVERIFY(answer.value()->accessToken == Secret("CANARY-a"));
    QCOMPARE(world.http.requests.size(), 1);
}

// R29
void TestTokenService::exchangesATypedCodeOnce()
{
    FakeWorld world;
    Account priava = account(u"priava"_s, world, 30);
    AccountSecrets stored = secrets(priava);
    priava.token.reset();
    stored.token.reset();
    stored.fields.insert_or_assign(u"code"_s, Secret("CANARY-typed-code"));
    const AccountId id = world.put(priava, stored);

    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    QVERIFY(world.http.requests.first().body.contains("CANARY-typed-code"));
    world.http.answer(failure(TransportError { TransportError::Kind::Incomplete, {}, true }));

    QVERIFY(!answer.value().has_value());
    QVERIFY(world.accounts.find(id)->needsSignIn);
    QVERIFY(!insideOf(world.keychain.values.value(secretKeyOf(id))).contains("CANARY-typed-code"));
}

void TestTokenService::handsOutAFreshTokenWithoutARequest()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 120);
    const AccountId id = world.put(priava, secrets(priava));
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    QVERIFY(answer.value()->accessToken == Secret("CANARY-access-1"));
    QVERIFY(world.http.requests.isEmpty());
}

void TestTokenService::refreshesFirstWhenTooLittleIsLeft()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 119);
    const AccountId id = world.put(priava, secrets(priava));
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    QVERIFY(!answer.isThere());
    world.http.answer(200, priavaRenewed);
    QVERIFY(answer.value()->accessToken == Secret("CANARY-access-2"));
    QVERIFY(!answer.value()->refreshFailed);
}

void TestTokenService::handsOutAValidTokenWhenTheRefreshFails()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 60);
    const AccountId id = world.put(priava, secrets(priava));
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    world.http.answer(500, "{}");
    QVERIFY(answer.value()->accessToken == Secret("CANARY-access-1"));
    QCOMPARE(answer.value()->refreshFailed->kind, Problem::Kind::ServerFailed);
}

void TestTokenService::refusesAnExpiredTokenWhenTheRefreshFails()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 0);
    const AccountId id = world.put(priava, secrets(priava));
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    world.http.answer(500, "{}");
    QCOMPARE(answer.value().error().kind, Problem::Kind::ServerFailed);
}

// F10: it is not asked for again in a loop.
void TestTokenService::refusesATokenThatIsDeadOnArrival()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 0);
    const AccountId id = world.put(priava, secrets(priava));
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    world.http.answer(200, R"({"access_token":"CANARY-a","token_type":"BEARER","expires_in":0})");
    QCOMPARE(answer.value().error().kind, Problem::Kind::ExpiredOnArrival);
    QCOMPARE(answer.count(), 1);
    QCOMPARE(world.http.requests.size(), 1);
}

void TestTokenService::handsOutWhatTheRecipesNeed()
{
    FakeWorld world;
    Account priava = account(u"priava"_s, world, 3000);
    const AccountId id = world.put(priava, secrets(priava));
    Answer<Result<HandedToken, Problem>> base;
    world.tokens.token(id, 0s, base.reply());
    QCOMPARE(base.value()->url, QUrl(u"https://api-sandbox.priava.com/api"_s));
    QCOMPARE(base.value()->headerScheme, u"Bearer"_s);
    const HttpHeaders region { { "TenantRegion", "EU" } };
    QCOMPARE(base.value()->extraHeaders, region);
}

void TestTokenService::holdsATokenThatCannotBeStored()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 30);
    const AccountId id = world.put(priava, secrets(priava));
    QSignalSpy unsaved(&world.secrets, &AccountSecretStore::heldChanged);
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Failed, {} };
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    world.http.answer(200, priavaRenewed);

    // R41: the new token is used, nothing is asked for twice, and the window can say what is at stake.
    QVERIFY(answer.value()->accessToken == Secret("CANARY-access-2"));
    QCOMPARE(answer.value()->refreshFailed->kind, Problem::Kind::NotSaved);
    QCOMPARE(world.tokens.unsaved(), QList<AccountId> { id });
    QCOMPARE(unsaved.count(), 1);
    Answer<Result<HandedToken, Problem>> again;
    world.tokens.token(id, 2min, again.reply());
    QVERIFY(again.value()->accessToken == Secret("CANARY-access-2"));
    QCOMPARE(world.http.requests.size(), 1);

    world.keychain.writeFailure.reset();
    Answer<Result<void, Problem>> retried;
    world.tokens.retrySaving(retried.reply());
    QVERIFY(retried.value().has_value());
    QVERIFY(world.tokens.unsaved().isEmpty());
    QVERIFY(!world.accounts.find(id)->lastProblem);
    QVERIFY(insideOf(world.keychain.values.value(secretKeyOf(id))).contains("CANARY-access-2"));
}

// R31
void TestTokenService::refusesATokenThatWillNeverFit()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 300);
    const AccountId id = world.put(priava, secrets(priava));
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::TooLarge, {} };
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    world.http.answer(200, priavaRenewed);
    QCOMPARE(answer.value().error().kind, Problem::Kind::SecretTooLarge);
    QVERIFY(world.tokens.unsaved().isEmpty());
    QVERIFY(world.accounts.find(id)->token == priava.token);
    QCOMPARE(world.accounts.find(id)->lastProblem->kind, Problem::Kind::SecretTooLarge);
}

// R45, F65
void TestTokenService::explainsAnotherKeychain()
{
    FakeWorld world;
    const Account priava = account(u"priava"_s, world, 300);
    const AccountId id = world.put(priava, secrets(priava));
    QCOMPARE(world.profile.backend, u"fake"_s);
    world.keychain.backend = u"other"_s;
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, 2min, answer.reply());
    QCOMPARE(answer.value().error().kind, Problem::Kind::KeychainChanged);
}

void TestTokenService::notesAnotherUser()
{
    FakeWorld world;
    Account rev = account(u"rev"_s, world, 30);
    rev.token->user = u"jdoe"_s;
    const AccountId id = world.put(rev, secrets(rev));
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    world.http.answer(200,
                      R"({"accessToken":"CANARY-a","refreshToken":"CANARY-r","issuedBy":"VBrick",)"
                      R"("expiration":"2026-01-15T15:00:10.495Z","username":"someone.else"})");
    QVERIFY(world.accounts.find(id)->token->notes.contains(TokenNote::OtherUser));
}

LATCHKEY_TEST(TestTokenService)

#include "tst_tokenservice.moc"
