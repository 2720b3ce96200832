// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/expiry.h"
#include "core/flow/token/authorizationoperation.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray tokenAnswer = R"({"access_token":"CANARY-access-token-1","expires_in":"3599"})";

} // namespace

// Accounts that came from a template, or were added without their secrets.
class TestMissingSecrets final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsAnAccountWithoutItsSecrets_data();
    void keepsAnAccountWithoutItsSecrets();
    void checksTheFieldsAllTheSame();
    void refusesAnAccountWithoutSecretsUnlessAsked();
    void answersWithoutARequest_data();
    void answersWithoutARequest();
    void asksForExactlyTheMissingOnes();
    void getsATokenOnceTheSecretIsEntered();
    void staysAsItIsWhenRenamed();
    void isKeptAndRemovedWithoutAKeychain();
    void knowsTheKeyOfTheCertificate();
    void tellsMissingFromLost();

private:
    static AccountDraft without(AccountDraft draft);
    static AccountId save(FakeWorld &world, const AccountDraft &draft);
    static AccountDraft edited(const FakeWorld &world, const AccountId &id);
    static QStringList fieldIds(const QList<FieldProblem> &problems);
};

AccountDraft TestMissingSecrets::without(AccountDraft draft)
{
    draft.secrets.clear();
    draft.mayLackSecrets = true;
    return draft;
}

AccountId TestMissingSecrets::save(FakeWorld &world, const AccountDraft &draft)
{
    Answer<Result<AccountId, Problem>> saved;
    world.accounts.saveAnyway(draft, {}, saved.reply());
    return saved.isThere() && saved.value() ? *saved.value() : AccountId {};
}

AccountDraft TestMissingSecrets::edited(const FakeWorld &world, const AccountId &id)
{
    const Account *account = world.accounts.find(id);
    return { id, account->name, account->providerId, account->fields, {} };
}

QStringList TestMissingSecrets::fieldIds(const QList<FieldProblem> &problems)
{
    QStringList ids;
    for (const FieldProblem &problem : problems)
        ids.append(problem.fieldId);
    return ids;
}

void TestMissingSecrets::keepsAnAccountWithoutItsSecrets_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QStringList>("missing");
    QTest::newRow("Priava") << u"priava"_s << QStringList { u"client_secret"_s };
    QTest::newRow("Rev") << u"rev"_s << QStringList { u"api_secret"_s };
    QTest::newRow("Rev, OAuth 2: there is none") << u"rev-oauth2"_s << QStringList();
    QTest::newRow("Bright Pattern") << u"configapi"_s << QStringList { u"client_secret"_s };
}

void TestMissingSecrets::keepsAnAccountWithoutItsSecrets()
{
    QFETCH(QString, provider);
    QFETCH(QStringList, missing);
    FakeWorld world;
    AccountId id;
    for (const AccountDraft &draft : { priavaDraft(), revDraft(), revOAuth2Draft(), configApiDraft() }) {
        if (draft.providerId == provider)
            id = save(world, without(draft));
    }
    const Account *account = world.accounts.find(id);
    QVERIFY(account);
    QCOMPARE(account->missingSecrets, missing);
    // Nothing went to the keychain, not even which one it is.
    QVERIFY(world.keychain.calls.isEmpty());
    QVERIFY(world.profile.backend.isEmpty());
    QVERIFY(world.http.requests.isEmpty());

    QCOMPARE(account->needsSignIn, missing.isEmpty());
    QCOMPARE(accountState(*account, world.now),
             missing.isEmpty() ? AccountState::NeedsSignIn : AccountState::Error);
    if (!missing.isEmpty()) {
        QVERIFY(account->lastProblem.has_value());
        QCOMPARE(account->lastProblem->kind, Problem::Kind::SecretNotEntered);
        QCOMPARE(account->lastProblem->detail, missing.constFirst());
    }
}

void TestMissingSecrets::checksTheFieldsAllTheSame()
{
    FakeWorld world;
    AccountDraft draft = without(configApiDraft());
    draft.fields.insert(u"url"_s, u"ftp://acme.example"_s);
    draft.fields.remove(u"client_id"_s);
    QCOMPARE(fieldIds(world.accounts.check(draft)), (QStringList { u"url"_s, u"client_id"_s }));
    QVERIFY(!save(world, draft).isValid());
    QVERIFY(world.accounts.accounts().isEmpty());
}

void TestMissingSecrets::refusesAnAccountWithoutSecretsUnlessAsked()
{
    FakeWorld world;
    AccountDraft draft = without(configApiDraft());
    draft.mayLackSecrets = false;
    QCOMPARE(fieldIds(world.accounts.check(draft)), QStringList { u"client_secret"_s });
    QVERIFY(!save(world, draft).isValid());
}

void TestMissingSecrets::answersWithoutARequest_data()
{
    QTest::addColumn<QString>("act");
    for (const char *act : { "refresh", "token", "token as it is", "sign in", "save with token" })
        QTest::newRow(act) << QString::fromLatin1(act);
}

void TestMissingSecrets::answersWithoutARequest()
{
    QFETCH(QString, act);
    FakeWorld world;
    const AccountId id = save(world, without(act == "sign in"_L1 ? revDraft() : configApiDraft()));
    QVERIFY(id.isValid());
    std::optional<Problem> problem;
    if (act == "refresh"_L1) {
        Answer<Result<void, Problem>> answer;
        world.tokens.refresh(id, answer.reply());
        QVERIFY(answer.isThere() && !answer.value());
        problem = answer.value().error();
    } else if (act.startsWith("token"_L1)) {
        Answer<Result<HandedToken, Problem>> answer;
        world.tokens.token(id, act == "token"_L1 ? 120s : 0s, answer.reply());
        QVERIFY(answer.isThere() && !answer.value());
        problem = answer.value().error();
    } else if (act == "sign in"_L1) {
        const auto signIn = world.tokens.signIn(id);
        signIn->start();
        QCOMPARE(signIn->progress().step, AuthorizationProgress::Step::Failed);
        problem = signIn->progress().problem;
    } else {
        Answer<Result<AccountId, Problem>> answer;
        AccountDraft draft = without(configApiDraft());
        draft.name = u"Another"_s;
        world.accounts.saveWithToken(draft, answer.reply());
        QVERIFY(answer.isThere() && !answer.value());
        problem = answer.value().error();
    }
    QVERIFY(problem.has_value());
    QCOMPARE(problem->kind, Problem::Kind::SecretNotEntered);
    QCOMPARE(problem->detail, act == "sign in"_L1 ? u"api_secret"_s : u"client_secret"_s);
    QVERIFY(world.http.requests.isEmpty());
    QVERIFY(world.keychain.calls.isEmpty());
    QVERIFY(world.browser.opened.isEmpty());
}

void TestMissingSecrets::asksForExactlyTheMissingOnes()
{
    FakeWorld world;
    const AccountId id = save(world, without(configApiDraft()));
    AccountDraft draft = edited(world, id);
    QCOMPARE(fieldIds(world.accounts.check(draft)), QStringList { u"client_secret"_s });
    draft.secrets.emplace(u"client_secret"_s, Secret("CANARY-client-secret-2"));
    QVERIFY(world.accounts.check(draft).isEmpty());
    QCOMPARE(world.accounts.firstToken(draft), FirstToken::Request);
    QVERIFY(save(world, draft) == id);
    QVERIFY(world.accounts.find(id)->missingSecrets.isEmpty());
    QVERIFY(!world.accounts.find(id)->lastProblem);
    // From now on it is stored, and stays as it is.
    QVERIFY(world.accounts.check(edited(world, id)).isEmpty());
}

void TestMissingSecrets::getsATokenOnceTheSecretIsEntered()
{
    FakeWorld world;
    const AccountId id = save(world, without(configApiDraft()));
    AccountDraft draft = edited(world, id);
    draft.secrets.emplace(u"client_secret"_s, Secret("CANARY-client-secret-2"));
    Answer<Result<AccountId, Problem>> saved;
    world.accounts.saveWithToken(draft, saved.reply());
    world.http.answer(200, tokenAnswer);
    QVERIFY(saved.isThere() && saved.value());
    const Account *account = world.accounts.find(id);
    QVERIFY(account->missingSecrets.isEmpty() && account->token && !account->lastProblem);
    QCOMPARE(accountState(*account, world.now), AccountState::Valid);
}

void TestMissingSecrets::staysAsItIsWhenRenamed()
{
    FakeWorld world;
    const AccountId id = save(world, without(configApiDraft()));
    AccountDraft draft = edited(world, id);
    draft.name = u"Renamed"_s;
    draft.mayLackSecrets = true;
    QVERIFY(world.accounts.check(draft).isEmpty());
    QVERIFY(save(world, draft) == id);
    QCOMPARE(world.accounts.find(id)->name, u"Renamed"_s);
    QCOMPARE(world.accounts.find(id)->missingSecrets, QStringList { u"client_secret"_s });
    QVERIFY(!world.keychain.calls.contains(u"write"_s));
}

void TestMissingSecrets::isKeptAndRemovedWithoutAKeychain()
{
    FakeWorld world;
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::NoBus, {} };
    const AccountId id = save(world, without(configApiDraft()));
    QVERIFY(id.isValid());
    Answer<Result<void, Problem>> removed;
    world.accounts.remove(id, removed.reply());
    QVERIFY(removed.isThere() && removed.value());
    QVERIFY(world.accounts.accounts().isEmpty());

    // A locked one may be opened, and is asked.
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::Locked, {} };
    const AccountId other = save(world, without(configApiDraft()));
    Answer<Result<void, Problem>> refused;
    world.accounts.remove(other, refused.reply());
    QVERIFY(refused.isThere() && !refused.value());
}

void TestMissingSecrets::knowsTheKeyOfTheCertificate()
{
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.fields.insert(u"tls_certificate"_s,
                        u"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"_s);
    draft.mayLackSecrets = true;
    const AccountId id = save(world, draft);
    QVERIFY(id.isValid());
    QCOMPARE(world.accounts.find(id)->missingSecrets, QStringList { u"tls_key"_s });
    QCOMPARE(fieldIds(world.accounts.check(edited(world, id))), QStringList { u"tls_key"_s });
    // A token needs no certificate.
    QVERIFY(!world.accounts.find(id)->lastProblem);
    Answer<Result<void, Problem>> refreshed;
    world.tokens.refresh(id, refreshed.reply());
    world.http.answer(200, tokenAnswer);
    QVERIFY(refreshed.isThere() && refreshed.value());

    AccountDraft complete = edited(world, id);
    complete.secrets.emplace(u"tls_key"_s,
                             Secret("-----BEGIN PRIVATE KEY-----\nCANARY-key\n-----END PRIVATE KEY-----"));
    QVERIFY(save(world, complete) == id);
    QVERIFY(world.accounts.find(id)->missingSecrets.isEmpty());
    QVERIFY(world.accounts.check(edited(world, id)).isEmpty());
}

void TestMissingSecrets::tellsMissingFromLost()
{
    FakeWorld world;
    const AccountId id = save(world, configApiDraft());
    QVERIFY(id.isValid());
    world.keychain.values.clear();
    Answer<Result<void, Problem>> refreshed;
    world.tokens.refresh(id, refreshed.reply());
    QVERIFY(refreshed.isThere() && !refreshed.value());
    QCOMPARE(refreshed.value().error().kind, Problem::Kind::SecretMissing);

    const AccountId never = save(world, without(revOAuth2Draft()));
    Answer<Result<void, Problem>> asked;
    world.tokens.refresh(never, asked.reply());
    QVERIFY(asked.isThere() && !asked.value());
    QCOMPARE(asked.value().error().kind, Problem::Kind::SignInNeeded);
}

LATCHKEY_TEST(TestMissingSecrets)
#include "tst_draftcheck_missingsecrets.moc"
