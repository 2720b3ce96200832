// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/authorizationoperation.h"
#include "core/provider/providers.h"
#include "core/recipe/recipe.h"
#include "support/fakes/sampledrafts.h"
#include "support/network/socketworld.h"
#include "support/testprogram.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = Problem::Kind;

// Each vendor from the draft to an API call that answers 200, over sockets.
class TestVendorFlows final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsInRefreshesAndCalls_data();
    void signsInRefreshesAndCalls();
    void tellsThatTheUserDenied_data();
    void tellsThatTheUserDenied();
    void takesThePastedAddress();
    void servesPriavasOwnRedirect();
    void takesPriavasTypedCode();
    void keepsTheOldTokenThroughFaults_data();
    void keepsTheOldTokenThroughFaults();
    void sendsOneRequestForManyCallers();
    void noticesARefusedRotation();

private:
    static QJsonObject client(const AccountDraft &draft);
    static AccountDraft draftFor(const QString &vendor, const SocketWorld &world);
    static Result<AccountId, Problem> save(SocketWorld &world, const AccountDraft &draft);
    static int callApi(SocketWorld &world, const AccountId &id, std::chrono::seconds minLife);
};

namespace {

constexpr int patience = 5000; // ms; nothing here takes longer than a few

QString idOf(const AccountDraft &draft)
{
    return draft.fields.value(draft.fields.contains(u"client_id"_s) ? u"client_id"_s : u"api_key"_s);
}

} // namespace

QJsonObject TestVendorFlows::client(const AccountDraft &draft)
{
    QJsonObject client { { u"vendor"_s, draft.providerId }, { u"id"_s, idOf(draft) } };
    for (const auto &[id, secret] : draft.secrets) {
        if (id != "code"_L1)
            client.insert(u"secret"_s, QString::fromUtf8(secret.reveal()));
    }
    if (draft.fields.contains(u"redirect_uri"_s))
        client.insert(u"redirect_uris"_s, QJsonArray { draft.fields.value(u"redirect_uri"_s) });
    if (draft.fields.contains(u"region"_s))
        client.insert(u"region"_s, draft.fields.value(u"region"_s));
    return client;
}

AccountDraft TestVendorFlows::draftFor(const QString &vendor, const SocketWorld &world)
{
    AccountDraft draft = draftOf(vendor);
    QUrl base = world.vendor.url();
    base.setPath(QUrl(draft.fields.value(u"url"_s)).path());
    draft.fields.insert(u"url"_s, base.toString());
    draft.fields.insert(u"test_url"_s, world.vendor.harmlessUrl(vendor).toString());
    if (draft.fields.contains(u"redirect_uri"_s))
        draft.fields.insert(u"redirect_uri"_s, u"http://127.0.0.1:%1/back"_s.arg(SocketWorld::freePort()));
    if (findProvider(vendor)->field(u"authorization_url"_s)) {
        const QString page = u'/' + vendor + u"/authorize"_s;
        draft.fields.insert(u"authorization_url"_s, world.vendor.url(page).toString());
    }
    return draft;
}

// Whatever the vendor wants: a request, or a sign-in.
Result<AccountId, Problem> TestVendorFlows::save(SocketWorld &world, const AccountDraft &draft)
{
    const QJsonObject document { { u"clients"_s, QJsonArray { client(draft) } } };
    if (const QString fault = world.vendor.configure(document); !fault.isEmpty())
        qFatal("%s", qPrintable(fault));
    if (world.accounts.firstToken(draft) != FirstToken::SignIn) {
        Answer<Result<AccountId, Problem>> answer;
        world.accounts.saveWithToken(draft, answer.reply());
        return QTest::qWaitFor([&] { return answer.isThere(); }, patience)
            ? answer.value()
            : failure(Problem { Problem::Kind::TimedOut, {}, {}, {}, {} });
    }
    const auto operation = world.tokens.signIn(draft);
    std::optional<Result<AccountId, Problem>> result;
    connect(operation.get(), &AuthorizationOperation::finished, operation.get(),
            [&result](const Result<AccountId, Problem> &r) { result = r; });
    operation->start();
    const bool isOver =
        QTest::qWaitFor([&] { return result.has_value() && !world.browser.page.isEmpty(); }, patience);
    return isOver ? *result : failure(Problem { Problem::Kind::TimedOut, {}, {}, {}, {} });
}

// The API's status for exactly what would be copied; -1: no token.
int TestVendorFlows::callApi(SocketWorld &world, const AccountId &id, std::chrono::seconds minLife)
{
    Answer<Result<HandedToken, Problem>> handed;
    world.tokens.token(id, minLife, handed.reply());
    if (!QTest::qWaitFor([&] { return handed.isThere(); }, patience) || !handed.value())
        return -1;
    const HandedToken &token = *handed.value();
    const Secret value =
        recipeOrDefault(u"header-value"_s)
            .text({ Secret(token.accessToken), token.headerScheme, token.url, token.extraHeaders });
    QNetworkAccessManager network;
    QNetworkRequest request(token.url);
    request.setRawHeader("Authorization", value.reveal().toByteArray());
    for (const auto &[name, text] : token.extraHeaders)
        request.setRawHeader(name, text);
    auto *reply = network.get(request);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    if (!reply->isFinished())
        finished.wait(patience);
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void TestVendorFlows::signsInRefreshesAndCalls_data()
{
    QTest::addColumn<QString>("vendor");
    for (const Provider &provider : providers())
        QTest::addRow("%s", qPrintable(provider.id)) << provider.id;
}

void TestVendorFlows::signsInRefreshesAndCalls()
{
    QFETCH(QString, vendor);
    SocketWorld world;
    QVERIFY(world.ready);
    const auto id = save(world, draftFor(vendor, world));
    QVERIFY2(id, id ? "" : qPrintable(nameOf(id.error().kind) + id.error().detail));
    if (findProvider(vendor)->grant == GrantKind::AuthorizationCode)
        QVERIFY(world.browser.page.contains("Latchkey"));
    QCOMPARE(callApi(world, *id, 2min), 200);

    const QDateTime before = *world.accounts.find(*id)->token->expiresAt;
    world.now = before.addSecs(-60); // a minute before the end
    QCOMPARE(callApi(world, *id, 2min), 200);
    QVERIFY(*world.accounts.find(*id)->token->expiresAt > before);
    world.now = world.accounts.find(*id)->token->expiresAt->addSecs(10);
    QCOMPARE(callApi(world, *id, 2min), 200);
    QVERIFY(!world.accounts.find(*id)->lastProblem);
}

void TestVendorFlows::tellsThatTheUserDenied_data()
{
    QTest::addColumn<QString>("vendor");
    for (const Provider &provider : providers()) {
        if (provider.grant == GrantKind::AuthorizationCode)
            QTest::addRow("%s", qPrintable(provider.id)) << provider.id;
    }
}

void TestVendorFlows::tellsThatTheUserDenied()
{
    QFETCH(QString, vendor);
    SocketWorld world;
    world.browser.press = PressingBrowser::Press::Deny;
    const auto id = save(world, draftFor(vendor, world));
    QVERIFY(!id);
    QCOMPARE(id.error().kind, Problem::Kind::SignInDeclined);
    QVERIFY(world.accounts.accounts().isEmpty());
}

void TestVendorFlows::takesThePastedAddress()
{
    SocketWorld world;
    AccountDraft draft = draftFor(u"rev"_s, world);
    draft.fields.insert(u"redirect_uri"_s, u"https://my.app.com/oauth2callback"_s);
    QVERIFY(world.vendor.configure({ { u"clients"_s, QJsonArray { client(draft) } } }).isEmpty());
    world.browser.follows = false;
    const auto operation = world.tokens.signIn(draft);
    operation->start();
    QTRY_VERIFY(!world.browser.landedOn.isEmpty());
    QVERIFY(!operation->paste(QString::fromLatin1(world.browser.landedOn)));
    QTRY_COMPARE(operation->progress().step, AuthorizationProgress::Step::Done);
    QCOMPARE(callApi(world, world.accounts.accounts().first().id, 2min), 200);
}

void TestVendorFlows::servesPriavasOwnRedirect()
{
    SocketWorld world;
    AccountDraft draft = draftFor(u"priava"_s, world);
    draft.fields.remove(u"authorization_url"_s);
    QJsonObject priava = client(draft);
    priava.insert(u"codes"_s, QJsonArray { u"CANARY-own-redirect"_s });
    QVERIFY(world.vendor.configure({ { u"clients"_s, QJsonArray { priava } } }).isEmpty());
    const auto operation = world.tokens.signIn(draft);
    operation->start();
    QTRY_VERIFY(!operation->progress().listeningOn.isEmpty());
    world.browser.visit(draft.fields.value(u"redirect_uri"_s).toLatin1() + "?code=CANARY-own-redirect");
    QTRY_COMPARE(operation->progress().step, AuthorizationProgress::Step::Confirming);
    QTRY_VERIFY(!world.browser.page.isEmpty());
    QVERIFY(world.accounts.accounts().isEmpty());
    operation->confirm(true);
    QTRY_COMPARE(operation->progress().step, AuthorizationProgress::Step::Done);
    QCOMPARE(callApi(world, world.accounts.accounts().first().id, 2min), 200);
}

void TestVendorFlows::takesPriavasTypedCode()
{
    SocketWorld world;
    AccountDraft draft = draftFor(u"priava"_s, world);
    draft.secrets.emplace(u"code"_s, Secret("CANARY-typed"));
    QJsonObject priava = client(draft);
    priava.insert(u"codes"_s, QJsonArray { u"CANARY-typed"_s });
    QVERIFY(world.vendor.configure({ { u"clients"_s, QJsonArray { priava } } }).isEmpty());
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveWithToken(draft, answer.reply());
    QTRY_VERIFY(answer.isThere());
    QVERIFY(answer.value().has_value());
    QCOMPARE(callApi(world, *answer.value(), 2min), 200);
}

void TestVendorFlows::keepsTheOldTokenThroughFaults_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<Problem::Kind>("kind");
    QTest::newRow("F1 a login page") << u"html"_s << Kind::AnswerNotUnderstood;
    QTest::newRow("F2 an empty body") << u"empty"_s << Kind::AnswerNotUnderstood;
    QTest::newRow("F3 broken JSON") << u"bad_json"_s << Kind::AnswerNotUnderstood;
    QTest::newRow("F22 cut before the answer") << u"close"_s << Kind::AnswerIncomplete;
    QTest::newRow("F23 a redirect") << u"redirect:https://elsewhere.example/token"_s << Kind::EndpointMoved;
    QTest::newRow("F24 invalid_client") << u"invalid_client"_s << Kind::InvalidClient;
    QTest::newRow("F24 an unknown code") << u"unknown_error"_s << Kind::ProviderRefused;
    QTest::newRow("F27 busy") << u"status:429 retry-after"_s << Kind::TooManyRequests;
    QTest::newRow("F28 broken") << u"status:500"_s << Kind::ServerFailed;
}

void TestVendorFlows::keepsTheOldTokenThroughFaults()
{
    QFETCH(QString, fault);
    QFETCH(Problem::Kind, kind);
    SocketWorld world;
    const auto id = save(world, draftFor(u"priava"_s, world));
    QVERIFY(id);
    QVERIFY(world.vendor
                .configure({ { u"faults"_s, QJsonArray { QJsonObject { { u"fault"_s, fault } } } },
                             { u"clear_log"_s, true } })
                .isEmpty());
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(*id, answer.reply());
    QTRY_VERIFY(answer.isThere());
    QCOMPARE(answer.value().error().kind, kind);
    QCOMPARE(world.accounts.find(*id)->lastProblem->kind, kind);
    // One request on the wire, and the old token still opens the door.
    QCOMPARE(world.vendor.log().value(u"counts"_s).toObject().value(u"POST /api/rest/oauth/token"_s).toInt(),
             1);
    QCOMPARE(callApi(world, *id, 2min), 200);
}

// R38
void TestVendorFlows::sendsOneRequestForManyCallers()
{
    SocketWorld world;
    const auto id = save(world, draftFor(u"priava"_s, world));
    QVERIFY(id);
    QVERIFY(world.vendor.configure({ { u"clear_log"_s, true } }).isEmpty());
    world.now = world.accounts.find(*id)->token->expiresAt->addSecs(1);
    std::vector<std::unique_ptr<Answer<Result<HandedToken, Problem>>>> answers;
    for (int i = 0; i < 20; ++i) {
        answers.push_back(std::make_unique<Answer<Result<HandedToken, Problem>>>());
        world.tokens.token(*id, 2min, answers.back()->reply());
    }
    for (const auto &answer : answers) {
        QTRY_VERIFY(answer->isThere());
        QVERIFY(answer->value().has_value());
        QVERIFY(answer->value()->accessToken == answers.front()->value()->accessToken);
    }
    QCOMPARE(world.vendor.log().value(u"requests"_s).toArray().size(), 1);
}

// R39
void TestVendorFlows::noticesARefusedRotation()
{
    SocketWorld world;
    const AccountDraft draft = draftFor(u"priava"_s, world);
    const auto id = save(world, draft);
    QVERIFY(id);
    QVERIFY(world.vendor
                .configure({ { u"revoke"_s,
                               QJsonArray { QJsonObject { { u"vendor"_s, u"priava"_s },
                                                          { u"client"_s, idOf(draft) },
                                                          { u"what"_s, u"refresh"_s } } } } })
                .isEmpty());
    Answer<Result<void, Problem>> answer;
    world.tokens.refresh(*id, answer.reply());
    QTRY_VERIFY(answer.isThere());
    QCOMPARE(answer.value().error().kind, Problem::Kind::InvalidGrant);
    QVERIFY(world.accounts.find(*id)->needsSignIn);
    QCOMPARE(callApi(world, *id, 2min), 200); // the old access token lives on
}

LATCHKEY_TEST(TestVendorFlows)

#include "tst_vendorflows.moc"
