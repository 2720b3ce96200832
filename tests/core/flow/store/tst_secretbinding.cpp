// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountjson.h"
#include "core/flow/doctor/testoperation.h"
#include "core/flow/draft/accountdraft.h"
#include "core/flow/store/secretbinding.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/provider/providers.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

AccountDraft draftFor(const QString &provider)
{
    if (provider == "priava"_L1) {
        AccountDraft draft = priavaDraft();
        draft.fields.insert(u"authorization_url"_s, u"https://login.priava.example/authorize"_s);
        return draft;
    }
    if (provider == "rev"_L1)
        return revDraft();
    return provider == "rev-oauth2"_L1 ? revOAuth2Draft() : configApiDraft();
}

// With a token that is good for another 50 minutes.
AccountId put(FakeWorld &world, const QString &provider)
{
    const AccountDraft draft = draftFor(provider);
    Account account;
    account.name = draft.name;
    account.providerId = draft.providerId;
    account.fields = completeFields(*findProvider(draft.providerId), draft.fields);
    account.token =
        TokenFacts { world.now.addSecs(-600), world.now.addSecs(3000), u"Bearer"_s, {}, u"ada"_s, {} };
    AccountSecrets secrets;
    secrets.fields = draft.secrets;
    secrets.authorizationCode = Secret("CANARY-code-1");
    secrets.token = TokenSet { Secret("CANARY-access-1"), Secret("CANARY-refresh-1"), *account.token };
    return world.put(account, secrets);
}

// As anyone does who can write to the profile.
void tamper(FakeWorld &world, const AccountId &id, const QString &field, const QString &value)
{
    Account account = *world.accounts.find(id);
    if (field == "provider"_L1)
        account.providerId = value;
    else
        account.fields.insert(field, value);
    QVERIFY(world.repository.storeAccount(account));
}

AccountDraft editOf(const FakeWorld &world, const AccountId &id)
{
    return draftOf(*world.accounts.find(id));
}

template <typename T>
std::optional<Problem> problemIn(const Answer<Result<T, Problem>> &answer)
{
    return answer.isThere() && !answer.value() ? std::optional(answer.value().error()) : std::nullopt;
}

using Act = std::function<std::optional<Problem>(FakeWorld &, const AccountId &)>;

std::optional<Problem> handOut(FakeWorld &world, const AccountId &id, std::chrono::seconds life)
{
    Answer<Result<HandedToken, Problem>> answer;
    world.tokens.token(id, life, answer.reply());
    return problemIn(answer);
}

std::optional<Problem> refresh(FakeWorld &world, const AccountId &id)
{
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(id, answer.reply());
    return problemIn(answer);
}

std::optional<Problem> save(FakeWorld &world, const AccountDraft &draft)
{
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveAnyway(draft, {}, answer.reply());
    return problemIn(answer);
}

std::optional<Problem> changeName(FakeWorld &world, const AccountId &id)
{
    AccountDraft draft = editOf(world, id);
    draft.name = u"Renamed"_s;
    return save(world, draft);
}

std::optional<Problem> signIn(FakeWorld &world, const AccountId &id)
{
    const auto operation = world.tokens.signIn(id);
    std::optional<Problem> problem;
    QObject::connect(operation.get(), &AuthorizationOperation::finished, operation.get(),
                     [&problem](const Result<AccountId, Problem> &result) {
                         if (!result)
                             problem = result.error();
                     });
    operation->start();
    return problem;
}

std::optional<Problem> tryOut(FakeWorld &world, const AccountId &id)
{
    TestOperation operation(world.context, world.accounts, world.tokens, id);
    std::optional<Problem> problem;
    QObject::connect(&operation, &TestOperation::finished, &operation,
                     [&problem](const Result<TokenTrial, Problem> &trial) {
                         if (!trial)
                             problem = trial.error();
                     });
    operation.start();
    return problem;
}

AccountSecrets storedOf(const FakeWorld &world, const AccountId &id)
{
    return fromStoredText(world.keychain.values.value(secretKeyOf(id))).value_or(AccountSecrets {});
}

} // namespace

// F107: who writes to the profile does not decide where secrets, tokens and the browser go.
class TestSecretBinding final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhereSecretsGo_data();
    void namesWhereSecretsGo();
    void sendsNothingElsewhere_data();
    void sendsNothingElsewhere();
    void looksAgainBeforeItSends();
    void sendsNothingForWhatIsGoneMeanwhile();
    void looksAgainBeforeItHandsOut();
    void handsOutNothingHeldElsewhere();
    void rebindsTypedSecrets_data();
    void rebindsTypedSecrets();
    void takesNothingTypedForAnotherAddress();
    void followsWhatTheUserEdits_data();
    void followsWhatTheUserEdits();
    void goesBackToTheFormerAddress();
    void keepsAnEditMadeDuringASignIn();
    void bindsNothingToAPageWrittenDuringASignIn();
    void takesNothingTypedOutOfSightOfTheAddress();
};

void TestSecretBinding::namesWhereSecretsGo_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("binding");
    const auto row = [](const char *name, const char *provider, const char *field, const char *value,
                        const char *binding) {
        QTest::newRow(name) << QString::fromUtf8(provider) << QString::fromUtf8(field)
                            << QString::fromUtf8(value) << QString::fromUtf8(binding);
    };
    row("F107 as it is", "configapi", "", "", "configapi https://acme.example");
    row("F107 the usual port written out", "configapi", "url", "https://ACME.example:443",
        "configapi https://acme.example");
    row("F107 a path is no other place", "priava", "url", "https://api-sandbox.priava.com/v9",
        "priava https://api-sandbox.priava.com https://login.priava.example");
    row("F107 no page", "priava", "authorization_url", "", "priava https://api-sandbox.priava.com");
    row("F107 letters of another script", "configapi", "url", "https://api.pri\u0430va.com",
        "configapi https://api.xn--priva-6ve.com");
    row("F107 a path that becomes a host", "rev", "prefix", "@evil.example/x",
        "rev https://evil.example https://rev.acme.example");
}

void TestSecretBinding::namesWhereSecretsGo()
{
    QFETCH(const QString, provider);
    QFETCH(const QString, field);
    QFETCH(const QString, value);
    FieldValues fields = completeFields(*findProvider(provider), draftFor(provider).fields);
    if (!field.isEmpty())
        fields.insert(field, value);
    QTEST(bindingOf(*findProvider(provider), fields), "binding");
}

void TestSecretBinding::sendsNothingElsewhere_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<Act>("act");
    struct Change
    {
        const char *name;
        QString provider, field, value;
    };
    const QList<Change> changes {
        { "another host", u"configapi"_s, u"url"_s, u"https://evil.example"_s },
        { "a host below", u"configapi"_s, u"url"_s, u"https://acme.example.evil.example"_s },
        { "another port", u"configapi"_s, u"url"_s, u"https://acme.example:8443"_s },
        { "plain http", u"configapi"_s, u"url"_s, u"http://acme.example"_s },
        { "a host for a user", u"configapi"_s, u"url"_s, u"https://acme.example@evil.example"_s },
        { "no host", u"configapi"_s, u"url"_s, u"https://"_s },
        { "another vendor", u"rev"_s, u"provider"_s, u"configapi"_s },
        { "a session at another host", u"rev"_s, u"url"_s, u"https://evil.example"_s },
        { "a path that becomes a host", u"rev"_s, u"prefix"_s, u"@evil.example/x"_s },
        { "a session without a secret", u"rev-oauth2"_s, u"url"_s, u"https://evil.example"_s },
        { "the test system", u"priava"_s, u"url"_s, u"https://api.priava.com/api"_s },
        { "another page", u"priava"_s, u"authorization_url"_s, u"https://evil.example/authorize"_s },
    };
    const QList<std::pair<QByteArray, Act>> acts {
        { "a token that is there",
          Act([](FakeWorld &world, const AccountId &id) { return handOut(world, id, 0s); }) },
        { "a token of some life",
          Act([](FakeWorld &world, const AccountId &id) { return handOut(world, id, 2h); }) },
        { "a refresh", Act(&refresh) },
        { "an edit of something else", Act(&changeName) },
        { "a sign-in", Act(&signIn) },
        { "a test", Act(&tryOut) },
    };
    for (const Change &change : changes) {
        for (const auto &[name, act] : acts) {
            const bool isPossible = name != "a sign-in" || change.provider != "configapi"_L1;
            if (isPossible && change.value != "https://"_L1)
                QTest::addRow("F107 %s: %s", change.name, name.constData())
                    << change.provider << change.field << change.value << act;
        }
    }
    // Nothing that can be reached is no way around it.
    QTest::newRow("F107 no host: a refresh") << u"configapi"_s << u"url"_s << u"https://"_s << Act(&refresh);
}

void TestSecretBinding::sendsNothingElsewhere()
{
    QFETCH(const QString, provider);
    QFETCH(const QString, field);
    QFETCH(const QString, value);
    QFETCH(const Act, act);
    FakeWorld world;
    const AccountId id = put(world, provider);
    tamper(world, id, u"test_url"_s, QString());
    const QString was = storedOf(world, id).boundTo;
    const Secret item = world.keychain.values.value(secretKeyOf(id));
    tamper(world, id, field, value);

    const auto problem = act(world, id);

    QCOMPARE(world.http.requests.size(), 0);
    QCOMPARE(world.browser.opened.size(), 0);
    QVERIFY(problem.has_value());
    QVERIFY(world.keychain.values.value(secretKeyOf(id)) == item);
    // Where there is nothing to try a token with, that is said first.
    if (problem->kind == Problem::Kind::NoTestAddress || problem->kind == Problem::Kind::FieldRefused)
        return;
    QCOMPARE(problem->kind, Problem::Kind::SecretsBoundElsewhere);
    const Account &account = *world.accounts.find(id);
    const QString is = bindingOf(*findProvider(account.providerId), account.fields);
    QCOMPARE(problem->detail, was + u" \u2260 "_s + is);
}

// Changed after the secrets were read, while room is made for the answer.
void TestSecretBinding::looksAgainBeforeItSends()
{
    FakeWorld world;
    const AccountId id = put(world, u"priava"_s);
    world.keychain.duringRoom = [&] { tamper(world, id, u"url"_s, u"https://evil.example"_s); };
    const auto problem = refresh(world, id);
    QCOMPARE(world.http.requests.size(), 0);
    QVERIFY(problem.has_value());
    QCOMPARE(problem->kind, Problem::Kind::SecretsBoundElsewhere);
    QVERIFY(world.lock.notes.value(id.value).isEmpty());
}

// The same for an account that was removed, and for one whose secrets an edit elsewhere took away.
void TestSecretBinding::sendsNothingForWhatIsGoneMeanwhile()
{
    FakeWorld world;
    const AccountId removed = put(world, u"priava"_s);
    world.keychain.duringRoom = [&] {
        world.profile.accounts.clear();
        world.profile.changedElsewhere = true;
        world.repository.catchUp();
    };
    const auto gone = refresh(world, removed);
    QVERIFY(gone.has_value());
    QCOMPARE(gone->kind, Problem::Kind::NoSuchAccount);

    world.keychain.duringRoom = {};
    const AccountId edited = put(world, u"priava"_s);
    world.keychain.duringRead = [&] {
        Account account = *world.accounts.find(edited);
        account.missingSecrets = { u"client_secret"_s };
        QVERIFY(world.repository.storeAccount(account));
    };
    const auto lacking = refresh(world, edited);
    QVERIFY(lacking.has_value());
    QCOMPARE(lacking->kind, Problem::Kind::SecretNotEntered);
    QCOMPARE(world.http.requests.size(), 0);
}

// Changed while the keychain was asked.
void TestSecretBinding::looksAgainBeforeItHandsOut()
{
    FakeWorld world;
    const AccountId id = put(world, u"configapi"_s);
    world.keychain.duringRead = [&] { tamper(world, id, u"url"_s, u"https://evil.example"_s); };
    const auto problem = handOut(world, id, 0s);
    QVERIFY(problem.has_value());
    QCOMPARE(problem->kind, Problem::Kind::SecretsBoundElsewhere);
}

// What could not be saved is held in memory, and is no less bound.
void TestSecretBinding::handsOutNothingHeldElsewhere()
{
    FakeWorld world;
    const AccountId id = put(world, u"configapi"_s);
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Failed, {} };
    world.http.respond = [](const HttpRequest &) {
        return HttpResponse { .status = 200,
                              .contentType = "application/json",
                              .body = R"({"access_token":"CANARY-access-2","expires_in":3600})",
                              .date = {},
                              .retryAfter = {},
                              .location = {} };
    };
    QCOMPARE(refresh(world, id).value().kind, Problem::Kind::NotSaved);
    QVERIFY(!handOut(world, id, 0s));
    tamper(world, id, u"url"_s, u"https://evil.example"_s);
    QCOMPARE(handOut(world, id, 0s).value().kind, Problem::Kind::SecretsBoundElsewhere);
    QCOMPARE(refresh(world, id).value().kind, Problem::Kind::SecretsBoundElsewhere);
    QCOMPARE(world.http.requests.size(), 1);
}

void TestSecretBinding::rebindsTypedSecrets_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("secret");
    QTest::newRow("F107 a robot's secret") << u"configapi"_s << u"client_secret"_s;
    QTest::newRow("F107 a client's secret") << u"priava"_s << u"client_secret"_s;
    QTest::newRow("F107 a secret that signs") << u"rev"_s << u"api_secret"_s;
}

void TestSecretBinding::rebindsTypedSecrets()
{
    QFETCH(const QString, provider);
    QFETCH(const QString, secret);
    FakeWorld world;
    const AccountId id = put(world, provider);
    tamper(world, id, u"url"_s, u"https://new.example"_s);
    AccountDraft draft = editOf(world, id);
    draft.secrets = { { secret, Secret("CANARY-typed") } };

    QVERIFY(!save(world, draft));

    const AccountSecrets stored = storedOf(world, id);
    QVERIFY(stored.boundTo.contains("https://new.example"_L1));
    QVERIFY(stored.fields.at(secret) == Secret("CANARY-typed"));
    QVERIFY2(!stored.token && stored.authorizationCode.isEmpty(), "of the former place nothing is left");
    QVERIFY(!world.accounts.find(id)->token);
}

// The form was opened before the profile was changed, and shows the address of then.
void TestSecretBinding::takesNothingTypedForAnotherAddress()
{
    FakeWorld world;
    const AccountId id = put(world, u"configapi"_s);
    AccountDraft draft = editOf(world, id);
    draft.secrets = { { u"client_secret"_s, Secret("CANARY-typed") } };
    tamper(world, id, u"url"_s, u"https://evil.example"_s);

    const auto problem = save(world, draft);

    QCOMPARE(problem.value().kind, Problem::Kind::SecretsBoundElsewhere);
    QVERIFY(!insideOf(world.keychain.values.value(secretKeyOf(id))).contains("CANARY-typed"));
}

void TestSecretBinding::followsWhatTheUserEdits_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("secret"); // what has to be entered again
    QTest::newRow("F107 the host") << u"configapi"_s << u"url"_s << u"https://new.example"_s
                                   << u"client_secret"_s;
    QTest::newRow("F107 the page") << u"priava"_s << u"authorization_url"_s << u"https://new.example/a"_s
                                   << QString();
    QTest::newRow("F107 no page") << u"priava"_s << u"authorization_url"_s << QString() << QString();
    QTest::newRow("F107 what is no address") << u"configapi"_s << u"scope"_s << u"tenant"_s << QString();
}

void TestSecretBinding::followsWhatTheUserEdits()
{
    QFETCH(const QString, provider);
    QFETCH(const QString, field);
    QFETCH(const QString, value);
    QFETCH(const QString, secret);
    FakeWorld world;
    const AccountId id = put(world, provider);
    AccountDraft draft = editOf(world, id);
    draft.fields.insert(field, value);
    if (!secret.isEmpty())
        draft.secrets = { { secret, Secret("CANARY-typed") } };
    QVERIFY(!save(world, draft));

    QVERIFY(!changeName(world, id));
    QVERIFY(!bindingFault(*world.accounts.find(id), storedOf(world, id), world.now));
    static_cast<void>(refresh(world, id));
    QCOMPARE(world.http.requests.size(), 1);
}

// There is no secret to enter, so this is the way back.
void TestSecretBinding::goesBackToTheFormerAddress()
{
    FakeWorld world;
    const AccountId id = put(world, u"rev-oauth2"_s);
    tamper(world, id, u"url"_s, u"https://evil.example"_s);
    QVERIFY(signIn(world, id));
    AccountDraft draft = editOf(world, id);
    draft.fields.insert(u"url"_s, u"https://rev.acme.example"_s);
    QVERIFY(!save(world, draft));
    QVERIFY(!signIn(world, id));
    QCOMPARE(world.browser.opened.size(), 1);
    QCOMPARE(world.browser.opened.first().host(), u"rev.acme.example"_s);
}

// A page that another window entered meanwhile is kept, and so is the account usable.
void TestSecretBinding::keepsAnEditMadeDuringASignIn()
{
    FakeWorld world;
    const AccountId id = put(world, u"priava"_s);
    const auto operation = world.tokens.signIn(id);
    operation->start();
    AccountDraft draft = editOf(world, id);
    draft.fields.insert(u"authorization_url"_s, u"https://new.example/authorize"_s);
    QVERIFY(!save(world, draft));
    Q_EMIT world.listening.current->answered(Secret("CANARY-code-2"));
    world.http.answer(200,
                      R"({"access_token":"CANARY-access-2","refresh_token":"CANARY-refresh-2",)"
                      R"("token_type":"BEARER","expires_in":21600})");
    QCOMPARE(world.accounts.find(id)->fields.value(u"authorization_url"_s),
             u"https://new.example/authorize"_s);
    QVERIFY(!bindingFault(*world.accounts.find(id), storedOf(world, id), world.now));
    QVERIFY(!handOut(world, id, 0s));
}

// The profile was written to instead: the token stays bound to what it was got with.
void TestSecretBinding::bindsNothingToAPageWrittenDuringASignIn()
{
    FakeWorld world;
    const AccountId id = put(world, u"priava"_s);
    const QString was = storedOf(world, id).boundTo;
    const auto operation = world.tokens.signIn(id);
    operation->start();
    tamper(world, id, u"authorization_url"_s, u"https://evil.example/authorize"_s);
    Q_EMIT world.listening.current->answered(Secret("CANARY-code-2"));
    world.http.answer(200,
                      R"({"access_token":"CANARY-access-2","refresh_token":"CANARY-refresh-2",)"
                      R"("token_type":"BEARER","expires_in":21600})");
    QCOMPARE(storedOf(world, id).boundTo, was);
    const qsizetype opened = world.browser.opened.size();
    QCOMPARE(signIn(world, id).value().kind, Problem::Kind::SecretsBoundElsewhere);
    QCOMPARE(handOut(world, id, 0s).value().kind, Problem::Kind::SecretsBoundElsewhere);
    QCOMPARE(world.browser.opened.size(), opened);
}

// `edit NAME --secret` shows no address; with `url=` it is named.
void TestSecretBinding::takesNothingTypedOutOfSightOfTheAddress()
{
    FakeWorld world;
    const AccountId id = put(world, u"configapi"_s);
    tamper(world, id, u"url"_s, u"https://evil.example"_s);
    AccountDraft draft = editOf(world, id);
    draft.secrets = { { u"client_secret"_s, Secret("CANARY-typed") } };
    draft.isAddressSeen = false;
    QCOMPARE(save(world, draft).value().kind, Problem::Kind::SecretsBoundElsewhere);
    QVERIFY(!insideOf(world.keychain.values.value(secretKeyOf(id))).contains("CANARY-typed"));
    draft.isAddressSeen = true;
    QVERIFY(!save(world, draft));
}

LATCHKEY_TEST(TestSecretBinding)
#include "tst_secretbinding.moc"
