// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/requestparts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

FieldValues sampleFields()
{
    return completeFields(providerOf("priava"),
                          { { u"region"_s, u"EU"_s },
                            { u"client_id"_s, u"xxxxxxxx"_s },
                            { u"redirect_uri"_s, u"https://my.app.com/oauth2callback"_s } });
}

SecretValues sampleSecrets()
{
    return { { u"client_secret"_s, Secret("yyyyyyyy") } };
}

AuthorizationRequest authorizationRequest(const FieldValues &fields, const SecretValues &secrets)
{
    return { .fields = fields,
             .secrets = secrets,
             .state = Secret("CANARY-state+1"),
             .codeVerifier = {},
             .now = moment("2026-01-01T00:00:00Z") };
}

} // namespace

class TestPriava : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForItsFields();
    void sendsTheDocumentedRequests_data();
    void sendsTheDocumentedRequests();
    void sendsTheClientSecretByteForByte();
    void readsTheDocumentedAnswer();
    void readsTheDocumentedError();
    void asksTheEndpointOfItsSystem_data();
    void asksTheEndpointOfItsSystem();
    void opensNoPageUnlessOneIsNamed();
    void addsItsParametersToTheNamedPage_data();
    void addsItsParametersToTheNamedPage();
    void tellsWhatARefusalMeans_data();
    void tellsWhatARefusalMeans();
    void readsTheTimeToWaitInTheBody_data();
    void readsTheTimeToWaitInTheBody();
};

void TestPriava::asksForItsFields()
{
    QCOMPARE(fieldsOf(providerOf("priava")),
             u"url region client_id client_secret* redirect_uri authorization_url? code*?"_s);
}

void TestPriava::sendsTheDocumentedRequests_data()
{
    QTest::addColumn<Grant>("grant");
    QTest::addColumn<QByteArray>("sample");
    QTest::newRow("getting an access token")
        << Grant(AuthorizationCodeGrant { Secret("zzzzzzzz"), {} })
        << QByteArray("grant_type=authorization_code&client_id=xxxxxxxx&client_secret=yyyyyyyy&code=zzzzzzzz"
                      "&redirect_uri=https://my.app.com/oauth2callback");
    QTest::newRow("refreshing an access token")
        << Grant(RefreshTokenGrant { Secret("zzzzzzzz"), Secret("unused") })
        << QByteArray("grant_type=refresh_token&client_id=xxxxxxxx&client_secret=yyyyyyyy"
                      "&refresh_token=zzzzzzzz&redirect_uri=https://my.app.com/oauth2callback");
}

void TestPriava::sendsTheDocumentedRequests()
{
    QFETCH(Grant, grant);
    QFETCH(QByteArray, sample);

    const HttpRequest request = providerOf("priava").tokenRequest(sampleFields(), sampleSecrets(), grant);

    QVERIFY(request.method == HttpMethod::Post);
    QCOMPARE(request.url, QUrl(u"https://api.priava.com/api/rest/oauth/token"_s));
    QCOMPARE(header(request, "Content-Type"), "application/x-www-form-urlencoded;charset=utf-8");
    QCOMPARE(header(request, "TenantRegion"), "EU");
    QCOMPARE(header(request, "Accept"), "application/json");
    QCOMPARE(request.headers.size(), 3);
    QVERIFY(formPairs(request.body) == formPairs(sample));
}

// F36, R27
void TestPriava::sendsTheClientSecretByteForByte()
{
    const QByteArray secret = "CANARY+/%&=: \xc3\xa9%20;";
    const SecretValues secrets { { u"client_secret"_s, Secret(secret) } };

    const HttpRequest request = providerOf("priava").tokenRequest(
        sampleFields(), secrets, AuthorizationCodeGrant { Secret("a+b/c=%2B"), {} });

    const Pairs sent = formPairs(request.body);
    QVERIFY(valueOf(sent, "client_secret") == secret);
    QVERIFY(valueOf(sent, "code") == "a+b/c=%2B");
    QVERIFY(request.body.contains("client_secret=CANARY%2B%2F%25%26%3D%3A+%C3%A9%2520%3B&"));
    QCOMPARE(sent.size(), 5);
}

void TestPriava::readsTheDocumentedAnswer()
{
    const auto tokens = answer(providerOf("priava"), R"({
"access_token": "xxxxxxxx", "refresh_token": "yyyyyyyy", "token_type" : "BEARER", "expires_in": 21600 })");

    QVERIFY(tokens.has_value());
    QVERIFY(tokens->accessToken == Secret("xxxxxxxx"));
    QVERIFY(tokens->refreshToken == Secret("yyyyyyyy"));
    QCOMPARE(tokens->facts.issuedAt, moment("2017-08-31T12:00:00Z"));
    QCOMPARE(tokens->facts.expiresAt, moment("2017-08-31T18:00:00Z"));
    QCOMPARE(providerOf("priava").headerScheme(sampleFields(), tokens->facts), u"Bearer"_s);
    QVERIFY(tokens->facts.notes.isEmpty());
}

void TestPriava::readsTheDocumentedError()
{
    const auto tokens = answer(providerOf("priava"), R"({
"error": "error_code",
 "error_description" : "A human readable error message" })",
                               400);

    QVERIFY(!tokens);
    const auto *error = std::get_if<OAuthError>(&tokens.error());
    QVERIFY(error);
    QCOMPARE(error->error, u"error_code"_s);
    QCOMPARE(error->description, u"A human readable error message"_s);
    QCOMPARE(error->status, 400);
}

void TestPriava::asksTheEndpointOfItsSystem_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("environment");
    QTest::newRow("nothing") << u""_s << u"https://api.priava.com/api/rest/oauth/token"_s
                             << u"US · production"_s;
    QTest::newRow("sandbox") << u"https://api-sandbox.priava.com/api"_s
                             << u"https://api-sandbox.priava.com/api/rest/oauth/token"_s << u"US · sandbox"_s;
    QTest::newRow("slash at the end")
        << u" https://api-sandbox.priava.com/api/ "_s
        << u"https://api-sandbox.priava.com/api/rest/oauth/token"_s << u"US · sandbox"_s;
    QTest::newRow("custom") << u"http://127.0.0.1:8080/api"_s
                            << u"http://127.0.0.1:8080/api/rest/oauth/token"_s << u"US · 127.0.0.1:8080"_s;
    QTest::newRow("host alone") << u"priava.example.com"_s << u"https://priava.example.com/rest/oauth/token"_s
                                << u"US · priava.example.com"_s;
}

void TestPriava::asksTheEndpointOfItsSystem()
{
    QFETCH(QString, typed);

    const FieldValues fields =
        completeFields(providerOf("priava"), { { u"url"_s, typed }, { u"region"_s, u"US"_s } });

    QTEST(providerOf("priava").tokenEndpoint(fields).toString(), "endpoint");
    QTEST(providerOf("priava").environment(fields), "environment");
}

void TestPriava::opensNoPageUnlessOneIsNamed()
{
    const SecretValues secrets = sampleSecrets();

    QVERIFY(!providerOf("priava").authorizationUrl(authorizationRequest(sampleFields(), secrets)));
}

void TestPriava::addsItsParametersToTheNamedPage_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QByteArray>("expectedStart");
    QTest::newRow("bare") << u"https://acme.priava.com/authorize"_s
                          << QByteArray("https://acme.priava.com/authorize?response_type=code&");
    QTest::newRow("with a query of its own")
        << u"https://acme.priava.com/authorize?tenant=a%2Bb&x=1"_s
        << QByteArray("https://acme.priava.com/authorize?tenant=a%2Bb&x=1&response_type=code&");
    QTest::newRow("with an open query") << u"https://acme.priava.com/?x=1&&"_s
                                        << QByteArray("https://acme.priava.com/?x=1&response_type=code&");
    QTest::newRow("with an empty query")
        << u"https://acme.priava.com/?"_s << QByteArray("https://acme.priava.com/?response_type=code&");
    QTest::newRow("host alone") << u"https://acme.priava.com"_s
                                << QByteArray("https://acme.priava.com?response_type=code&");
}

void TestPriava::addsItsParametersToTheNamedPage()
{
    QFETCH(QString, page);
    QFETCH(QByteArray, expectedStart);
    FieldValues fields = sampleFields();
    fields.insert(u"authorization_url"_s, page);
    fields.insert(u"client_id"_s, u"a b&c=d"_s);
    const SecretValues secrets = sampleSecrets();

    const auto url = providerOf("priava").authorizationUrl(authorizationRequest(fields, secrets));

    QVERIFY(url);
    QVERIFY(url->isValid());
    QVERIFY(url->toEncoded().startsWith(expectedStart));
    const Pairs sent = queryPairs(*url);
    QCOMPARE(valueOf(sent, "client_id"), "a b&c=d");
    QCOMPARE(valueOf(sent, "redirect_uri"), "https://my.app.com/oauth2callback");
    QVERIFY(valueOf(sent, "state") == "CANARY-state+1");
}

void TestPriava::tellsWhatARefusalMeans_data()
{
    QTest::addColumn<TokenError>("error");
    QTest::addColumn<bool>("renewing");
    QTest::addColumn<RefusalMeaning>("meaning");
    using enum RefusalMeaning;
    const auto oauth = [](OAuthError::Code code, int status = 400) {
        return TokenError(OAuthError { code, u"word"_s, {}, status });
    };
    QTest::newRow("unknown code, renewing") << oauth(OAuthError::Code::Other) << true << TryAgainOrSignIn;
    QTest::newRow("unknown code, first") << oauth(OAuthError::Code::Other) << false << TryAgain;
    QTest::newRow("400 without a code") << TokenError(HttpRefusal { 400, {} }) << true << TryAgainOrSignIn;
    QTest::newRow("invalid_grant, renewing") << oauth(OAuthError::Code::InvalidGrant) << true << SignIn;
    QTest::newRow("invalid_grant, first") << oauth(OAuthError::Code::InvalidGrant) << false << SignIn;
    QTest::newRow("invalid_client") << oauth(OAuthError::Code::InvalidClient) << true << TryAgain;
    QTest::newRow("F97 400 and a passing word") << oauth(OAuthError::Code::ServerFailed) << true << TryAgain;
    QTest::newRow("F28 500") << TokenError(HttpRefusal { 500, {} }) << true << TryAgain;
    QTest::newRow("no network") << TokenError(TransportError {}) << true << TryAgain;
}

void TestPriava::tellsWhatARefusalMeans()
{
    QFETCH(TokenError, error);
    QFETCH(bool, renewing);
    QFETCH(RefusalMeaning, meaning);

    QVERIFY(providerOf("priava").meaningOf(error, renewing) == meaning);
}

void TestPriava::readsTheTimeToWaitInTheBody_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<int>("seconds"); // -1: none is named
    const auto row = [](const char *name, const char *member, int seconds, const char *header = "",
                        const char *date = "") {
        QTest::newRow(name) << QByteArray(member) << QByteArray(header) << QByteArray(date) << seconds;
    };
    constexpr int window = 300;
    row("F98 the vendor's form", R"("Sun, 01 Mar 2026 12:02:00")", 120);
    row("F98 a weekday that does not fit", R"("Thu, 01 Mar 2026 12:02:00")", 120);
    row("F98 with GMT", R"("Sun, 01 Mar 2026 12:02:00 GMT")", 120);
    row("F98 ISO", R"("2026-03-01T12:02:00")", 120);
    row("F98 ISO with a zone", R"("2026-03-01 13:02:00+01:00")", 120);
    row("F98 seconds", "120", 120);
    row("F98 seconds in a string", R"(" 120 ")", 120);
    row("F98 just now", R"("Sun, 01 Mar 2026 12:00:00")", 0);
    row("F98 an hour", R"("Sun, 01 Mar 2026 13:00:00")", 3600);
    row("F98 more than an hour", R"("Sun, 01 Mar 2026 13:00:01")", window);
    row("F98 in the past", R"("Sun, 01 Mar 2026 11:59:59")", window);
    row("F98 not to be read", R"("soon")", window);
    row("F98 an object", "{}", window);
    row("F98 a negative number", "-5", window);
    row("F98 nothing", "null", -1);
    row("F98 the header wins", R"("Sun, 01 Mar 2026 12:02:00")", 7, "7");
    row("F98 a header that says nothing", R"("Sun, 01 Mar 2026 12:02:00")", 120, "soon");
    row("F98 by the vendor's clock", R"("Sun, 01 Mar 2026 14:02:00")", 120, "",
        "Sun, 01 Mar 2026 14:00:00 GMT");
}

void TestPriava::readsTheTimeToWaitInTheBody()
{
    QFETCH(QByteArray, member);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, date);
    QFETCH(int, seconds);
    const QDateTime noon(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);
    const QByteArray body =
        R"({"error":"too_many_requests","limits":{"per":"5m"},"retry-after":)" + member + '}';
    const auto tokens = providerOf("priava").parseTokenResponse(
        { 429, "application/json", body, date, header, {} }, { noon, noon, {} });
    QVERIFY(!tokens);
    const auto *refusal = std::get_if<HttpRefusal>(&tokens.error());
    QVERIFY(refusal);
    QCOMPARE(refusal->words, u"too_many_requests"_s);
    const auto expected = seconds < 0 ? std::nullopt : std::optional(std::chrono::seconds(seconds));
    QVERIFY(refusal->retryAfter == expected);
}

LATCHKEY_TEST(TestPriava)
#include "tst_priava.moc"
