// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountjson.h"
#include "core/flow/doctor/testoperation.h"
#include "core/flow/store/secretbinding.h"
#include "core/provider/providers.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"

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
    void F112_takesAnotherOriginForAnotherHost_data();
    void F112_takesAnotherOriginForAnotherHost();
    void F112_looksAgainWhenTheTokenIsThere_data();
    void F112_looksAgainWhenTheTokenIsThere();
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
    TestOperation operation(world.context, world.accounts, world.tokens, id);
    if (!allowed.isEmpty())
        operation.allowHosts({ u"first.example"_s, allowed });
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
    QVERIFY(world.repository.storeAccount(account));
    // As an edit by the user leaves it, which binds the secrets again.
    Secret &item = world.keychain.values[u"latchkey/"_s + id.value];
    AccountSecrets secrets = *fromStoredText(item);
    secrets.boundTo = bindingOf(*findProvider(account.providerId), account.fields);
    item = toStoredText(secrets);
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
    if (field == "allow_http"_L1) {
        setField(world, id, u"url"_s, u"http://acme.example.com"_s);
        setField(world, id, u"test_url"_s, url);
    }
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

void TestTestOperation::F112_takesAnotherOriginForAnotherHost_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("test");
    QTest::addColumn<QString>("foreign"); // empty: the vendor's own
    const auto row = [](const char *name, const QString &base, const QString &test, const QString &foreign) {
        QTest::newRow(name) << base << test << foreign;
    };
    const QString host = u"https://acme.example.com"_s;
    row("F112 the same", host, host + u"/x"_s, {});
    row("F112 capitals", host, u"https://ACME.Example.com/x"_s, {});
    row("F112 the scheme's own port", host, host + u":443/x"_s, {});
    row("F112 punycode", u"https://m\u00FCnchen.de"_s, u"https://xn--mnchen-3ya.de/x"_s, {});
    row("F112 another host", host, u"https://acme.example.org/x"_s, u"acme.example.org"_s);
    row("F112 another port", host, host + u":8443/x"_s, u"acme.example.com:8443"_s);
    row("F112 without the base's port", host + u":8443"_s, host + u"/x"_s, u"acme.example.com"_s);
    row("F112 http", host, u"http://acme.example.com/x"_s, u"http://acme.example.com"_s);
    row("F112 http on https's port", host, u"http://acme.example.com:443/x"_s,
        u"http://acme.example.com:443"_s);
    row("F112 a dot at its end", host, u"https://acme.example.com./x"_s, u"acme.example.com."_s);
    row("F112 the host as a user's name", host, u"https://acme.example.com@evil.example/x"_s,
        u"evil.example"_s);
    row("F112 a Cyrillic letter", host, u"https://\u0430cme.example.com/x"_s, u"xn--cme-5cd.example.com"_s);
    row("F112 another name of this computer", u"http://127.0.0.1:8080"_s, u"http://localhost:8080/x"_s,
        u"localhost:8080"_s);
    row("F112 another port of this computer", u"http://127.0.0.1:8080"_s, u"http://127.0.0.1:8081/x"_s,
        u"127.0.0.1:8081"_s);
    row("F112 https on this computer", u"http://127.0.0.1:8080"_s, u"https://127.0.0.1:8080/x"_s,
        u"https://127.0.0.1:8080"_s);
    row("F112 no address at all", host, u"acme.example.com"_s, u"acme.example.com"_s);
}

void TestTestOperation::F112_takesAnotherOriginForAnotherHost()
{
    QFETCH(QString, base);
    QFETCH(QString, test);
    QFETCH(QString, foreign);
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    setField(world, id, u"url"_s, base);
    setField(world, id, u"test_url"_s, test);
    setField(world, id, u"allow_http"_s, u"true"_s);
    world.http.respond = [](const HttpRequest &) { return answered(200); };

    const auto asked = run(world, id);
    QCOMPARE(asked->has_value(), foreign.isEmpty());
    QCOMPARE(world.http.requests.size(), foreign.isEmpty() ? 1 : 0);
    if (foreign.isEmpty())
        return;
    QCOMPARE(asked->error().kind, Problem::Kind::OtherHost);
    QCOMPARE(asked->error().detail, foreign);
    // The word that is shown is the word that allows it, and one for the host alone is not enough.
    const auto allowed = run(world, id, foreign);
    QVERIFY(allowed && *allowed);
    for (const QString &less : { QUrl(base).host(), u"acme.example.com:9"_s, u"nobody.example"_s }) {
        if (less != foreign)
            QVERIFY(!run(world, id, less)->has_value());
    }
}

void TestTestOperation::F112_looksAgainWhenTheTokenIsThere_data()
{
    QTest::addColumn<QString>("test");
    QTest::newRow("F112 edited to another host") << u"https://evil.example/x"_s;
    QTest::newRow("F112 edited to another port") << u"https://acme.example.com:8443/x"_s;
    QTest::newRow("F112 edited to http") << u"http://acme.example.com/x"_s;
}

// The account is edited while its token is refreshed.
void TestTestOperation::F112_looksAgainWhenTheTokenIsThere()
{
    QFETCH(QString, test);
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .left = std::chrono::seconds(10) });
    setField(world, id, u"test_url"_s, u"https://acme.example.com/x"_s);
    setField(world, id, u"allow_http"_s, u"true"_s);
    std::optional<Trial> result;
    TestOperation operation(world.context, world.accounts, world.tokens, id);
    connect(&operation, &TestOperation::finished, &operation,
            [&result](const Trial &trial) { result = trial; });
    operation.start();
    QCOMPARE(world.http.unanswered(), 1);
    setField(world, id, u"test_url"_s, test);
    world.http.answer(200, R"({"access_token":"CANARY-access-token-2","expires_in":"3599"})");
    QVERIFY(result && !*result);
    QCOMPARE(result->error().kind, Problem::Kind::OtherHost);
    QCOMPARE(world.http.requests.size(), 1); // the refresh, and nothing with the token
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

LATCHKEY_TEST(TestTestOperation)
#include "tst_testoperation.moc"
