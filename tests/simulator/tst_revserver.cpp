// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QJsonArray>
#include <QTest>

#include "simulator/peer.h"
#include "simulator/simulator.h"

using namespace Qt::StringLiterals;
using namespace latchkey::simulator;

namespace {

const QByteArray access1 = "CANARY-access-1";
const QByteArray access2 = "CANARY-access-2";
const QByteArray code1 = "CANARY-code-1";
const QByteArray refresh1 = "CANARY-refresh-1";
const QByteArray refresh2 = "CANARY-refresh-2";
const QByteArray refresh9 = "CANARY-refresh-9";
// The signature was computed with openssl dgst -sha256 -hmac, not with this code.
const QByteArray good =
    "apiKey=abc123&signature=0MaXWOSRBkdel272LJ9UMDYXYiqjwlLJZumh5tha6pY%3D"
    "&verifier=abc123%3A%3A2017-08-31T15%3A00%3A10.495Z"
    "&redirect_uri=http%3A%2F%2F127.0.0.1%3A53917%2Fcallback&response_type=code&state=s%26%3C%2B1";
const QByteArray exchange =
    R"({"authCode":"CANARY-code-1","apiKey":"abc123","grantType":"authorization_code",)"
    R"("redirectUri":"http://127.0.0.1:53917/callback"})";

const QByteArray ownCode = "\"authCode\":\"CANARY-code-1\",";

QByteArray extension(const QByteArray &refreshToken)
{
    return R"({"authCode":"CANARY-code-1","apiKey":"abc123","grantType":"refresh_token",)"
           R"("redirectUri":"http://127.0.0.1:53917/callback","refreshToken":")"
        + refreshToken + "\"}";
}

QByteArray changed(const QByteArray &text, const QByteArray &from, const QByteArray &to)
{
    return QByteArray(text).replace(from, to);
}

} // namespace

class TestRevServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesAVisitThatIsNotInOrder_data();
    void refusesAVisitThatIsNotInOrder();
    void takesAVerifierForThirtyMinutes();
    void servesOnlyTheConfiguredPrefix();
    void sendsAPlusInACodeBare();
    void answersTheDocumentedRequestAsDocumented();
    void refusesATokenRequestThatIsNotInOrder_data();
    void refusesATokenRequestThatIsNotInOrder();
    void takesACodeOnce();
    void extendsASession();
    void extendsOnlyWithTheCodeOfTheSession();
    void rotatesRefreshTokensWhenToldTo();
    void endsASessionAtItsExpiration();

private:
    void configure(const QString &key, const QJsonValue &value)
    {
        const QJsonObject client { { u"vendor"_s, u"rev"_s }, { u"id"_s, u"abc123"_s }, { key, value } };
        QCOMPARE(m_simulator->configure({ { u"clients"_s, QJsonArray { client } } }), QString());
    }
    Reply visit(const QByteArray &query) const
    {
        return Peer(m_simulator->port()).get("/api/v2/oauth/authorization?" + query);
    }
    Reply token(const QByteArray &body) const
    {
        return Peer(m_simulator->port()).postJson("/api/v2/oauth/token", body);
    }
    int sessionStatus(const QByteArray &authorization) const
    {
        return Peer(m_simulator->port())
            .get("/api/v2/user/session", { "Authorization: " + authorization })
            .status;
    }

    QDateTime m_now;
    std::unique_ptr<Simulator> m_simulator;
};

void TestRevServer::init()
{
    m_now = QDateTime(QDate(2017, 8, 31), QTime(15, 0, 10, 495), Qt::UTC);
    m_simulator = std::make_unique<Simulator>([this] { return m_now; });
    QVERIFY(m_simulator->listen());
    configure(u"secret"_s, u"s3cr3t"_s);
    configure(u"redirect_uris"_s, QJsonArray { u"http://127.0.0.1:53917/callback"_s });
    configure(u"next_access_tokens"_s, QJsonArray { u"CANARY-access-1"_s, u"CANARY-access-2"_s });
    configure(u"next_refresh_tokens"_s, QJsonArray { u"CANARY-refresh-1"_s, u"CANARY-refresh-2"_s });
    configure(u"codes"_s, QJsonArray { u"CANARY-code-1"_s });
}

void TestRevServer::refusesAVisitThatIsNotInOrder_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("unknown key") << changed(good, "apiKey=abc123", "apiKey=abc124");
    QTest::newRow("wrong signature") << changed(good, "signature=0M", "signature=1M");
    QTest::newRow("signature of another text") << changed(good, "10.495Z", "10.496Z");
    QTest::newRow("no signature") << good.mid(0, 14) + good.mid(good.indexOf("&verifier"));
    QTest::newRow("verifier without milliseconds") << changed(good, "10.495Z", "10Z");
    QTest::newRow("redirect URI: one character") << changed(good, "callback", "callbacK");
    QTest::newRow("redirect URI: another port") << changed(good, "53917", "53918");
    QTest::newRow("response type") << changed(good, "response_type=code", "response_type=token");
    QTest::newRow("no state") << good.left(good.indexOf("&state"));
    QTest::newRow("state twice") << good + "&state=2";
    QTest::newRow("PKCE") << good + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
}

void TestRevServer::refusesAVisitThatIsNotInOrder()
{
    QFETCH(QByteArray, query);
    const Reply reply = visit(query);
    QCOMPARE(reply.status, 400);
    QVERIFY(reply.header("Location").isEmpty());
    QCOMPARE(visit(good).status, 200);
}

void TestRevServer::takesAVerifierForThirtyMinutes()
{
    const QDateTime made = m_now;
    m_now = made.addSecs(30 * 60);
    QCOMPARE(visit(good).status, 200);
    m_now = made.addSecs(30 * 60 + 1);
    QCOMPARE(visit(good).status, 400);
    m_now = made.addSecs(-30 * 60 - 1);
    QCOMPARE(visit(good).status, 400);
}

void TestRevServer::servesOnlyTheConfiguredPrefix()
{
    const Peer peer(m_simulator->port());
    QCOMPARE(peer.get("/oauth/authorization?" + good).status, 400);
    QCOMPARE(peer.postJson("/oauth/token", exchange).status, 401);

    configure(u"prefix"_s, u"/oauth"_s);
    QCOMPARE(peer.get("/oauth/authorization?" + good).status, 200);
    QCOMPARE(visit(good).status, 400);
    QCOMPARE(peer.postJson("/oauth/token", extension(refresh9)).status, 401);
}

void TestRevServer::sendsAPlusInACodeBare()
{
    const QByteArray location = m_simulator->redirectAfterAllow(
        m_simulator->url(u"/api/v2/oauth/authorization?"_s + QString::fromLatin1(good)));
    QVERIFY(location.startsWith("http://127.0.0.1:53917/callback?auth_code="));
    QVERIFY(location.endsWith("&state=s%26%3C%2B1"));
    const QByteArray code = location.mid(location.indexOf('=') + 1).split('&').first();
    QVERIFY(code.contains('+'));

    QCOMPARE(token(changed(exchange, code1, changed(code, "+", " "))).status, 401);
    QCOMPARE(token(changed(exchange, code1, code)).status, 200);
}

void TestRevServer::answersTheDocumentedRequestAsDocumented()
{
    const QString code = u"nxkJnMQVKdGiQm18vdzq5yXTZLSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-"
                         "K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRbtK8Sc1"_s;
    const QJsonObject client {
        { u"vendor"_s, u"rev"_s },
        { u"id"_s, u"1234qwer"_s },
        { u"redirect_uris"_s, QJsonArray { u"https://url.company.com/webpage"_s } },
        { u"codes"_s, QJsonArray { code } },
        { u"next_access_tokens"_s, QJsonArray { code } },
        { u"next_refresh_tokens"_s,
          QJsonArray { u"LSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRb"_s } },
        { u"names"_s, false },
        { u"user"_s, u"tester"_s },
        { u"lifetime"_s, 0 }
    };
    const QJsonObject user { { u"password"_s, u"CANARY-password"_s },
                             { u"user_id"_s, u"b9a38810-cd84-480c-8232-5ec6320a6b47"_s } };
    QCOMPARE(m_simulator->configure({ { u"clients"_s, QJsonArray { client } },
                                      { u"users"_s, QJsonObject { { u"tester"_s, user } } } }),
             QString());

    // The documented sample without its refreshToken, which the text says to leave out at first.
    const Reply reply = token("{\n\"authCode\" : \"" + code.toUtf8()
                              + "\",\n\"apiKey\" : \"1234qwer\",\n\"grantType\" : \"authorization_code\",\n"
                                "\"redirectUri\" : \"https://url.company.com/webpage\"\n}");

    QCOMPARE(reply.status, 200);
    QCOMPARE(
        reply.body,
        QByteArray("{\n\"accessToken\" : \"" + code.toUtf8()
                   + "\",\n\"refreshToken\" : "
                     "\"LSw5bFHvXHcUl9x6DuhbEiQ2fC6U872CNS3M6ORyz-K6JFMFI8U0rzxxC5xo_c6dMyLd1h9OLZsRb\",\n"
                     "\"userId\" : \"b9a38810-cd84-480c-8232-5ec6320a6b47\",\n"
                     "\"expiration\" : \"2017-08-31T15:00:10.495Z\",\n\"issuedBy\": \"VBrick\"\n}"));
}

void TestRevServer::refusesATokenRequestThatIsNotInOrder_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    const QByteArray json = "application/json";
    QTest::newRow("a form") << QByteArray("application/x-www-form-urlencoded")
                            << QByteArray(
                                   "authCode=CANARY-code-1&apiKey=abc123&grantType=authorization_code");
    QTest::newRow("JSON called something else") << QByteArray("text/plain") << exchange;
    QTest::newRow("unknown key") << json << changed(exchange, "abc123", "abc124");
    QTest::newRow("unknown code") << json << changed(exchange, "code-1", "code-2");
    QTest::newRow("redirect URI: one character") << json << changed(exchange, "callback", "callbacK");
    QTest::newRow("redirect URI: percent-encoded")
        << json
        << changed(exchange, "http://127.0.0.1:53917/callback", "http%3A%2F%2F127.0.0.1%3A53917%2Fcallback");
    QTest::newRow("member twice") << json << changed(exchange, "{", R"({"apiKey":"abc123",)");
    QTest::newRow("unknown member") << json << changed(exchange, "{", R"({"apiSecret":"CANARY",)");
    QTest::newRow("refreshToken too early")
        << json << changed(extension(refresh1), "refresh_token", "authorization_code");
    QTest::newRow("a number") << json << changed(exchange, "\"abc123\"", "123");
    QTest::newRow("trailing comma") << json << changed(exchange, "}", ",}");
    QTest::newRow("grant of another kind") << json << changed(exchange, "authorization_code", "password");
}

void TestRevServer::refusesATokenRequestThatIsNotInOrder()
{
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);

    const Reply reply =
        Peer(m_simulator->port()).post("/api/v2/oauth/token", { "Content-Type: " + contentType }, body);

    QCOMPARE(reply.status, 401);
    QVERIFY(!reply.body.contains("CANARY"));
    QCOMPARE(token(exchange).status, 200);
}

void TestRevServer::takesACodeOnce()
{
    QCOMPARE(token(exchange).status, 200);
    QCOMPARE(token(exchange).status, 401);
}

void TestRevServer::extendsASession()
{
    QCOMPARE(token(exchange).status, 200);
    QCOMPARE(sessionStatus("VBrick " + access1), 200);
    QCOMPARE(sessionStatus("Bearer " + access1), 401);

    const Reply extended = token(extension(refresh1));
    QCOMPARE(extended.status, 200);
    QVERIFY(extended.text(u"refreshToken"_s).toUtf8() == refresh1);
    QCOMPARE(extended.text(u"username"_s), u"demo"_s);
    QCOMPARE(sessionStatus("VBrick " + access1), 401);
    QCOMPARE(sessionStatus("VBrick " + access2), 200);
    QCOMPARE(token(extension(refresh1)).status, 200);
}

void TestRevServer::extendsOnlyWithTheCodeOfTheSession()
{
    QCOMPARE(token(exchange).status, 200);
    QCOMPARE(token(changed(extension(refresh1), "code-1", "code-2")).status, 401);
    QCOMPARE(token(changed(extension(refresh1), ownCode, "")).status, 401);
    QCOMPARE(token(extension(refresh1)).status, 200);
}

void TestRevServer::rotatesRefreshTokensWhenToldTo()
{
    configure(u"refresh"_s, u"rotate"_s);
    QCOMPARE(token(exchange).status, 200);
    QVERIFY(token(extension(refresh1)).text(u"refreshToken"_s).toUtf8() == refresh2);
    QCOMPARE(token(extension(refresh1)).status, 401);
}

void TestRevServer::endsASessionAtItsExpiration()
{
    const Reply reply = token(exchange);
    QCOMPARE(reply.text(u"expiration"_s), u"2017-08-31T16:00:10.495Z"_s);
    m_now = m_now.addSecs(3600);
    QCOMPARE(sessionStatus("VBrick " + access1), 401);
}

LATCHKEY_TEST(TestRevServer)
#include "tst_revserver.moc"
