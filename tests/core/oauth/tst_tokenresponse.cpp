// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/tokenanswers.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

using Notes = QList<TokenNote>;

// What a token response is made of: the vendors' samples, tokens, token types, content types.
class TestTokenResponse final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheExampleOfRfc6749();
    void readsPriavasSample();
    void readsBrightPatternsSample();
    void readsRevsSample();
    void readsWhatNewerRevsAdd();
    void F33_refusesWhatNoHeaderMayHold_data();
    void F33_refusesWhatNoHeaderMayHold();
    void F34_knowsOneTokenType_data();
    void F34_knowsOneTokenType();
    void F35_readsTheRefreshToken_data();
    void F35_readsTheRefreshToken();
    void F18_readsJsonUnderOtherNames_data();
    void F18_readsJsonUnderOtherNames();
    void F4_F5_readsUnusualButClearJson();
};

void TestTokenResponse::readsTheExampleOfRfc6749() // section 5.1
{
    // The token type there is "example", which stands for any; ours has to be one we know.
    const auto tokens = parseTokenResponse(ok(R"({
       "access_token":"2YotnFZFEjr1zCsicMWpAA",
       "token_type":"Bearer",
       "expires_in":3600,
       "refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA",
       "example_parameter":"example_value"
     })"),
                                           atNoon());

    QVERIFY(tokens);
    QVERIFY(tokens->accessToken == Secret("2YotnFZFEjr1zCsicMWpAA"));
    QVERIFY(tokens->refreshToken == Secret("tGzv3JOkF0XG5Qx2TlKWIA"));
    QCOMPARE(tokens->facts.expiresAt, noon.addSecs(3600));
}

void TestTokenResponse::readsPriavasSample()
{
    const auto tokens = parseTokenResponse(ok(R"({ 
"access_token": "xxxxxxxx", "refresh_token": "yyyyyyyy", "token_type" : "BEARER", "expires_in": 21600 })"),
                                           atNoon());

    QVERIFY(tokens);
    QVERIFY(tokens->accessToken == Secret("xxxxxxxx"));
    QVERIFY(tokens->refreshToken == Secret("yyyyyyyy"));
    QCOMPARE(tokens->facts.issuedAt, noon);
    QCOMPARE(tokens->facts.expiresAt, noon.addSecs(6 * 3600));
    QCOMPARE(tokens->facts.headerScheme, u"Bearer"_s);
    QVERIFY(tokens->facts.notes.isEmpty());
}

void TestTokenResponse::readsBrightPatternsSample()
{
    const auto tokens = parseTokenResponse(ok(R"({
"access_token":"eyJhbGciOiJSUzI1NiI5q9Jgt...6HznsvPWy7UP3MINA",
"token_type":"Bearer",
"expires_in":"3599",
})"),
                                           atNoon({ u"example.com"_s }));

    QVERIFY(tokens);
    QVERIFY(tokens->accessToken == Secret("eyJhbGciOiJSUzI1NiI5q9Jgt...6HznsvPWy7UP3MINA"));
    QVERIFY(!tokens->refreshToken);
    QCOMPARE(tokens->facts.expiresAt, noon.addSecs(3599));
    QCOMPARE(tokens->facts.headerScheme, u"Bearer"_s);
    QCOMPARE(tokens->facts.scopes, QStringList { u"example.com"_s });
    QVERIFY(tokens->facts.notes.isEmpty());
}

void TestTokenResponse::readsRevsSample()
{
    const auto day = QDateTime(QDate(2017, 8, 31), QTime(14, 0), Qt::UTC);
    const auto tokens = parseTokenResponse(ok(R"({
"accessToken" : "nxkJnMQVKdGiQm18vdzq5yXTZLSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRbtK8Sc1",
"refreshToken" : "LSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRb",
"userId" : "b9a38810-cd84-480c-8232-5ec6320a6b47",
"expiration" : "2017-08-31T15:00:10.495Z",
"issuedBy": "VBrick"
})"),
                                           { day, day.addSecs(1), {} }, revFormat());

    QVERIFY(tokens);
    QVERIFY(tokens->accessToken
            == Secret("nxkJnMQVKdGiQm18vdzq5yXTZLSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-"
                      "K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRbtK8Sc1"));
    QVERIFY(tokens->refreshToken
            == Secret("LSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRb"));
    QCOMPARE(tokens->facts.user, u"b9a38810-cd84-480c-8232-5ec6320a6b47"_s);
    QCOMPARE(tokens->facts.expiresAt, QDateTime(QDate(2017, 8, 31), QTime(15, 0, 10, 495), Qt::UTC));
    QCOMPARE(tokens->facts.headerScheme, u"VBrick"_s);
    QVERIFY(tokens->facts.notes.isEmpty());
}

void TestTokenResponse::readsWhatNewerRevsAdd()
{
    const auto tokens = parseTokenResponse(
        ok(R"({"accessToken":"a","userId":"id","username":"jörg","firstName":"J","scope":"user:full"})"),
        atNoon(), revFormat());

    QVERIFY(tokens);
    QCOMPARE(tokens->facts.user, u"jörg"_s);
    QCOMPARE(tokens->facts.scopes, QStringList { u"user:full"_s });
    QVERIFY(tokens->facts.headerScheme.isEmpty());
    QVERIFY(!tokens->facts.expiresAt);
    QVERIFY(tokens->facts.notes.isEmpty());
}

void TestTokenResponse::F33_refusesWhatNoHeaderMayHold_data()
{
    QTest::addColumn<QByteArray>("written"); // as it stands in the JSON
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char *name, const QByteArray &written, bool accepted = false) {
        QTest::newRow(name) << written << accepted;
    };

    row("F33 visible ASCII", R"(CANARY-!#$%&'()*+,-./:;<=>?@[]^_`{|}~\"\\)", true);
    row("F33 a blank inside", "CANARY a", true);
    row("F33 64 KiB", QByteArray(65536, 'a'), true);
    row("F33 LF", R"(CANARY\na)");
    row("F33 CR", R"(CANARY\ra)");
    row("F33 NUL", R"(CANARY\u0000a)");
    row("F33 TAB", R"(CANARY\ta)");
    row("F33 ESC", R"(CANARY\u001ba)");
    row("F33 DEL", R"(CANARY\u007fa)");
    row("F33 U+202E", R"(CANARY\u202ea)");
    row("F33 not ASCII", "CANARY\xC3\xA9");
    row("F33 a blank before", " CANARY");
    row("F33 a blank after", "CANARY ");
    row("F33 a blank alone", " ");
    row("F33 a byte more than 64 KiB", QByteArray(65537, 'a'));
    row("F33 200 kB", QByteArray(200'000, 'a'));
}

// R31
void TestTokenResponse::F33_refusesWhatNoHeaderMayHold()
{
    QFETCH(QByteArray, written);
    QFETCH(bool, accepted);

    const auto access = parseTokenResponse(ok(R"({"access_token":")" + written + R"("})"), atNoon());
    QCOMPARE(access.has_value(), accepted);
    const auto refresh = parseTokenResponse(
        ok(R"({"access_token":"CANARY-access-1","refresh_token":")" + written + R"("})"), atNoon());
    QCOMPARE(refresh.has_value(), accepted);
    if (!access)
        QVERIFY(std::holds_alternative<MalformedResponse>(access.error()));
}

void TestTokenResponse::F34_knowsOneTokenType_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<bool>("accepted");
    const auto row = [](const char *name, const char *member, bool accepted) {
        QTest::newRow(name) << QByteArray(member) << accepted;
    };

    row("F34 missing", "", true);
    row("F34 null", R"(,"token_type":null)", true);
    row("F34 bearer", R"(,"token_type":"bearer")", true);
    row("F34 Bearer", R"(,"token_type":"Bearer")", true);
    row("F34 BEARER", R"(,"token_type":"BEARER")", true);
    row("F34 mac", R"(,"token_type":"mac")", false);
    row("F34 DPoP", R"(,"token_type":"DPoP")", false);
    row("F34 5", R"(,"token_type":5)", false);
    row("F34 empty", R"(,"token_type":"")", false);
    row("F34 a blank after", R"(,"token_type":"Bearer ")", false);
    row("F34 a list", R"(,"token_type":["Bearer"])", false);
}

// R30
void TestTokenResponse::F34_knowsOneTokenType()
{
    QFETCH(QByteArray, member);
    const auto tokens =
        parseTokenResponse(ok(R"({"access_token":"CANARY-access-1")" + member + '}'), atNoon());
    QTEST(tokens.has_value(), "accepted");
}

void TestTokenResponse::F35_readsTheRefreshToken_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<bool>("present");
    QTest::addColumn<Notes>("notes");
    const auto row = [](const char *name, const char *member, bool accepted, bool present,
                        const Notes &notes) {
        QTest::newRow(name) << QByteArray(member) << accepted << present << notes;
    };

    row("F35 absent", "", true, false, {});
    row("F35 null", R"(,"refresh_token":null)", true, false, {});
    row("F35 present", R"(,"refresh_token":"CANARY-refresh-1")", true, true, {});
    row("F35 empty", R"(,"refresh_token":"")", true, false, { TokenNote::RefreshTokenEmpty });
    row("F35 a number", R"(,"refresh_token":5)", false, false, {});
    row("F35 an object", R"(,"refresh_token":{})", false, false, {});
}

void TestTokenResponse::F35_readsTheRefreshToken()
{
    QFETCH(QByteArray, member);
    QFETCH(bool, accepted);
    const auto tokens =
        parseTokenResponse(ok(R"({"access_token":"CANARY-access-1")" + member + '}'), atNoon());
    QCOMPARE(tokens.has_value(), accepted);
    if (!tokens)
        return;
    QTEST(tokens->refreshToken.has_value(), "present");
    QVERIFY(!tokens->refreshToken || *tokens->refreshToken == Secret("CANARY-refresh-1"));
    QTEST(tokens->facts.notes, "notes");
}

void TestTokenResponse::F18_readsJsonUnderOtherNames_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<bool>("noted");
    const auto row = [](const char *name, const char *type, bool accepted, bool noted) {
        QTest::newRow(name) << QByteArray(type) << accepted << noted;
    };

    row("F18 application/json", "application/json", true, false);
    row("F18 with a charset", "Application/JSON ; charset=UTF-8", true, false);
    row("F18 a JSON dialect", "application/vnd.api+json", true, false);
    row("F18 text/plain", "text/plain", true, true);
    row("F18 text/javascript", "text/javascript", true, true);
    row("F18 none", "", true, true);
    row("F18 text/html", "text/html", false, false);
    row("F18 text/html with a charset", "TEXT/HTML; charset=utf-8", false, false);
}

void TestTokenResponse::F18_readsJsonUnderOtherNames()
{
    QFETCH(QByteArray, contentType);
    QFETCH(bool, accepted);
    HttpResponse response = ok(R"({"access_token":"CANARY-access-1"})");
    response.contentType = contentType;

    const auto tokens = parseTokenResponse(response, atNoon());

    QCOMPARE(tokens.has_value(), accepted);
    if (tokens)
        QTEST(tokens->facts.notes.contains(TokenNote::UnusualContentType), "noted");
}

void TestTokenResponse::F4_F5_readsUnusualButClearJson()
{
    const auto tokens = parseTokenResponse(ok("\xEF\xBB\xBF{\"error\":null,\"x\":{\"access_token\":[]},"
                                              "\"access\\u005ftoken\":\"CANARY-access-1\",\"error_uri\":5}"),
                                           atNoon());
    QVERIFY(tokens);
    QVERIFY(tokens->accessToken == Secret("CANARY-access-1"));
    QVERIFY(tokens->facts.notes.isEmpty());
}

LATCHKEY_TEST(TestTokenResponse)

#include "tst_tokenresponse.moc"
