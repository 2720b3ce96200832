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
const QByteArray refresh1 = "CANARY-refresh-1";
const QByteArray refresh2 = "CANARY-refresh-2";
const QByteArray refresh9 = "CANARY-refresh-9";
// The pair of RFC 7636, appendix B.
const QByteArray visitQuery =
    "client_id=abc123&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    "&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A53917%2Fcallback&state=s1";
const QByteArray exchange =
    R"({"code":"CANARY-code-1","client_id":"abc123","grant_type":"authorization_code",)"
    R"("redirect_uri":"http://127.0.0.1:53917/callback",)"
    R"("code_verifier":"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"})";

const QByteArray ownVerifier = ",\"code_verifier\":\"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\"";

QByteArray refreshWith(const QByteArray &token)
{
    return R"({"client_id":"abc123","grant_type":"refresh_token","refresh_token":")" + token
        + R"(","redirect_uri":"http://127.0.0.1:53917/callback"})";
}

QByteArray changed(const QByteArray &text, const QByteArray &from, const QByteArray &to)
{
    return QByteArray(text).replace(from, to);
}

} // namespace

class TestRevOAuth2Server : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesAVisitThatIsNotInOrder_data();
    void refusesAVisitThatIsNotInOrder();
    void answersWithALifetimeThatIsAString();
    void refusesATokenRequestThatIsNotInOrder_data();
    void refusesATokenRequestThatIsNotInOrder();
    void takesACodeOnce();
    void takesARefreshTokenOnce();
    void namesItsEndpoints();

private:
    Reply visit(const QByteArray &query) const
    {
        return Peer(m_simulator->port()).get("/api/v2/oauth2/authorize?" + query);
    }
    Reply token(const QByteArray &body) const
    {
        return Peer(m_simulator->port()).postJson("/api/v2/oauth2/token", body);
    }
    void allow()
    {
        const QByteArray location = m_simulator->redirectAfterAllow(
            m_simulator->url(u"/api/v2/oauth2/authorize?"_s + QString::fromLatin1(visitQuery)));
        const QByteArray expected = "http://127.0.0.1:53917/callback?code=CANARY-code-1&state=s1";
        QVERIFY(location == expected);
    }

    QDateTime m_now { QDate(2026, 3, 1), QTime(12, 0), Qt::UTC };
    std::unique_ptr<Simulator> m_simulator;
};

void TestRevOAuth2Server::init()
{
    m_simulator = std::make_unique<Simulator>([this] { return m_now; });
    QVERIFY(m_simulator->listen());
    const QJsonObject client {
        { u"vendor"_s, u"rev-oauth2"_s },
        { u"id"_s, u"abc123"_s },
        { u"redirect_uris"_s, QJsonArray { u"http://127.0.0.1:53917/callback"_s } },
        { u"next_codes"_s, QJsonArray { u"CANARY-code-1"_s } },
        { u"next_access_tokens"_s, QJsonArray { u"CANARY-access-1"_s, u"CANARY-access-2"_s } },
        { u"next_refresh_tokens"_s, QJsonArray { u"CANARY-refresh-1"_s, u"CANARY-refresh-2"_s } }
    };
    QCOMPARE(m_simulator->configure({ { u"clients"_s, QJsonArray { client } } }), QString());
}

void TestRevOAuth2Server::refusesAVisitThatIsNotInOrder_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("unknown client") << changed(visitQuery, "abc123", "abc124");
    QTest::newRow("no challenge") << changed(
        visitQuery, "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&", "");
    QTest::newRow("challenge with padding") << changed(visitQuery, "w-cM", "w-cM%3D");
    QTest::newRow("plain challenge") << visitQuery + "&code_challenge_method=plain";
    QTest::newRow("redirect URI: one character") << changed(visitQuery, "callback", "callbacK");
    QTest::newRow("no state") << changed(visitQuery, "&state=s1", "");
    QTest::newRow("client secret") << visitQuery + "&client_secret=CANARY-secret-1";
}

void TestRevOAuth2Server::refusesAVisitThatIsNotInOrder()
{
    QFETCH(QByteArray, query);
    QCOMPARE(visit(query).status, 400);
    QCOMPARE(visit(visitQuery).status, 200);
    QCOMPARE(visit(visitQuery + "&code_challenge_method=S256").status, 200);
}

void TestRevOAuth2Server::answersWithALifetimeThatIsAString()
{
    allow();
    const Reply reply = token(exchange);

    QCOMPARE(reply.status, 200);
    const QByteArray start =
        "{\"access_token\":\"CANARY-access-1\",\"refresh_token\":\"CANARY-refresh-1\",\"userId\":\"";
    const QByteArray end = ",\"expires_in\":\"3600\",\"token_type\":\"Bearer\",\"username\":\"demo\","
                           "\"firstName\":\"Demo\",\"lastName\":\"Sample\",\"scope\":\"user:full\"}";
    QVERIFY(reply.body.startsWith(start));
    QVERIFY(reply.body.endsWith(end));
    const Peer peer(m_simulator->port());
    QCOMPARE(peer.get("/api/v2/user/session", { "Authorization: VBrick " + access1 }).status, 200);
    QCOMPARE(peer.get("/api/v2/user/session", { "Authorization: Bearer " + access1 }).status, 401);
}

void TestRevOAuth2Server::refusesATokenRequestThatIsNotInOrder_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("wrong verifier") << changed(exchange, "dBjft", "eBjft") << QByteArray("invalid_grant");
    QTest::newRow("verifier too short")
        << changed(exchange, "dBjftJeZ4CVP-", "") << QByteArray("invalid_grant");
    QTest::newRow("no verifier") << changed(
        exchange, R"(,"code_verifier":"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")", "")
                                 << QByteArray("invalid_request");
    QTest::newRow("unknown code") << changed(exchange, "code-1", "code-2") << QByteArray("invalid_grant");
    QTest::newRow("redirect URI: one character")
        << changed(exchange, "callback", "callbacK") << QByteArray("invalid_grant");
    QTest::newRow("member twice") << changed(exchange, "{", R"({"client_id":"abc123",)")
                                  << QByteArray("invalid_request");
    QTest::newRow("client secret") << changed(exchange, "{", R"({"client_secret":"CANARY-secret-1",)")
                                   << QByteArray("invalid_request");
    QTest::newRow("a form") << QByteArray("client_id=abc123") << QByteArray("invalid_request");
    QTest::newRow("refresh token unknown") << refreshWith(refresh9) << QByteArray("invalid_grant");
}

void TestRevOAuth2Server::refusesATokenRequestThatIsNotInOrder()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, error);
    allow();

    const Reply reply = token(body);

    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.error(), error);
    QCOMPARE(token(exchange).status, 200);
}

void TestRevOAuth2Server::takesACodeOnce()
{
    allow();
    QCOMPARE(token(exchange).status, 200);
    QCOMPARE(token(exchange).error(), QByteArray("invalid_grant"));
}

void TestRevOAuth2Server::takesARefreshTokenOnce()
{
    allow();
    QCOMPARE(token(exchange).status, 200);
    QCOMPARE(token(refreshWith(refresh1)).status, 200);
    QCOMPARE(token(refreshWith(refresh1)).error(), QByteArray("invalid_grant"));
    QCOMPARE(token(refreshWith(refresh2)).status, 200);
}

void TestRevOAuth2Server::namesItsEndpoints()
{
    const Reply reply =
        Peer(m_simulator->port()).get("/api/v2/oauth2/.well-known/oauth-authorization-server");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.text(u"token_endpoint"_s), m_simulator->url(u"/api/v2/oauth2/token"_s).toString());
}

LATCHKEY_TEST(TestRevOAuth2Server)
#include "tst_revoauth2server.moc"
