// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/requestparts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto sampleCode =
    "nxkJnMQVKdGiQm18vdzq5yXTZLSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_"
    "c6dMyLd1h9OLZsRbtK8Sc1";
constexpr auto sampleRefreshToken =
    "8OuGKKxt5KBBq0bRgrtYZhTwDyX8bhqmpOhrrZTt3ygDyX8bhqmpOhrrZTt3ygDyX8bhqmpOhrrZTt3yg";

FieldValues revFields(const QString &prefix = {})
{
    return completeFields(providerOf("rev"),
                          { { u"url"_s, u"https://rev.example.com/"_s },
                            { u"prefix"_s, prefix },
                            { u"api_key"_s, u"1234qwer"_s },
                            { u"redirect_uri"_s, u"https://url.company.com/webpage"_s } });
}

} // namespace

namespace {

FieldValues revOAuth2Fields()
{
    return completeFields(providerOf("rev-oauth2"),
                          { { u"url"_s, u"rev.example.com"_s },
                            { u"api_key"_s, u"1234qwer"_s },
                            { u"redirect_uri"_s, u"http://127.0.0.1:53119/rev-oauth2"_s } });
}

} // namespace

class TestRev final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForItsFields();
    void sendsTheDocumentedRequests_data();
    void sendsTheDocumentedRequests();
    void usesThePathOfItsVersion_data();
    void usesThePathOfItsVersion();
    void signsTheVerifier();
    void encodesEveryParameterOfTheAuthorizationUrl();
    void readsTheDocumentedAnswer();
    void readsANewerAnswer();
    void makesTheHeaderOfTheIssuer_data();
    void makesTheHeaderOfTheIssuer();
    void tellsWhatARefusalMeans_data();
    void tellsWhatARefusalMeans();
    void triesATokenOnTheSession();
    void asksWithAChallenge();
    void sendsJson_data();
    void sendsJson();
    void readsTheAnswer();
    void letsTheAccountChooseTheHeader();
};

void TestRev::asksForItsFields()
{
    QCOMPARE(fieldsOf(providerOf("rev")), u"url prefix api_key api_secret* redirect_uri"_s);
    QCOMPARE(fieldsOf(providerOf("rev-oauth2")), u"url api_key redirect_uri header_scheme"_s);
}

void TestRev::sendsTheDocumentedRequests_data()
{
    QTest::addColumn<Grant>("grant");
    QTest::addColumn<QJsonObject>("sample");
    const QJsonObject whole = jsonOf(R"({
"authCode" : "nxkJnMQVKdGiQm18vdzq5yXTZLSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRbtK8Sc1",
"apiKey" : "1234qwer",
"grantType" : "authorization_code",
"redirectUri" : "https://url.company.com/webpage",
"refreshToken" : "8OuGKKxt5KBBq0bRgrtYZhTwDyX8bhqmpOhrrZTt3ygDyX8bhqmpOhrrZTt3ygDyX8bhqmpOhrrZTt3yg"
})");
    QJsonObject first = whole;
    first.remove(u"refreshToken"_s);
    QTest::newRow("first request, without refreshToken")
        << Grant(AuthorizationCodeGrant { Secret(sampleCode), {} }) << first;
    QJsonObject extension = whole;
    extension.insert(u"grantType"_s, u"refresh_token"_s);
    QTest::newRow("extension, with authCode")
        << Grant(RefreshTokenGrant { Secret(sampleRefreshToken), Secret(sampleCode) }) << extension;
}

void TestRev::sendsTheDocumentedRequests()
{
    QFETCH(Grant, grant);
    QFETCH(QJsonObject, sample);
    const SecretValues secrets { { u"api_secret"_s, Secret("CANARY-api-secret-1") } };

    const HttpRequest request = providerOf("rev").tokenRequest(revFields(), secrets, grant);

    QVERIFY(request.method == HttpMethod::Post);
    QCOMPARE(request.url, QUrl(u"https://rev.example.com/api/v2/oauth/token"_s));
    QCOMPARE(header(request, "Content-Type"), "application/json");
    QCOMPARE(header(request, "Accept"), "application/json");
    QCOMPARE(request.headers.size(), 2);
    QVERIFY(jsonOf(request.body) == sample);
    QVERIFY(!request.body.contains("CANARY"));
}

void TestRev::usesThePathOfItsVersion_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("expected");
    QTest::newRow("current") << QString() << u"https://rev.example.com/api/v2/oauth"_s;
    QTest::newRow("older") << u"/oauth"_s << u"https://rev.example.com/oauth"_s;
}

void TestRev::usesThePathOfItsVersion()
{
    QFETCH(QString, prefix);
    QFETCH(QString, expected);
    const SecretValues secrets { { u"api_secret"_s, Secret("CANARY-api-secret-1") } };

    const auto url = providerOf("rev").authorizationUrl(
        { revFields(prefix), secrets, Secret("s"), {}, moment("2026-01-01T00:00:00Z") });

    QCOMPARE(providerOf("rev").tokenEndpoint(revFields(prefix)).toString(), expected + u"/token"_s);
    QVERIFY(url);
    QCOMPARE(url->toString(QUrl::RemoveQuery), expected + u"/authorization"_s);
}

// The expected signature comes from another tool:
// printf %s 'abc123::2017-08-31T15:00:10.495Z' | openssl dgst -sha256 -hmac s3cr3t -binary | base64
void TestRev::signsTheVerifier()
{
    FieldValues values = revFields();
    values.insert(u"api_key"_s, u"abc123"_s);
    const SecretValues secrets { { u"api_secret"_s, Secret("s3cr3t") } };

    const auto url = providerOf("rev").authorizationUrl(
        { values, secrets, Secret("st"), {}, moment("2017-08-31T15:00:10.495Z") });

    QVERIFY(url);
    const Pairs expected { { "apiKey", "abc123" },
                           { "signature", "0MaXWOSRBkdel272LJ9UMDYXYiqjwlLJZumh5tha6pY=" },
                           { "verifier", "abc123::2017-08-31T15:00:10.495Z" },
                           { "redirect_uri", "https://url.company.com/webpage" },
                           { "response_type", "code" },
                           { "state", "st" } };
    QCOMPARE(queryPairs(*url), expected);
}

void TestRev::encodesEveryParameterOfTheAuthorizationUrl()
{
    FieldValues values = revFields();
    values.insert(u"api_key"_s, u"a+b&c=d e"_s);
    values.insert(u"redirect_uri"_s, u"http://127.0.0.1:53118/rev?x=%2B&y=1"_s);
    const SecretValues secrets { { u"api_secret"_s, Secret("s3cr3t") } };

    // A moment in another zone: the verifier is in UTC all the same.
    const QDateTime now = moment("2017-08-31T17:00:10.495+02:00");
    const auto url = providerOf("rev").authorizationUrl({ values, secrets, Secret("s"), {}, now });

    QVERIFY(url);
    const QByteArray sent = url->toEncoded();
    QVERIFY(sent.contains("apiKey=a%2Bb%26c%3Dd%20e&"));
    QVERIFY(sent.contains("verifier=a%2Bb%26c%3Dd%20e%3A%3A2017-08-31T15%3A00%3A10.495Z&"));
    QVERIFY(sent.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A53118%2Frev%3Fx%3D%252B%26y%3D1&"));
    QVERIFY(sent.contains("%3D&verifier=")); // the padding of the signature
}

void TestRev::readsTheDocumentedAnswer()
{
    const auto tokens = answer(providerOf("rev"), R"({
"accessToken" : "nxkJnMQVKdGiQm18vdzq5yXTZLSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRbtK8Sc1",
"refreshToken" : "LSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRb",
"userId" : "b9a38810-cd84-480c-8232-5ec6320a6b47",
"expiration" : "2017-08-31T15:00:10.495Z",
"issuedBy": "VBrick"
})");

    QVERIFY(tokens.has_value());
    QVERIFY(tokens->accessToken == Secret(sampleCode));
    QVERIFY(tokens->refreshToken
            == Secret("LSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRb"));
    QCOMPARE(tokens->facts.user, u"b9a38810-cd84-480c-8232-5ec6320a6b47"_s);
    QCOMPARE(tokens->facts.expiresAt, moment("2017-08-31T15:00:10.495Z"));
    QCOMPARE(tokens->facts.headerScheme, u"VBrick"_s);
    QVERIFY(tokens->facts.notes.isEmpty());
}

void TestRev::readsANewerAnswer()
{
    const auto tokens =
        answer(providerOf("rev"), R"({"accessToken":"a","userId":"u","username":"jdoe","firstName":"J",
"lastName":"Doe","scope":"user:full","expiration":"2017-08-31T15:00:10Z","issuedBy":"VBrick"})");

    QVERIFY(tokens.has_value());
    QCOMPARE(tokens->facts.user, u"jdoe"_s);
    QCOMPARE(tokens->facts.scopes, QStringList { u"user:full"_s });
    QVERIFY(!tokens->refreshToken);
}

void TestRev::makesTheHeaderOfTheIssuer_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("scheme");
    QTest::newRow("documented") << u"VBrick"_s << u"VBrick"_s;
    QTest::newRow("another") << u"Other"_s << u"Other"_s;
    QTest::newRow("every sign") << u"V-B_9"_s << u"V-B_9"_s;
    QTest::newRow("none") << QString() << u"VBrick"_s;
    QTest::newRow("two words") << u"VBrick X"_s << u"VBrick"_s;
    QTest::newRow("header injection") << u"VBrick\r\nX-Evil: 1"_s << u"VBrick"_s;
}

void TestRev::makesTheHeaderOfTheIssuer()
{
    QFETCH(QString, issuer);
    TokenFacts facts;
    facts.headerScheme = issuer;

    QTEST(providerOf("rev").headerScheme(revFields(), facts), "scheme");
    const auto unnamed = answer(providerOf("rev"), R"({"accessToken":"a"})");
    QVERIFY(unnamed.has_value());
    QCOMPARE(unnamed->facts.headerScheme, u"VBrick"_s);
}

void TestRev::tellsWhatARefusalMeans_data()
{
    QTest::addColumn<TokenError>("error");
    QTest::addColumn<bool>("renewing");
    QTest::addColumn<RefusalMeaning>("meaning");
    using enum RefusalMeaning;
    QTest::newRow("401 on an extension") << TokenError(HttpRefusal { 401, {} }) << true << SignIn;
    QTest::newRow("401 with an error on an extension")
        << TokenError(OAuthError { OAuthError::Code::Other, u"x"_s, {}, 401 }) << true << SignIn;
    QTest::newRow("F97 401 with a page on an extension")
        << TokenError(MalformedResponse { 401, u"x"_s }) << true << TryAgain;
    QTest::newRow("401 on the exchange") << TokenError(HttpRefusal { 401, {} }) << false << TryAgain;
    QTest::newRow("F28 500 on an extension") << TokenError(HttpRefusal { 500, {} }) << true << TryAgain;
    QTest::newRow("F22 no answer") << TokenError(TransportError {}) << true << TryAgain;
}

void TestRev::tellsWhatARefusalMeans()
{
    QFETCH(TokenError, error);
    QFETCH(bool, renewing);
    QFETCH(RefusalMeaning, meaning);

    QVERIFY(providerOf("rev").meaningOf(error, renewing) == meaning);
    QVERIFY(providerOf("rev-oauth2").meaningOf(error, renewing) == meaning);
}

void TestRev::triesATokenOnTheSession()
{
    QCOMPARE(providerOf("rev").testUrl(revFields()).toString(),
             u"https://rev.example.com/api/v2/user/session"_s);
    QCOMPARE(providerOf("rev").baseUrl(revFields()).toString(), u"https://rev.example.com"_s);
    QCOMPARE(providerOf("rev").environment(revFields()), u"rev.example.com"_s);
    QCOMPARE(providerOf("rev").codeParameter, "auth_code");
    QVERIFY(providerOf("rev").codeSpaceMeansPlus);
}

// R4: the verifier and its challenge are those of RFC 7636, appendix B.
void TestRev::asksWithAChallenge()
{
    const SecretValues none;
    const auto url = providerOf("rev-oauth2")
                         .authorizationUrl({ revOAuth2Fields(), none, Secret("st+1"),
                                             Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
                                             moment("2026-01-01T00:00:00Z") });

    QVERIFY(url);
    QCOMPARE(url->toString(QUrl::RemoveQuery), u"https://rev.example.com/api/v2/oauth2/authorize"_s);
    const Pairs expected { { "client_id", "1234qwer" },
                           { "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" },
                           { "response_type", "code" },
                           { "redirect_uri", "http://127.0.0.1:53119/rev-oauth2" },
                           { "state", "st+1" } };
    // A plus that is not encoded would arrive as a space, so the pairs are compared after decoding.
    QCOMPARE(queryPairs(*url), expected);
    QVERIFY(providerOf("rev-oauth2").usesPkce);
    QCOMPARE(providerOf("rev-oauth2").codeParameter, "code");
}

void TestRev::sendsJson_data()
{
    QTest::addColumn<Grant>("grant");
    QTest::addColumn<QJsonObject>("expected");
    QTest::newRow("exchange")
        << Grant(AuthorizationCodeGrant { Secret("c+d"), Secret("CANARY-verifier") })
        << jsonOf(R"({"code":"c+d","client_id":"1234qwer","grant_type":"authorization_code",
"redirect_uri":"http://127.0.0.1:53119/rev-oauth2","code_verifier":"CANARY-verifier"})");
    QTest::newRow("refresh") << Grant(RefreshTokenGrant { Secret("CANARY-refresh"), Secret("unused") })
                             << jsonOf(R"({"client_id":"1234qwer","grant_type":"refresh_token",
"refresh_token":"CANARY-refresh","redirect_uri":"http://127.0.0.1:53119/rev-oauth2"})");
}

void TestRev::sendsJson()
{
    QFETCH(Grant, grant);
    QFETCH(QJsonObject, expected);

    const HttpRequest request = providerOf("rev-oauth2").tokenRequest(revOAuth2Fields(), {}, grant);

    QVERIFY(request.method == HttpMethod::Post);
    QCOMPARE(request.url, QUrl(u"https://rev.example.com/api/v2/oauth2/token"_s));
    QCOMPARE(header(request, "Content-Type"), "application/json");
    QVERIFY(jsonOf(request.body) == expected);
}

void TestRev::readsTheAnswer()
{
    const auto tokens =
        answer(providerOf("rev-oauth2"), R"({"access_token":"a","refresh_token":"r","userId":"u-1",
"expires_in":"3600","token_type":"Bearer","username":"jdoe","firstName":"J","scope":"user:full"})");

    QVERIFY(tokens.has_value());
    QVERIFY(tokens->accessToken == Secret("a"));
    QVERIFY(tokens->refreshToken == Secret("r"));
    QCOMPARE(tokens->facts.user, u"jdoe"_s);
    QCOMPARE(tokens->facts.expiresAt, moment("2017-08-31T13:00:00Z"));
    QCOMPARE(tokens->facts.scopes, QStringList { u"user:full"_s });
    QVERIFY(tokens->facts.notes.isEmpty());
}

void TestRev::letsTheAccountChooseTheHeader()
{
    TokenFacts facts;
    facts.headerScheme = u"Bearer"_s;
    FieldValues values = revOAuth2Fields();

    QCOMPARE(providerOf("rev-oauth2").headerScheme(values, facts), u"VBrick"_s);
    values.insert(u"header_scheme"_s, u"Bearer"_s);
    QCOMPARE(providerOf("rev-oauth2").headerScheme(values, facts), u"Bearer"_s);
}

LATCHKEY_TEST(TestRev)
#include "tst_rev.moc"
