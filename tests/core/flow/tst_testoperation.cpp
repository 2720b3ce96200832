// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/testoperation.h"
#include "support/sampleaccounts.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestTestOperation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksWithEverythingTheApiNeeds_data();
    void asksWithEverythingTheApiNeeds();
    void saysWhatTheStatusMeans_data();
    void saysWhatTheStatusMeans();
    void namesTheUserThatTheVendorNames_data();
    void namesTheUserThatTheVendorNames();
    void refusesAnotherHostUnlessAllowed();
    void hasNothingToTryWith();
    void refreshesATokenThatIsNearlyOver();
    void failsWithWhatKeptTheAnswer_data();
    void failsWithWhatKeptTheAnswer();
    void sendsNoTokenThatBreaksLines();

private:
    using Trial = Result<TokenTrial, Problem>;
    static std::optional<Trial> run(FakeWorld &world, const AccountId &id, const QString &allowed = {});
    static void setField(FakeWorld &world, const AccountId &id, const QString &field, const QString &value);
    static HttpResult answered(int status, const QByteArray &body = "{}");
};

std::optional<TestTestOperation::Trial> TestTestOperation::run(FakeWorld &world, const AccountId &id,
                                                               const QString &allowed)
{
    std::optional<Trial> result;
    TestOperation operation(world.world, world.accounts, world.tokens, id);
    if (!allowed.isEmpty())
        operation.allowHost(allowed);
    connect(&operation, &TestOperation::finished, &operation,
            [&result](const Trial &trial) { result = trial; });
    operation.start();
    return result;
}

void TestTestOperation::setField(FakeWorld &world, const AccountId &id, const QString &field,
                                 const QString &value)
{
    Account account = *world.accounts.find(id);
    account.fields.insert(field, value);
    QVERIFY(world.vault.storeAccount(account));
}

HttpResult TestTestOperation::answered(int status, const QByteArray &body)
{
    return HttpResponse { .status = status,
                          .contentType = "application/json",
                          .body = body,
                          .date = {},
                          .retryAfter = {},
                          .location = {} };
}

void TestTestOperation::asksWithEverythingTheApiNeeds_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<bool>("plainHttp");
    const QByteArray bearer = "Bearer CANARY-access-token-1";
    QTest::newRow("the vendor's harmless request")
        << u"rev"_s << QString() << QString() << u"https://acme.example.com/api/v2/user/session"_s
        << QByteArray("VBrick CANARY-access-token-1") << false;
    QTest::newRow("the account's own address wins")
        << u"rev"_s << u"test_url"_s << u"https://acme.example.com/api/v2/videos?count=1"_s
        << u"https://acme.example.com/api/v2/videos?count=1"_s << QByteArray("VBrick CANARY-access-token-1")
        << false;
    QTest::newRow("an address where the vendor has none")
        << u"configapi"_s << u"test_url"_s << u"https://acme.example.com/configapi/v2/data"_s
        << u"https://acme.example.com/configapi/v2/data"_s << bearer << false;
    QTest::newRow("plain http where the user ticked it")
        << u"configapi"_s << u"allow_http"_s << u"true"_s << u"http://acme.example.com/data"_s << bearer
        << true;
}

void TestTestOperation::asksWithEverythingTheApiNeeds()
{
    QFETCH(QString, provider);
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, url);
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .providerId = provider });
    if (!field.isEmpty())
        setField(world, id, field, value);
    if (field == "allow_http"_L1)
        setField(world, id, u"test_url"_s, url);
    world.http.respond = [](const HttpRequest &) { return answered(200); };

    const auto trial = run(world, id);
    QVERIFY(trial && *trial);
    QCOMPARE(world.http.requests.size(), 1);
    const HttpRequest &request = world.http.requests.constFirst();
    QCOMPARE(request.method, HttpMethod::Get);
    QCOMPARE(request.url.toString(), url);
    QVERIFY(request.body.isEmpty());
    QTEST(request.allowPlainHttp, "plainHttp");
    QFETCH(QByteArray, authorization);
    QVERIFY(request.headers.contains({ "Authorization", authorization }));
    QVERIFY(!trial->value().address.contains(u'?'));
    QVERIFY(url.startsWith(trial->value().address));
}

void TestTestOperation::saysWhatTheStatusMeans_data()
{
    using Meaning = TokenTrial::Meaning;
    QTest::addColumn<int>("status");
    QTest::addColumn<Meaning>("meaning");
    QTest::newRow("200") << 200 << Meaning::Accepted;
    QTest::newRow("204") << 204 << Meaning::Accepted;
    QTest::newRow("302, not followed") << 302 << Meaning::Elsewhere;
    QTest::newRow("308, not followed") << 308 << Meaning::Elsewhere;
    QTest::newRow("400") << 400 << Meaning::Unclear;
    QTest::newRow("401") << 401 << Meaning::TokenRefused;
    QTest::newRow("403") << 403 << Meaning::NotAllowed;
    QTest::newRow("404") << 404 << Meaning::AddressUnknown;
    QTest::newRow("405") << 405 << Meaning::AddressUnknown;
    QTest::newRow("410") << 410 << Meaning::AddressUnknown;
    QTest::newRow("418") << 418 << Meaning::Unclear;
    QTest::newRow("429") << 429 << Meaning::Throttled;
    for (const int status : { 408, 421, 425, 500, 502, 504, 599 })
        QTest::addRow("F97 %d", status) << status << Meaning::ServerFailed;
    QTest::newRow("503") << 503 << Meaning::ServerFailed;
}

void TestTestOperation::saysWhatTheStatusMeans()
{
    QFETCH(int, status);
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .providerId = u"rev"_s });
    const Account before = *world.accounts.find(id);
    world.http.respond = [&world, status](const HttpRequest &) {
        world.now = world.now.addMSecs(250);
        return answered(status);
    };
    const auto trial = run(world, id);
    QVERIFY(trial && *trial);
    QTEST(trial->value().meaning, "meaning");
    QCOMPARE(trial->value().status, status);
    QCOMPARE(trial->value().took.count(), 250);
    QCOMPARE(world.http.requests.size(), 1);
    QVERIFY(*world.accounts.find(id) == before);
}

void TestTestOperation::namesTheUserThatTheVendorNames_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("user");
    QTest::newRow("by name") << QByteArray(R"({"userId":"77","username":"ann"})") << u"ann"_s;
    QTest::newRow("by id alone") << QByteArray(R"({"userId":"77"})") << u"77"_s;
    QTest::newRow("R32 hostile") << QByteArray(R"({"username":"a\u001b[31mn\u202en"})") << u"a[31mnn"_s;
    QTest::newRow("another answer") << QByteArray(R"({"hello":"world"})") << QString();
    QTest::newRow("no JSON") << QByteArray("<html>hello</html>") << QString();
    QTest::newRow("empty") << QByteArray() << QString();
}

void TestTestOperation::namesTheUserThatTheVendorNames()
{
    QFETCH(QByteArray, body);
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .providerId = u"rev"_s });
    world.http.respond = [&body](const HttpRequest &) { return answered(200, body); };
    const auto trial = run(world, id);
    QVERIFY(trial && *trial);
    QTEST(trial->value().user, "user");
}

void TestTestOperation::refusesAnotherHostUnlessAllowed()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .providerId = u"rev"_s });
    setField(world, id, u"test_url"_s, u"https://echo.example.net/anything"_s);
    world.http.respond = [](const HttpRequest &) { return answered(200, R"({"username":"ann"})"); };

    for (const QString &allowed : { QString(), u"acme.example.com"_s }) {
        const auto refused = run(world, id, allowed);
        QVERIFY(refused && !*refused);
        QCOMPARE(refused->error().kind, Problem::Kind::OtherHost);
        QCOMPARE(refused->error().detail, u"echo.example.net"_s);
    }
    QVERIFY(world.http.requests.isEmpty());

    const auto tried = run(world, id, u"echo.example.net"_s);
    QVERIFY(tried && *tried);
    // What a stranger says of the user counts for nothing.
    QVERIFY(tried->value().user.isEmpty());
}

void TestTestOperation::hasNothingToTryWith()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    const auto trial = run(world, id);
    QVERIFY(trial && !*trial);
    QCOMPARE(trial->error().kind, Problem::Kind::NoTestAddress);
    const auto nobody = run(world, AccountId::create());
    QVERIFY(nobody && !*nobody);
    QCOMPARE(nobody->error().kind, Problem::Kind::NoSuchAccount);
    QVERIFY(world.http.requests.isEmpty());
}

void TestTestOperation::refreshesATokenThatIsNearlyOver()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .left = std::chrono::seconds(60) });
    setField(world, id, u"test_url"_s, u"https://acme.example.com/data"_s);
    world.http.respond = [](const HttpRequest &request) {
        return request.method == HttpMethod::Post
            ? answered(200, R"({"access_token":"CANARY-access-token-2","expires_in":"3599"})")
            : answered(200);
    };
    const auto trial = run(world, id);
    QVERIFY(trial && *trial);
    QCOMPARE(world.http.requests.size(), 2);
    QVERIFY(world.http.requests.constLast().headers.contains(
        { "Authorization", "Bearer CANARY-access-token-2" }));
}

void TestTestOperation::failsWithWhatKeptTheAnswer_data()
{
    QTest::addColumn<TransportError::Kind>("error");
    QTest::addColumn<Problem::Kind>("kind");
    QTest::newRow("no such host") << TransportError::Kind::HostNotFound << Problem::Kind::HostNotFound;
    QTest::newRow("TLS") << TransportError::Kind::Tls << Problem::Kind::TlsFailed;
    QTest::newRow("time-out") << TransportError::Kind::TimedOut << Problem::Kind::TimedOut;
    QTest::newRow("plain http") << TransportError::Kind::RefusedByUs << Problem::Kind::AddressRefused;
}

void TestTestOperation::failsWithWhatKeptTheAnswer()
{
    QFETCH(TransportError::Kind, error);
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .providerId = u"rev"_s });
    world.http.respond = [error](const HttpRequest &) {
        return HttpResult(failure(TransportError { error, {}, false }));
    };
    const auto trial = run(world, id);
    QVERIFY(trial && !*trial);
    QTEST(trial->error().kind, "kind");
}

void TestTestOperation::sendsNoTokenThatBreaksLines()
{
    FakeWorld world;
    const AccountId id =
        putSample(world, { .name = u"One"_s, .providerId = u"rev"_s, .token = "CANARY-access\r\nX-Evil: 1" });
    const auto trial = run(world, id);
    QVERIFY(trial && !*trial);
    QCOMPARE(trial->error().kind, Problem::Kind::SecretUnsuitable);
    QVERIFY(world.http.requests.isEmpty());
}

QTEST_GUILESS_MAIN(TestTestOperation)
#include "tst_testoperation.moc"
