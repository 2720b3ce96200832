// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/requestparts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

namespace {

FieldValues revOAuth2Fields()
{
    return completeFields(revOAuth2(),
                          { { u"url"_s, u"rev.example.com"_s },
                            { u"api_key"_s, u"1234qwer"_s },
                            { u"redirect_uri"_s, u"http://127.0.0.1:53119/rev-oauth2"_s } });
}

} // namespace

class TestRevOAuth2 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksWithAChallenge();
    void sendsJson_data();
    void sendsJson();
    void readsTheAnswer();
    void letsTheAccountChooseTheHeader();
};

// R4: the verifier and its challenge are those of RFC 7636, appendix B.
void TestRevOAuth2::asksWithAChallenge()
{
    const SecretValues none;
    const auto url = revOAuth2().authorizationUrl({ revOAuth2Fields(), none, Secret("st+1"),
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
    QVERIFY(revOAuth2().usesPkce);
    QCOMPARE(revOAuth2().codeParameter, "code");
}

void TestRevOAuth2::sendsJson_data()
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

void TestRevOAuth2::sendsJson()
{
    QFETCH(Grant, grant);
    QFETCH(QJsonObject, expected);

    const HttpRequest request = revOAuth2().tokenRequest(revOAuth2Fields(), {}, grant);

    QVERIFY(request.method == HttpMethod::Post);
    QCOMPARE(request.url, QUrl(u"https://rev.example.com/api/v2/oauth2/token"_s));
    QCOMPARE(header(request, "Content-Type"), "application/json");
    QVERIFY(jsonOf(request.body) == expected);
}

void TestRevOAuth2::readsTheAnswer()
{
    const auto tokens = answer(revOAuth2(), R"({"access_token":"a","refresh_token":"r","userId":"u-1",
"expires_in":"3600","token_type":"Bearer","username":"jdoe","firstName":"J","scope":"user:full"})");

    QVERIFY(tokens.has_value());
    QVERIFY(tokens->accessToken == Secret("a"));
    QVERIFY(tokens->refreshToken == Secret("r"));
    QCOMPARE(tokens->facts.user, u"jdoe"_s);
    QCOMPARE(tokens->facts.expiresAt, moment("2017-08-31T13:00:00Z"));
    QCOMPARE(tokens->facts.scopes, QStringList { u"user:full"_s });
    QVERIFY(tokens->facts.notes.isEmpty());
}

void TestRevOAuth2::letsTheAccountChooseTheHeader()
{
    TokenFacts facts;
    facts.headerScheme = u"Bearer"_s;
    FieldValues values = revOAuth2Fields();

    QCOMPARE(revOAuth2().headerScheme(values, facts), u"VBrick"_s);
    values.insert(u"header_scheme"_s, u"Bearer"_s);
    QCOMPARE(revOAuth2().headerScheme(values, facts), u"Bearer"_s);
}

LATCHKEY_TEST(TestRevOAuth2)
#include "tst_revoauth2.moc"
