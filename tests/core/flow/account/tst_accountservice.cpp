// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/account/accountservice.h"
#include "core/flow/draft/accountdraft.h"
#include "core/flow/store/secretplaces.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/keptalike.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestAccountService final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void getsTheFirstTokenWithTheAccount();
    void storesNothingWhenTheFirstTokenFails();
    void savesAnywayWithTheReason();
    void choosesHowToGetTheFirstToken_data();
    void choosesHowToGetTheFirstToken();
    void exchangesATypedCode();
    void dropsACodeThatWasSent();
    void refusesANameThatIsTaken_data();
    void refusesANameThatIsTaken();
    void keepsTheSecretsThatWereNotTyped();
    void keepsTheOldSecretUntilTheNewOneHasAToken();
    void asksForTheSecretAgainWhenTheHostChanges();
    void neverSendsASecretToAnotherHost();
    void dropsTheTokenOfAnotherClient();
    void duplicatesWithoutSecretsUnderAFreeName();
    void removesSecretAndAccount();
    void takesARemovalBackWhenTheSecretStays();
    void finishesARemovalThatWasCutShort();
    void asksTheKeychainBeforeItAsksTheProvider_data();
    void asksTheKeychainBeforeItAsksTheProvider();
    void keepsSecretsInMemoryOnTheUsersWord();
    void knowsThatMemoryIsGone();
    void leavesNoSecretWithoutAnAccount();
    void keepsAnEditSafeFromARefreshUnderWay();
    void keepsWhatAnotherProcessEditedMeanwhile();
    void needsASignInStillAfterAnotherName();
    void wantsEverySecretWhenTheStoredOnesAreGone();
    void showsNoTokenThatIsNotStored();
    void editsWithoutTheKeychainOnTheUsersWord();
    void keepsATokenThatIsHeldWhenTheRemovalFails();
    void bringsNoRemovedAccountBack();
    void holdsNothingForAnAccountThatDoesNotExist();

private:
    static AccountId saved(FakeWorld &world, const AccountDraft &draft);
};

namespace {

const QByteArray patternAnswer =
    R"({"access_token":"CANARY-access-1","token_type":"Bearer","expires_in":"3599",})";

} // namespace

AccountId TestAccountService::saved(FakeWorld &world, const AccountDraft &draft)
{
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveAnyway(draft, {}, answer.reply());
    return answer.value().value_or(AccountId {});
}

void TestAccountService::getsTheFirstTokenWithTheAccount()
{
    FakeWorld world;
    QSignalSpy added(&world.repository, &AccountRepository::accountAdded);
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveWithToken(configApiDraft(), answer.reply());
    QVERIFY(world.accounts.accounts().isEmpty());
    world.http.answer(200, patternAnswer);

    QVERIFY(answer.value().has_value());
    QCOMPARE(added.count(), 1);
    const Account *account = world.accounts.find(*answer.value());
    QCOMPARE(account->fields.value(u"scope"_s), u"acme.example"_s);
    QVERIFY(account->token->expiresAt == world.now.addSecs(3599));
    QVERIFY(isKeptAlike(world, account->id));
    QVERIFY(insideOf(world.keychain.values.value(secretKeyOf(account->id))).contains("CANARY-access-1"));
}

void TestAccountService::storesNothingWhenTheFirstTokenFails()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveWithToken(configApiDraft(), answer.reply());
    world.http.answer(401, R"({"error":"invalid_client"})");
    QCOMPARE(answer.value().error().kind, Problem::Kind::InvalidClient);
    QVERIFY(world.accounts.accounts().isEmpty());
    QVERIFY(world.profile.accounts.isEmpty());
    QVERIFY(world.keychain.values.isEmpty());
}

void TestAccountService::savesAnywayWithTheReason()
{
    FakeWorld world;
    const Problem why { Problem::Kind::InvalidClient, {}, {}, world.now, {} };
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveAnyway(configApiDraft(), why, answer.reply());
    const Account *account = world.accounts.find(*answer.value());
    QVERIFY(account->lastProblem == why);
    QVERIFY(!account->token);
    QVERIFY(!account->needsSignIn);
    QVERIFY(world.http.requests.isEmpty());
}

void TestAccountService::choosesHowToGetTheFirstToken_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<FirstToken>("way");
    QTest::newRow("configapi asks") << u"configapi"_s << FirstToken::Request;
    QTest::newRow("rev signs in") << u"rev"_s << FirstToken::SignIn;
    QTest::newRow("rev-oauth2 signs in") << u"rev-oauth2"_s << FirstToken::SignIn;
    QTest::newRow("priava signs in") << u"priava"_s << FirstToken::SignIn;
    QTest::newRow("priava with a typed code") << u"code"_s << FirstToken::ExchangeTypedCode;
    QTest::newRow("only the name changed") << u"rename"_s << FirstToken::NotNeeded;
    QTest::newRow("only the test address changed") << u"test_url"_s << FirstToken::NotNeeded;
    QTest::newRow("the secret was replaced") << u"secret"_s << FirstToken::Request;
    QTest::newRow("the client changed") << u"client"_s << FirstToken::Request;
}

void TestAccountService::choosesHowToGetTheFirstToken()
{
    QFETCH(QString, what);
    QFETCH(FirstToken, way);
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    if (what == "rev"_L1)
        draft = revDraft();
    else if (what == "rev-oauth2"_L1)
        draft = revOAuth2Draft();
    else if (what == "priava"_L1 || what == "code"_L1)
        draft = priavaDraft();
    else if (what != "configapi"_L1) {
        draft.id = saved(world, draft);
        draft.secrets.clear();
    }
    if (what == "code"_L1)
        draft.secrets.emplace(u"code"_s, Secret("CANARY-code"));
    if (what == "rename"_L1)
        draft.name = u"Another name"_s;
    if (what == "test_url"_L1)
        draft.fields.insert(u"test_url"_s, u"https://acme.example/ping"_s);
    if (what == "secret"_L1)
        draft.secrets.emplace(u"client_secret"_s, Secret("CANARY-new"));
    if (what == "client"_L1)
        draft.fields.insert(u"client_id"_s, u"someone.else"_s);
    QCOMPARE(world.accounts.firstToken(draft), way);
}

void TestAccountService::exchangesATypedCode()
{
    FakeWorld world;
    AccountDraft draft = priavaDraft();
    draft.secrets.emplace(u"code"_s, Secret("CANARY-typed-code"));
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveWithToken(draft, answer.reply());
    QVERIFY(world.http.requests.first().body.contains("code=CANARY-typed-code"));
    world.http.answer(200,
                      R"({"access_token":"CANARY-a","refresh_token":"CANARY-r","token_type":"BEARER",)"
                      R"("expires_in":21600})");
    QVERIFY(answer.value().has_value());
    const QByteArray stored = insideOf(world.keychain.values.value(secretKeyOf(*answer.value())));
    QVERIFY(!stored.contains(R"("code":)"));
}

void TestAccountService::dropsACodeThatWasSent()
{
    AccountDraft draft = priavaDraft();
    draft.secrets.emplace(u"code"_s, Secret("CANARY-typed-code"));
    for (const bool wasSent : { true, false }) {
        FakeWorld world;
        const Problem why {
            wasSent ? Problem::Kind::InvalidGrant : Problem::Kind::HostNotFound, {}, {}, {}, {}
        };
        Answer<Result<AccountId, Problem>> answer;
        world.accounts.saveAnyway(draft, why, answer.reply());
        const QByteArray stored = insideOf(world.keychain.values.value(secretKeyOf(*answer.value())));
        QCOMPARE(stored.contains("CANARY-typed-code"), !wasSent);
        QCOMPARE(world.accounts.find(*answer.value())->needsSignIn, wasSent);
    }
}

void TestAccountService::refusesANameThatIsTaken_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("the same") << u"Zürich"_s << true;
    QTest::newRow("another case") << u"ZÜRICH"_s << true;
    QTest::newRow("decomposed") << u"Zu\u0308rich"_s << true;
    QTest::newRow("blanks around it") << u"  Zürich "_s << true;
    QTest::newRow("another name") << u"Zurich"_s << false;
    QTest::newRow("empty") << u" "_s << true;
    QTest::newRow("a dash first") << u"-rf"_s << true;
    QTest::newRow("a control character") << u"a\tb"_s << true;
}

void TestAccountService::refusesANameThatIsTaken()
{
    QFETCH(QString, name);
    QFETCH(bool, isRefused);
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.name = u"Zürich"_s;
    QVERIFY(saved(world, draft).isValid());
    draft.name = name;
    const auto problems = world.accounts.check(draft);
    QCOMPARE(!problems.isEmpty(), isRefused);
    if (isRefused)
        QCOMPARE(problems.first().fieldId, u"name"_s);
    QCOMPARE(saved(world, draft).isValid(), !isRefused);
}

void TestAccountService::keepsTheSecretsThatWereNotTyped()
{
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.id = saved(world, draft);
    draft.name = u"Renamed"_s;
    draft.secrets.clear();
    QVERIFY(world.accounts.check(draft).isEmpty());
    QVERIFY(saved(world, draft).isValid());
    QCOMPARE(world.accounts.find(*draft.id)->name, u"Renamed"_s);
    QVERIFY(
        insideOf(world.keychain.values.value(secretKeyOf(*draft.id))).contains("CANARY-configapi-secret"));
}

void TestAccountService::keepsTheOldSecretUntilTheNewOneHasAToken()
{
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.id = saved(world, draft);
    const Secret before = world.keychain.values.value(secretKeyOf(*draft.id));
    draft.secrets.insert_or_assign(u"client_secret"_s, Secret("CANARY-replaced"));
    Answer<Result<AccountId, Problem>> refused;
    world.accounts.saveWithToken(draft, refused.reply());
    world.http.answer(401, R"({"error":"invalid_client"})");
    QVERIFY(!refused.value().has_value());
    QVERIFY(world.keychain.values.value(secretKeyOf(*draft.id)) == before);

    Answer<Result<AccountId, Problem>> accepted;
    world.accounts.saveWithToken(draft, accepted.reply());
    QVERIFY(world.http.requests.last().body.contains("CANARY-replaced"));
    world.http.answer(200, patternAnswer);
    QVERIFY(accepted.value().has_value());
    QVERIFY(insideOf(world.keychain.values.value(secretKeyOf(*draft.id))).contains("CANARY-replaced"));
}

// R18
void TestAccountService::asksForTheSecretAgainWhenTheHostChanges()
{
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.id = saved(world, draft);
    draft.secrets.clear();
    draft.fields.insert(u"url"_s, u"https://evil.example"_s);
    const auto problems = world.accounts.check(draft);
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems.first().fieldId, u"client_secret"_s);
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveWithToken(draft, answer.reply());
    QCOMPARE(answer.value().error().kind, Problem::Kind::FieldRefused);
    QVERIFY(world.http.requests.isEmpty());
}

// R18
void TestAccountService::neverSendsASecretToAnotherHost()
{
    FakeWorld world;
    AccountDraft draft = priavaDraft();
    draft.id = saved(world, draft);
    draft.secrets = { { u"client_secret"_s, Secret("CANARY-new") } };
    draft.fields.insert(u"url"_s, u"https://api.priava.com/api"_s);
    QVERIFY(saved(world, draft).isValid());
    const QByteArray stored = insideOf(world.keychain.values.value(secretKeyOf(*draft.id)));
    QVERIFY(stored.contains("CANARY-new"));
    QVERIFY(!stored.contains("CANARY-priava-secret"));
}

void TestAccountService::dropsTheTokenOfAnotherClient()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveWithToken(configApiDraft(), answer.reply());
    world.http.answer(200, patternAnswer);
    AccountDraft draft = configApiDraft();
    draft.id = *answer.value();
    draft.fields.insert(u"client_id"_s, u"someone.else"_s);
    QVERIFY(saved(world, draft).isValid());
    QVERIFY(!world.accounts.find(*draft.id)->token && isKeptAlike(world, *draft.id));
    QVERIFY(!insideOf(world.keychain.values.value(secretKeyOf(*draft.id))).contains("CANARY-access-1"));
}

void TestAccountService::duplicatesWithoutSecretsUnderAFreeName()
{
    FakeWorld world;
    const AccountId id = saved(world, configApiDraft());
    const AccountDraft copy = world.accounts.duplicate(id);
    QVERIFY(!copy.id);
    QCOMPARE(copy.name, u"Contact centre (2)"_s);
    QVERIFY(copy.secrets.empty());
    QCOMPARE(copy.fields.value(u"client_id"_s), u"sheila.thomas"_s);
    AccountDraft second = copy;
    second.secrets = configApiDraft().secrets;
    QVERIFY(saved(world, second).isValid());
    QCOMPARE(world.accounts.duplicate(id).name, u"Contact centre (3)"_s);
}

// F79: a process that dies while the keychain is asked has left a note of what is to be removed.
void TestAccountService::removesSecretAndAccount()
{
    FakeWorld world;
    const AccountId id = saved(world, configApiDraft());
    bool wasMarked = false;
    world.keychain.duringRemove = [&] { wasMarked = world.profile.removals.contains(id); };
    QSignalSpy removed(&world.repository, &AccountRepository::accountRemoved);
    Answer<Result<void, Problem>> answer;
    world.accounts.remove(id, answer.reply());
    QVERIFY(answer.value().has_value());
    QVERIFY(wasMarked);
    QCOMPARE(removed.count(), 1);
    QVERIFY(world.keychain.values.isEmpty());
    QVERIFY(world.profile.accounts.isEmpty());
    QVERIFY(world.profile.removals.isEmpty());
}

void TestAccountService::takesARemovalBackWhenTheSecretStays()
{
    FakeWorld world;
    const AccountId id = saved(world, configApiDraft());
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::Locked, {} };
    Answer<Result<void, Problem>> answer;
    world.accounts.remove(id, answer.reply());
    QCOMPARE(answer.value().error().kind, Problem::Kind::KeychainLocked);
    QVERIFY(world.accounts.find(id));
    QVERIFY(world.profile.accounts.contains(id));
    QVERIFY(world.profile.removals.isEmpty());
}

void TestAccountService::finishesARemovalThatWasCutShort()
{
    FakeWorld world;
    const AccountId gone = saved(world, configApiDraft());
    AccountDraft other = configApiDraft();
    other.name = u"Other"_s;
    const AccountId stays = saved(world, other);
    world.profile.removals.append(gone); // a crash between the two steps
    QVERIFY(world.repository.load().has_value());
    QVERIFY(!world.accounts.find(gone));

    Answer<Result<AccountSecrets, Problem>> read;
    world.repository.readSecrets(stays, read.reply());
    QVERIFY(!world.keychain.values.contains(secretKeyOf(gone)));
    QVERIFY(world.profile.removals.isEmpty());
}

void TestAccountService::asksTheKeychainBeforeItAsksTheProvider_data()
{
    QTest::addColumn<SecretStoreError::Kind>("kind");
    QTest::addColumn<Problem::Kind>("problem");
    QTest::newRow("F56 no bus") << SecretStoreError::Kind::NoBus << Problem::Kind::NoSessionBus;
    QTest::newRow("F57 no service") << SecretStoreError::Kind::NoService << Problem::Kind::NoKeychainService;
    QTest::newRow("F58 no collection")
        << SecretStoreError::Kind::NoCollection << Problem::Kind::NoDefaultCollection;
}

// R44
void TestAccountService::asksTheKeychainBeforeItAsksTheProvider()
{
    QFETCH(SecretStoreError::Kind, kind);
    QFETCH(Problem::Kind, problem);
    FakeWorld world;
    world.keychain.failure = SecretStoreError { kind, {} };
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveWithToken(configApiDraft(), answer.reply());
    QCOMPARE(answer.value().error().kind, problem);
    QVERIFY(world.http.requests.isEmpty());
}

void TestAccountService::keepsSecretsInMemoryOnTheUsersWord()
{
    FakeWorld world;
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::NoBus, {} };
    world.tokens.keepInMemory();
    QVERIFY(world.tokens.keepsInMemory());
    const AccountId id = saved(world, configApiDraft());
    QVERIFY(world.accounts.find(id)->keptInMemory);
    QVERIFY(world.memory.values.contains(secretKeyOf(id)));
    QVERIFY(world.profile.backend.isEmpty());
    Answer<Result<void, Problem>> removed;
    world.accounts.remove(id, removed.reply());
    QVERIFY(removed.value().has_value());
    QVERIFY(world.memory.values.isEmpty());
}

void TestAccountService::knowsThatMemoryIsGone()
{
    FakeWorld world;
    world.tokens.keepInMemory();
    const AccountId id = saved(world, configApiDraft());
    QVERIFY(world.repository.load().has_value()); // the next run
    QVERIFY(world.accounts.find(id)->needsSignIn);
    QCOMPARE(world.accounts.find(id)->lastProblem->kind, Problem::Kind::MemoryGone);
}

void TestAccountService::leavesNoSecretWithoutAnAccount()
{
    FakeWorld world;
    world.profile.failure = AccountStoreError { AccountStoreError::Kind::Full, {} };
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveAnyway(configApiDraft(), {}, answer.reply());
    QCOMPARE(answer.value().error().kind, Problem::Kind::ProfileFull);
    QVERIFY(world.keychain.values.isEmpty());
}

void TestAccountService::keepsAnEditSafeFromARefreshUnderWay()
{
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.id = saved(world, draft);
    Answer<Result<void, Problem>> refreshed;
    world.tokens.refresh(*draft.id, refreshed.reply());
    draft.secrets.insert_or_assign(u"client_secret"_s, Secret("CANARY-replaced"));
    Answer<Result<AccountId, Problem>> edited;
    world.accounts.saveAnyway(draft, {}, edited.reply());
    QVERIFY(!edited.isThere());
    world.http.answer(200, patternAnswer);

    QVERIFY(refreshed.value().has_value());
    QVERIFY(edited.value().has_value());
    const QByteArray stored = insideOf(world.keychain.values.value(secretKeyOf(*draft.id)));
    QVERIFY(stored.contains("CANARY-replaced"));
    QVERIFY(!stored.contains("CANARY-configapi-secret"));
    QVERIFY(stored.contains("CANARY-access-1"));
}

void TestAccountService::keepsWhatAnotherProcessEditedMeanwhile()
{
    FakeWorld world;
    const AccountId id = saved(world, configApiDraft());
    AccountDraft draft = draftOf(*world.accounts.find(id));
    Account account = *world.accounts.find(id);
    account.name = u"Renamed"_s;
    account.fields.insert(u"test_url"_s, u"https://theirs.example.com/"_s);
    account.fields.insert(u"scope"_s, u"theirs"_s);
    QVERIFY(world.repository.storeAccount(account));

    draft.fields.insert(u"scope"_s, u"ours"_s);
    QVERIFY(saved(world, draft).isValid());
    account.fields.insert(u"scope"_s, u"ours"_s);
    QCOMPARE(world.accounts.find(id)->name, u"Renamed"_s);
    QCOMPARE(world.accounts.find(id)->fields, account.fields);
}

void TestAccountService::needsASignInStillAfterAnotherName()
{
    FakeWorld world;
    AccountDraft draft = priavaDraft();
    draft.id = saved(world, draft);
    Account account = *world.accounts.find(*draft.id);
    AccountSecrets secrets { .fields = draft.secrets, .authorizationCode = {}, .token = {} };
    secrets.token =
        TokenSet { Secret("CANARY-a"), Secret("CANARY-r"), TokenFacts { world.now, {}, {}, {}, {}, {} } };
    account.token = secrets.token->facts;
    account.needsSignIn = true;
    world.put(account, secrets);

    draft.name = u"Another name"_s;
    draft.secrets.clear();
    QVERIFY(saved(world, draft).isValid());
    QVERIFY(world.accounts.find(*draft.id)->token);
    QVERIFY(world.accounts.find(*draft.id)->needsSignIn);
}

void TestAccountService::wantsEverySecretWhenTheStoredOnesAreGone()
{
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.id = saved(world, draft);
    world.keychain.values.clear(); // by hand
    draft.name = u"Another name"_s;
    draft.secrets.clear();
    Answer<Result<AccountId, Problem>> without;
    world.accounts.saveAnyway(draft, {}, without.reply());
    QCOMPARE(without.value().error().kind, Problem::Kind::SecretMissing);
    QVERIFY(world.keychain.values.isEmpty());

    draft.secrets = configApiDraft().secrets;
    QVERIFY(saved(world, draft).isValid());
}

void TestAccountService::showsNoTokenThatIsNotStored()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> first;
    world.accounts.saveWithToken(configApiDraft(), first.reply());
    world.http.answer(200, patternAnswer);
    AccountDraft draft = configApiDraft();
    draft.id = *first.value();
    QVERIFY(world.accounts.find(*draft.id)->token);
    world.keychain.values.clear();
    QVERIFY(saved(world, draft).isValid());
    QVERIFY(!world.accounts.find(*draft.id)->token);
}

void TestAccountService::editsWithoutTheKeychainOnTheUsersWord()
{
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.id = saved(world, draft);
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::NoBus, {} };
    QVERIFY(!saved(world, draft).isValid());
    world.tokens.keepInMemory();
    QVERIFY(saved(world, draft).isValid());
    QVERIFY(world.accounts.find(*draft.id)->keptInMemory);
}

void TestAccountService::keepsATokenThatIsHeldWhenTheRemovalFails()
{
    FakeWorld world;
    const AccountId id = saved(world, configApiDraft());
    Answer<Result<void, Problem>> refreshed;
    world.tokens.refresh(id, refreshed.reply());
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Failed, {} };
    world.http.answer(200, patternAnswer);
    QCOMPARE(world.tokens.unsaved(), QList<AccountId> { id });

    // R41: it is still the only copy.
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::Locked, {} };
    Answer<Result<void, Problem>> removed;
    world.accounts.remove(id, removed.reply());
    QVERIFY(!removed.value().has_value());
    QCOMPARE(world.tokens.unsaved(), QList<AccountId> { id });

    world.keychain.failure.reset();
    Answer<Result<void, Problem>> again;
    world.accounts.remove(id, again.reply());
    QVERIFY(again.value().has_value());
    QVERIFY(world.tokens.unsaved().isEmpty());
}

void TestAccountService::bringsNoRemovedAccountBack()
{
    FakeWorld world;
    const AccountId id = saved(world, configApiDraft());
    Answer<Result<void, Problem>> refreshed;
    world.tokens.refresh(id, refreshed.reply());
    // The token comes while the keychain asks whether the item may be deleted.
    world.keychain.duringRemove = [&world] { world.http.answer(200, patternAnswer); };
    Answer<Result<void, Problem>> removed;
    world.accounts.remove(id, removed.reply());

    QVERIFY(removed.value().has_value());
    QVERIFY(!refreshed.value().has_value());
    QVERIFY(world.accounts.accounts().isEmpty());
    QVERIFY(world.profile.accounts.isEmpty());
    QVERIFY(world.keychain.values.isEmpty());
}

void TestAccountService::holdsNothingForAnAccountThatDoesNotExist()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveWithToken(configApiDraft(), answer.reply());
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Failed, {} };
    world.profile.failure = AccountStoreError { AccountStoreError::Kind::Full, {} };
    world.http.answer(200, patternAnswer);
    QCOMPARE(answer.value().error().kind, Problem::Kind::ProfileFull);
    QVERIFY(world.tokens.unsaved().isEmpty());
    QVERIFY(world.accounts.accounts().isEmpty());
}

LATCHKEY_TEST(TestAccountService)

#include "tst_accountservice.moc"
