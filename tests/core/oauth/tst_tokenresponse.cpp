// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/tokenresponse.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(latchkey::TokenError)
Q_DECLARE_METATYPE(QList<latchkey::TokenNote>)

namespace {

const auto noon = QDateTime(QDate(2025, 1, 1), QTime(12, 0), Qt::UTC);

TokenRequestContext atNoon(const QStringList &requestedScopes = {})
{
    return { noon, noon.addSecs(1), requestedScopes };
}

HttpResponse ok(const QByteArray &body)
{
    return { 200, "application/json", body, {}, {}, {} };
}

TokenResponseFormat revFormat()
{
    TokenResponseFormat format;
    format.accessToken = u"accessToken"_s;
    format.refreshToken = u"refreshToken"_s;
    format.expiresIn.clear();
    format.expiration = u"expiration"_s;
    format.tokenType.clear();
    format.user = QStringList { u"username"_s, u"userId"_s };
    format.headerScheme = u"issuedBy"_s;
    return format;
}

} // namespace

// What a token response is made of: the vendors' samples, tokens, types, scopes, users, content types.
class TestTokenResponse final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheExampleOfRfc6749();
    void readsPriavasSample();
    void readsBrightPatternsSample();
    void readsRevsSample();
    void readsWhatNewerRevsAdd();
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

QTEST_APPLESS_MAIN(TestTokenResponse)

#include "tst_tokenresponse.moc"
