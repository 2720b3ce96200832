// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/requestparts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestConfigApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForItsFields();
    void sendsTheDocumentedRequest();
    void sendsTheSecretByteForByte();
    void namesTheScopeAsTheVersionDoes();
    void completesWhatWasTyped_data();
    void completesWhatWasTyped();
    void passesOnThatPlainHttpIsAllowed();
    void readsTheDocumentedAnswer();
    void neverAsksForASignIn();
};

void TestConfigApi::asksForItsFields()
{
    QCOMPARE(fieldsOf(providerOf("configapi")),
             u"url client_id client_secret* scope? scope_parameter allow_http"_s);
}

void TestConfigApi::sendsTheDocumentedRequest()
{
    const FieldValues fields = completeFields(
        providerOf("configapi"), { { u"url"_s, u"example.com"_s }, { u"client_id"_s, u"clientid"_s } });
    const SecretValues secrets { { u"client_secret"_s,
                                   Secret("qkDwDJlDfig2IpeuUZYKH1Wb8q1V0ju6sILxQQqhJ") } };

    const HttpRequest request =
        providerOf("configapi").tokenRequest(fields, secrets, ClientCredentialsGrant {});

    QVERIFY(request.method == HttpMethod::Post);
    QCOMPARE(request.url, QUrl(u"https://example.com/configapi/v2/oauth/token"_s));
    QCOMPARE(header(request, "Content-Type"), "application/x-www-form-urlencoded");
    QCOMPARE(header(request, "Accept"), "application/json");
    QCOMPARE(request.headers.size(), 2);
    QVERIFY(formPairs(request.body)
            == formPairs("grant_type=client_credentials&client_id=clientid&client_secret="
                         "qkDwDJlDfig2IpeuUZYKH1Wb8q1V0ju6sILxQQqhJ&scope=example.com"));
}

// F36, R27
void TestConfigApi::sendsTheSecretByteForByte()
{
    const FieldValues fields =
        completeFields(providerOf("configapi"),
                       { { u"url"_s, u"example.com"_s }, { u"client_id"_s, u"sheila thomas+é"_s } });
    const QByteArray secret = "CANARY+/%&=: \xc3\xa9";

    const HttpRequest request =
        providerOf("configapi")
            .tokenRequest(fields, { { u"client_secret"_s, Secret(secret) } }, ClientCredentialsGrant {});

    const Pairs sent = formPairs(request.body);
    QVERIFY(valueOf(sent, "client_secret") == secret);
    QCOMPARE(valueOf(sent, "client_id"), "sheila thomas+\xc3\xa9");
    QVERIFY(request.body.contains("client_secret=CANARY%2B%2F%25%26%3D%3A+%C3%A9&"));
}

void TestConfigApi::namesTheScopeAsTheVersionDoes()
{
    const FieldValues fields = completeFields(providerOf("configapi"),
                                              { { u"url"_s, u"example.com"_s },
                                                { u"client_id"_s, u"c"_s },
                                                { u"scope"_s, u"tenant-7"_s },
                                                { u"scope_parameter"_s, u"tenant"_s } });

    const HttpRequest request = providerOf("configapi").tokenRequest(fields, {}, ClientCredentialsGrant {});

    const Pairs sent = formPairs(request.body);
    QCOMPARE(valueOf(sent, "tenant"), "tenant-7");
    QCOMPARE(sent.size(), 4);
}

void TestConfigApi::completesWhatWasTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<QString>("environment");
    QTest::newRow("host") << u"example.com"_s << u"https://example.com"_s << u"example.com"_s
                          << u"example.com"_s;
    QTest::newRow("host and port") << u"example.com:8443/"_s << u"https://example.com:8443"_s
                                   << u"example.com"_s << u"example.com:8443"_s;
    QTest::newRow("blanks") << u"  example.com \n"_s << u"https://example.com"_s << u"example.com"_s
                            << u"example.com"_s;
    QTest::newRow("http stays http") << u"http://example.com//"_s << u"http://example.com"_s
                                     << u"example.com"_s << u"example.com"_s;
    QTest::newRow("another scheme stays")
        << u"ftp://example.com"_s << u"ftp://example.com"_s << u"example.com"_s << u"example.com"_s;
    QTest::newRow("IPv6") << u"http://[::1]:8080"_s << u"http://[::1]:8080"_s << u"::1"_s << u"[::1]:8080"_s;
}

void TestConfigApi::completesWhatWasTyped()
{
    QFETCH(QString, typed);

    const FieldValues fields = completeFields(providerOf("configapi"), { { u"url"_s, typed } });

    QTEST(fields.value(u"url"_s), "url");
    QTEST(fields.value(u"scope"_s), "scope");
    QTEST(providerOf("configapi").environment(fields), "environment");
    QCOMPARE(fields.value(u"scope_parameter"_s), u"scope"_s);
    QCOMPARE(fields.value(u"allow_http"_s), u"false"_s);
    QVERIFY(completeFields(providerOf("configapi"), fields) == fields);
}

void TestConfigApi::passesOnThatPlainHttpIsAllowed()
{
    FieldValues fields = completeFields(providerOf("configapi"), { { u"url"_s, u"http://example.com"_s } });

    QVERIFY(!providerOf("configapi").tokenRequest(fields, {}, ClientCredentialsGrant {}).allowPlainHttp);
    fields.insert(u"allow_http"_s, u"true"_s);
    QVERIFY(providerOf("configapi").tokenRequest(fields, {}, ClientCredentialsGrant {}).allowPlainHttp);
}

// The documented answer has a trailing comma and a lifetime that is a string.
void TestConfigApi::readsTheDocumentedAnswer()
{
    const auto tokens = answer(providerOf("configapi"), R"({
"access_token":"eyJhbGciOiJSUzI1NiI5q9Jgt...6HznsvPWy7UP3MINA",
"token_type":"Bearer",
"expires_in":"3599",
})");

    QVERIFY(tokens.has_value());
    QVERIFY(tokens->accessToken == Secret("eyJhbGciOiJSUzI1NiI5q9Jgt...6HznsvPWy7UP3MINA"));
    QVERIFY(!tokens->refreshToken);
    QCOMPARE(tokens->facts.expiresAt, moment("2017-08-31T12:59:59Z"));
    QCOMPARE(providerOf("configapi").headerScheme({}, tokens->facts), u"Bearer"_s);
    QVERIFY(!providerOf("configapi").hasRefreshToken);
}

void TestConfigApi::neverAsksForASignIn()
{
    const TokenError error = OAuthError { OAuthError::Code::InvalidGrant, u"invalid_grant"_s, {}, 400 };

    QVERIFY(providerOf("configapi").meaningOf(error, true) == RefusalMeaning::TryAgain);
    QVERIFY(providerOf("configapi").meaningOf(error, false) == RefusalMeaning::TryAgain);
    QVERIFY(!providerOf("configapi").authorizationUrl);
}

LATCHKEY_TEST(TestConfigApi)
#include "tst_configapi.moc"
