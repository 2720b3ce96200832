// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/handoutworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray nextToken = R"({"access_token":"CANARY-access-token-2","expires_in":"3599"})";

} // namespace

class TestHandoutService final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheTokenTheFormAskedFor_data();
    void givesTheTokenTheFormAskedFor();
    void choosesTheFormCopiedLast();
    void pointsAtTheBestAddress_data();
    void pointsAtTheBestAddress();
    void refreshesWhereLifeIsShort_data();
    void refreshesWhereLifeIsShort();
    void asksOnceForManyCallers();
    void refreshesFirstWhenAsked();
    void failsWhenAFreshTokenWasAskedFor();
    void handsOutWhatCouldOnlyBeHeld();
    void warnsWithATokenThatCouldNotBeRefreshed();
    void keepsBackWhatIsLessThanAskedFor();
    void givesOneTokenSeveralForms();
    void asksAboutAnotherHost();
    void F112_looksAgainWhenTheTokenIsThere_data();
    void F112_looksAgainWhenTheTokenIsThere();
    void F112_lendsNoTokenToTheHostOfAnEdit();
    void refusesWhatItDoesNotKnow();
    void handsOutNoTokenThatBreaksLines_data();
    void handsOutNoTokenThatBreaksLines();
    void handsOutNoHeaderThatBreaksLines_data();
    void handsOutNoHeaderThatBreaksLines();
    void handsOutNoTemplate();
    void recordsWhoTookWhat();
    void keepsOwnRecipes();

private:
    using Answered = Result<Handout, Problem>;
    static Answered handOut(HandoutWorld &world, const HandoutRequest &request);
    static bool isText(const Answered &handout, const QByteArray &text);
};

TestHandoutService::Answered TestHandoutService::handOut(HandoutWorld &world, const HandoutRequest &request)
{
    Answer<Answered> answer;
    world.handouts.handOut(request, answer.reply());
    if (!answer.isThere())
        return failure(Problem { Problem::Kind::Cancelled, u"no answer"_s, {}, {}, {} });
    return answer.value();
}

bool TestHandoutService::isText(const Answered &handout, const QByteArray &text)
{
    return handout && handout->text.reveal() == QByteArrayView(text);
}

void TestHandoutService::givesTheTokenTheFormAskedFor_data()
{
    QTest::addColumn<QString>("recipe");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("token") << u"token"_s << QByteArray("CANARY-access-token-1");
    QTest::newRow("header value") << u"header-value"_s << QByteArray("VBrick CANARY-access-token-1");
    QTest::newRow("header line") << u"header"_s << QByteArray("Authorization: VBrick CANARY-access-token-1");
    QTest::newRow("one's own") << u"mine"_s << QByteArray("T=CANARY-access-token-1 N=Rev production");
}

void TestHandoutService::givesTheTokenTheFormAskedFor()
{
    QFETCH(QString, recipe);
    QFETCH(QByteArray, text);
    HandoutWorld world;
    world.recipeStore.recipes = { { u"mine"_s, u"Mine"_s, u"T={{token}} N={{name}}"_s } };
    const AccountId id = putSample(world, { .name = u"Rev production"_s, .providerId = u"rev"_s });
    const auto handout = handOut(world, { .id = id, .recipeId = recipe, .program = u"test"_s });
    QVERIFY(isText(handout, text));
    QCOMPARE(handout->recipeId, recipe);
    QVERIFY(!handout->refreshFailed);
    QVERIFY(world.http.requests.isEmpty());
}

void TestHandoutService::choosesTheFormCopiedLast()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    QCOMPARE(handOut(world, { .id = id, .recipeId = {}, .program = {} })->recipeId, u"header-value"_s);
    world.accounts.rememberCopy(id, u"header"_s);
    QCOMPARE(handOut(world, { .id = id, .recipeId = {}, .program = {} })->recipeId, u"header"_s);
    world.accounts.rememberCopy(id, u"removed-since"_s);
    QCOMPARE(handOut(world, { .id = id, .recipeId = {}, .program = {} })->recipeId, u"header-value"_s);
}

void TestHandoutService::pointsAtTheBestAddress_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("own");
    QTest::addColumn<QString>("url");
    QTest::newRow("the account's") << u"rev"_s << u"https://acme.example.com/api/v2/videos"_s
                                   << u"https://acme.example.com/api/v2/videos"_s;
    QTest::newRow("the vendor's harmless request")
        << u"rev"_s << QString() << u"https://acme.example.com/api/v2/user/session"_s;
    QTest::newRow("the base") << u"configapi"_s << QString() << u"https://acme.example.com"_s;
}

void TestHandoutService::pointsAtTheBestAddress()
{
    QFETCH(QString, provider);
    QFETCH(QString, own);
    QFETCH(QString, url);
    HandoutWorld world;
    world.recipeStore.recipes = { { u"mine"_s, u"Mine"_s, u"{{url}} {{token}}"_s } };
    const AccountId id = putSample(world, { .name = u"One"_s, .providerId = provider });
    if (!own.isEmpty())
        world.setField(id, u"test_url"_s, own);
    const auto handout = handOut(world, { .id = id, .recipeId = u"mine"_s, .program = {} });
    QVERIFY(isText(handout, url.toLatin1() + " CANARY-access-token-1"));
}

void TestHandoutService::refreshesWhereLifeIsShort_data()
{
    QTest::addColumn<int>("left");
    QTest::addColumn<int>("minLife");
    QTest::addColumn<bool>("refreshes");
    QTest::newRow("long enough") << 121 << 120 << false;
    QTest::newRow("just long enough") << 120 << 120 << false;
    QTest::newRow("too short") << 119 << 120 << true;
    QTest::newRow("more wanted") << 3000 << 3500 << true;
    QTest::newRow("expired") << -5 << 120 << true;
    QTest::newRow("expired, as it is") << -5 << 0 << false;
}

void TestHandoutService::refreshesWhereLifeIsShort()
{
    QFETCH(int, left);
    QFETCH(int, minLife);
    QFETCH(bool, refreshes);
    HandoutWorld world;
    world.answerTokens(200, nextToken);
    const AccountId id = putSample(world, { .name = u"One"_s, .left = std::chrono::seconds(left) });
    const auto handout = handOut(
        world, { .id = id, .recipeId = u"token"_s, .minLife = std::chrono::seconds(minLife), .program = {} });
    QVERIFY(isText(handout, refreshes ? "CANARY-access-token-2" : "CANARY-access-token-1"));
    QCOMPARE(world.http.requests.size(), refreshes ? 1 : 0);
}

void TestHandoutService::asksOnceForManyCallers()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .left = -1s });
    std::array<Answer<Answered>, 20> answers;
    for (auto &answer : answers)
        world.handouts.handOut({ .id = id, .recipeId = u"token"_s, .program = u"test"_s }, answer.reply());
    QCOMPARE(world.http.requests.size(), 1);
    world.http.answer(200, nextToken);
    QCOMPARE(world.http.requests.size(), 1);
    for (const auto &answer : answers)
        QVERIFY(answer.isThere() && isText(answer.value(), "CANARY-access-token-2"));
}

void TestHandoutService::refreshesFirstWhenAsked()
{
    HandoutWorld world;
    // Shorter than asked for: all the same it is handed out once, and not asked for again.
    world.answerTokens(200, R"({"access_token":"CANARY-access-token-2","expires_in":"60"})");
    const AccountId id = putSample(world, { .name = u"One"_s });
    const auto handout =
        handOut(world, { .id = id, .recipeId = u"token"_s, .program = {}, .refreshFirst = true });
    QVERIFY(isText(handout, "CANARY-access-token-2"));
    QCOMPARE(world.http.requests.size(), 1);
}

void TestHandoutService::failsWhenAFreshTokenWasAskedFor()
{
    HandoutWorld world;
    world.answerTokens(503, "{}");
    const AccountId id = putSample(world, { .name = u"One"_s });
    const auto handout =
        handOut(world, { .id = id, .recipeId = u"token"_s, .program = {}, .refreshFirst = true });
    QVERIFY(!handout);
    QCOMPARE(handout.error().kind, Problem::Kind::ServerFailed);
    QVERIFY(world.activityStore.kept.isEmpty());
}

void TestHandoutService::handsOutWhatCouldOnlyBeHeld()
{
    HandoutWorld world;
    world.answerTokens(200, nextToken);
    const AccountId id = putSample(world, { .name = u"One"_s });
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Denied, {} };
    const auto handout =
        handOut(world, { .id = id, .recipeId = u"token"_s, .program = {}, .refreshFirst = true });
    QVERIFY(isText(handout, "CANARY-access-token-2"));
    QVERIFY(handout->refreshFailed.has_value());
    QCOMPARE(handout->refreshFailed->kind, Problem::Kind::NotSaved);
}

void TestHandoutService::warnsWithATokenThatCouldNotBeRefreshed()
{
    HandoutWorld world;
    world.answerTokens(500, "{}");
    const AccountId id = putSample(world, { .name = u"One"_s, .left = 60s });
    const auto handout = handOut(world, { .id = id, .recipeId = u"token"_s, .program = {} });
    QVERIFY(isText(handout, "CANARY-access-token-1"));
    QVERIFY(handout->refreshFailed.has_value());
    QCOMPARE(handout->refreshFailed->kind, Problem::Kind::ServerFailed);
    QCOMPARE(handout->facts.expiresAt, world.now.addSecs(60));
}

void TestHandoutService::keepsBackWhatIsLessThanAskedFor()
{
    HandoutWorld world;
    world.answerTokens(500, "{}");
    const AccountId id = putSample(world, { .name = u"One"_s, .left = 60s });
    const auto kept = handOut(world, { .id = id, .recipeId = u"token"_s, .program = {}, .isStrict = true });
    QVERIFY(!kept);
    QCOMPARE(kept.error().kind, Problem::Kind::ServerFailed);
    QVERIFY(world.activityStore.kept.isEmpty());
    const auto enough =
        handOut(world, { .id = id, .recipeId = u"token"_s, .minLife = 30s, .program = {}, .isStrict = true });
    QVERIFY(isText(enough, "CANARY-access-token-1"));
}

void TestHandoutService::givesOneTokenSeveralForms()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    HandoutRequest request { .id = id, .recipeId = u"token"_s, .program = u"test"_s };
    request.furtherRecipeIds = { u"header-value"_s, u"token"_s };
    const auto handout = handOut(world, request);
    QVERIFY(isText(handout, "CANARY-access-token-1"));
    QCOMPARE(handout->furtherTexts.size(), 2);
    QVERIFY(handout->furtherTexts[0].reveal().endsWith(" CANARY-access-token-1"));
    QVERIFY(handout->furtherTexts[1] == handout->text);
    QCOMPARE(world.activityStore.kept.size(), 2);

    request.furtherRecipeIds = { u"no-such"_s };
    QCOMPARE(handOut(world, request).error().kind, Problem::Kind::FieldRefused);
    world.setField(id, u"test_url"_s, u"https://echo.example.net/anything"_s);
    request.furtherRecipeIds = { u"curl"_s };
    QCOMPARE(handOut(world, request).error().kind, Problem::Kind::OtherHost);
}

void TestHandoutService::asksAboutAnotherHost()
{
    HandoutWorld world;
    world.recipeStore.recipes = { { u"mine"_s, u"Mine"_s, u"{{url}} {{token}}"_s } };
    const AccountId id = putSample(world, { .name = u"One"_s, .left = 1s });
    world.setField(id, u"test_url"_s, u"https://echo.example.net/anything"_s);
    QCOMPARE(world.handouts.foreignHost(id), u"echo.example.net"_s);
    for (const QString &recipe : { u"curl"_s, u"mine"_s }) {
        const auto refused = handOut(world, { .id = id, .recipeId = recipe, .program = {} });
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Problem::Kind::OtherHost);
        QCOMPARE(refused.error().detail, u"echo.example.net"_s);
    }
    // Nothing was asked for, nothing was read, nothing is on record.
    QVERIFY(world.http.requests.isEmpty());
    QVERIFY(!world.keychain.calls.contains(u"read"_s));
    QVERIFY(world.activityStore.kept.isEmpty());

    world.answerTokens(200, nextToken);
    // The token alone goes wherever the user puts it.
    QVERIFY(handOut(world, { .id = id, .recipeId = u"token"_s, .program = {} }).has_value());
    const auto allowed = handOut(
        world, { .id = id, .recipeId = u"curl"_s, .program = {}, .allowedHosts = { u"echo.example.net"_s } });
    QVERIFY(allowed.has_value());
    world.setField(id, u"test_url"_s, u"https://ACME.example.com/data"_s);
    QVERIFY(world.handouts.foreignHost(id).isEmpty());
}

void TestHandoutService::F112_looksAgainWhenTheTokenIsThere_data()
{
    QTest::addColumn<QString>("recipe");
    QTest::addColumn<QString>("test");
    QTest::newRow("F112 another host") << u"curl"_s << u"https://evil.example/x"_s;
    QTest::newRow("F112 another port") << u"curl"_s << u"https://acme.example.com:8443/x"_s;
    QTest::newRow("F112 http") << u"curl"_s << u"http://acme.example.com/x"_s;
    QTest::newRow("F112 a recipe that names the address since") << u"mine"_s << u"https://evil.example/x"_s;
}

// Account and recipe are edited while the token is refreshed.
void TestHandoutService::F112_looksAgainWhenTheTokenIsThere()
{
    QFETCH(QString, recipe);
    QFETCH(QString, test);
    HandoutWorld world;
    world.recipeStore.recipes = { { u"mine"_s, u"Mine"_s, u"{{token}}"_s } };
    const AccountId id = putSample(world, { .name = u"One"_s, .left = 10s });
    Answer<Answered> answer;
    world.handouts.handOut({ .id = id, .recipeId = recipe, .program = {} }, answer.reply());
    QCOMPARE(world.http.unanswered(), 1);
    world.setField(id, u"test_url"_s, test);
    world.recipeStore.recipes = { { u"mine"_s, u"Mine"_s, u"{{url}} {{token}}"_s } };
    world.http.answer(200, nextToken);
    QVERIFY(!answer.value());
    QCOMPARE(answer.value().error().kind, Problem::Kind::OtherHost);
    QVERIFY(world.activityStore.kept.isEmpty());
}

// The account gets another host, and its secrets are replaced, while the old ones are on their way out of the
// keychain.
void TestHandoutService::F112_lendsNoTokenToTheHostOfAnEdit()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    world.keychain.afterRead = [&world, &id] {
        Account account = *world.accounts.find(id);
        account.fields.insert(u"url"_s, u"https://other.example"_s);
        account.token.reset();
        AccountSecrets secrets;
        secrets.fields.emplace(u"client_secret"_s, Secret("CANARY-other-secret"));
        world.put(account, secrets);
    };
    world.answerTokens(200, nextToken); // of the other host
    const auto handed = handOut(world, { .id = id, .recipeId = u"curl"_s, .program = {} });
    QVERIFY(handed.has_value());
    QVERIFY(handed->text.reveal().contains("https://other.example"));
    QVERIFY(!handed->text.reveal().contains("CANARY-access-token-1"));
    QCOMPARE(world.http.requests.size(), 1);
    QCOMPARE(world.http.requests.first().url.host(), u"other.example"_s);
}

void TestHandoutService::refusesWhatItDoesNotKnow()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    const auto recipe = handOut(world, { .id = id, .recipeId = u"no-such"_s, .program = {} });
    QVERIFY(!recipe);
    QCOMPARE(recipe.error().kind, Problem::Kind::FieldRefused);
    QCOMPARE(recipe.error().detail, u"recipe"_s);
    const auto account = handOut(world, { .id = AccountId::create(), .recipeId = u"token"_s, .program = {} });
    QVERIFY(!account);
    QCOMPARE(account.error().kind, Problem::Kind::NoSuchAccount);
}

void TestHandoutService::handsOutNoTokenThatBreaksLines_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("R56, R57 line feed") << QByteArray("CANARY-access\ntoken");
    QTest::newRow("R56, R57 carriage return") << QByteArray("CANARY-access\rtoken");
    QTest::newRow("R56, R57 NUL") << QByteArray("CANARY-access\0token", 19);
    QTest::newRow("R56, R57 line feed at the end") << QByteArray("CANARY-access\n");
}

void TestHandoutService::handsOutNoTokenThatBreaksLines()
{
    QFETCH(QByteArray, token);
    for (const QString &recipe : { u"token"_s, u"curl"_s, u"json"_s }) {
        HandoutWorld world;
        const AccountId id = putSample(world, { .name = u"One"_s, .token = token });
        const auto handout = handOut(world, { .id = id, .recipeId = recipe, .program = {} });
        QVERIFY(!handout);
        QCOMPARE(handout.error().kind, Problem::Kind::SecretUnsuitable);
        QVERIFY(world.activityStore.kept.isEmpty());
    }
}

// By somebody who changed the profile: what stands beside the token in a header.
void TestHandoutService::handsOutNoHeaderThatBreaksLines_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::newRow("F115 scheme") << u"rev-oauth2"_s << u"header_scheme"_s << u"VBrick\nEVIL: x"_s;
    QTest::newRow("F115 scheme, escape") << u"rev-oauth2"_s << u"header_scheme"_s << u"VBrick\u001B[31m"_s;
    QTest::newRow("F115 scheme, bidi") << u"rev-oauth2"_s << u"header_scheme"_s << u"VBrick\u202E"_s;
    QTest::newRow("F115 vendor's header") << u"priava"_s << u"region"_s << u"EU\r\nX-Evil: 1"_s;
}

void TestHandoutService::handsOutNoHeaderThatBreaksLines()
{
    QFETCH(QString, provider);
    QFETCH(QString, field);
    QFETCH(QString, value);
    for (const QString &recipe : { u"header-value"_s, u"header"_s, u"curl"_s, u"dotenv"_s }) {
        HandoutWorld world;
        const AccountId id = putSample(world, { .name = u"One"_s, .providerId = provider });
        Account changed = *world.accounts.find(id);
        changed.fields.insert(field, value);
        QVERIFY(world.repository.storeAccount(changed));
        const auto handout = handOut(world, { .id = id, .recipeId = recipe, .program = {} });
        QVERIFY(!handout);
        QCOMPARE(handout.error().kind, Problem::Kind::SecretUnsuitable);
        QVERIFY(world.activityStore.kept.isEmpty());
    }
}

// F111
void TestHandoutService::handsOutNoTemplate()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .token = "CANARY-{{x}}${X}" });
    for (const QString &recipe : { u"dotenv"_s, u"postman-environment"_s }) {
        const auto handout = handOut(world, { .id = id, .recipeId = recipe, .program = {} });
        QVERIFY(!handout);
        QCOMPARE(handout.error().kind, Problem::Kind::ReadAsTemplate);
        QCOMPARE(handout.error().detail, u"token"_s);
        QVERIFY(world.activityStore.kept.isEmpty());
    }
    for (const QString &recipe : { u"token"_s, u"curl"_s, u"json"_s })
        QVERIFY(handOut(world, { .id = id, .recipeId = recipe, .program = {} }).has_value());
}

void TestHandoutService::recordsWhoTookWhat()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    QVERIFY(handOut(world, { .id = id, .recipeId = u"header"_s, .program = u"latchkey-cli from bash"_s }));
    const QList<ActivityEntry> expected { { world.now, id, u"One"_s, u"header"_s,
                                            u"latchkey-cli from bash"_s } };
    QVERIFY(world.activityStore.kept == expected);
    // A record that cannot be kept withholds no token.
    world.activityStore.failure = AccountStoreError { AccountStoreError::Kind::Full, {} };
    QVERIFY(handOut(world, { .id = id, .recipeId = u"header"_s, .program = u"x"_s }).has_value());
}

void TestHandoutService::keepsOwnRecipes()
{
    HandoutWorld world;
    const qsizetype builtIn = recipes().size();
    QCOMPARE(world.handouts.recipes().size(), builtIn);
    QSignalSpy changes(&world.handouts, &HandoutService::recipesChanged);
    QVERIFY(world.handouts.saveOwn({ u"mine"_s, u"Mine"_s, u"X-Key: {{token}} {{host}}"_s }).has_value());
    QCOMPARE(changes.size(), 1);
    QCOMPARE(world.handouts.recipes().size(), builtIn + 1);
    const auto mine = world.handouts.recipe(u"mine"_s);
    QVERIFY(mine && mine->isOwn && mine->sendsToAddress);
    QCOMPARE(world.handouts.ownRecipes().size(), 1);
    QVERIFY(!world.handouts.recipe(u"token"_s)->isOwn);

    for (const OwnRecipe &wrong : { OwnRecipe { u"token"_s, u"Mine"_s, u"{{token}}"_s },
                                    OwnRecipe { u"other"_s, u"Other"_s, u"no place"_s } }) {
        const auto refused = world.handouts.saveOwn(wrong);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Problem::Kind::FieldRefused);
    }
    QVERIFY(world.handouts.removeOwn(u"mine"_s).has_value());
    QCOMPARE(changes.size(), 2);
    QCOMPARE(world.handouts.removeOwn(u"mine"_s).error().kind, Problem::Kind::FieldRefused);
    QVERIFY(!world.handouts.recipe(u"mine"_s));
}

LATCHKEY_TEST(TestHandoutService)
#include "tst_handoutservice.moc"
