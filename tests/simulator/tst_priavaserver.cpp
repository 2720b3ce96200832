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
const QByteArray access9 = "CANARY-access-9";
const QByteArray code1 = "CANARY-code-1";
const QByteArray refresh1 = "CANARY-refresh-1";
const QByteArray refresh2 = "CANARY-refresh-2";
const QByteArray refresh9 = "CANARY-refresh-9";
const QByteArray tokenPath = "/api/rest/oauth/token";
const QByteArray contentType = "Content-Type: application/x-www-form-urlencoded;charset=utf-8";
const QByteArray exchange =
    "grant_type=authorization_code&client_id=venue&client_secret=CANARY-secret-1&code="
    "CANARY-code-1&redirect_uri=http%3A%2F%2F127.0.0.1%3A53917%2Fcallback";

QJsonObject venue()
{
    return { { u"vendor"_s, u"priava"_s },
             { u"id"_s, u"venue"_s },
             { u"secret"_s, u"CANARY-secret-1"_s },
             { u"redirect_uris"_s, QJsonArray { u"http://127.0.0.1:53917/callback"_s } },
             { u"codes"_s, QJsonArray { u"CANARY-code-1"_s } },
             { u"next_access_tokens"_s, QJsonArray { u"CANARY-access-1"_s, u"CANARY-access-2"_s } },
             { u"next_refresh_tokens"_s, QJsonArray { u"CANARY-refresh-1"_s, u"CANARY-refresh-2"_s } } };
}

QByteArray refreshWith(const QByteArray &token)
{
    return "grant_type=refresh_token&client_id=venue&client_secret=CANARY-secret-1&refresh_token=" + token
        + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A53917%2Fcallback";
}

} // namespace

class TestPriavaServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersTheDocumentedRequestsAsDocumented();
    void refusesWhatTheDocumentDoesNotAllow_data();
    void refusesWhatTheDocumentDoesNotAllow();
    void acceptsTheContentTypeInAnyCase();
    void takesACodeOnce();
    void takesACodeWithinItsTime();
    void takesARefreshTokenOnce();
    void endsTheGrantWhenATokenComesAgain_data();
    void endsTheGrantWhenATokenComesAgain();
    void honoursAnAccessTokenWhileItLives();
    void leavesOutALifetimeThatIsUnknown();
    void redirectsFromTheAdminPageWithoutState();

private:
    Reply token(const QByteArray &body) const
    {
        return Peer(m_simulator->port()).post(tokenPath, { contentType, "TenantRegion: EU" }, body);
    }
    Reply ping(const QByteArray &accessToken, const QByteArray &region = "EU") const
    {
        return Peer(m_simulator->port())
            .get("/api/rest/ping", { "Authorization: Bearer " + accessToken, "TenantRegion: " + region });
    }
    void configure(const QJsonObject &client)
    {
        QCOMPARE(m_simulator->configure({ { u"clients"_s, QJsonArray { client } } }), QString());
    }

    QDateTime m_now { QDate(2026, 3, 1), QTime(12, 0), Qt::UTC };
    std::unique_ptr<Simulator> m_simulator;
};

void TestPriavaServer::init()
{
    m_simulator = std::make_unique<Simulator>([this] { return m_now; });
    QVERIFY(m_simulator->listen());
    configure(venue());
}

void TestPriavaServer::answersTheDocumentedRequestsAsDocumented()
{
    const QByteArray documented = "{ \n\"access_token\": \"xxxxxxxx\", \"refresh_token\": \"yyyyyyyy\", "
                                  "\"token_type\" : \"BEARER\", \"expires_in\": 21600 }";
    QJsonObject sample = venue();
    sample[u"id"_s] = u"xxxxxxxx"_s;
    sample[u"secret"_s] = u"yyyyyyyy"_s;
    sample[u"redirect_uris"_s] = QJsonArray { u"https://my.app.com/oauth2callback"_s };
    sample[u"codes"_s] = QJsonArray { u"zzzzzzzz"_s };
    sample[u"sessions"_s] = QJsonArray { QJsonObject { { u"access_token"_s, u"CANARY-access-0"_s },
                                                       { u"refresh_token"_s, u"zzzzzzzz"_s } } };
    sample[u"next_access_tokens"_s] = QJsonArray { u"xxxxxxxx"_s, u"xxxxxxxx"_s };
    sample[u"next_refresh_tokens"_s] = QJsonArray { u"yyyyyyyy"_s, u"yyyyyyyy"_s };
    configure(sample);

    const Reply first =
        token("grant_type=authorization_code&client_id=xxxxxxxx&client_secret=yyyyyyyy&code=zzzzzzzz"
              "&redirect_uri=https://my.app.com/oauth2callback");
    QCOMPARE(first.status, 200);
    QCOMPARE(first.body, documented);

    const Reply refreshed =
        token("grant_type=refresh_token&client_id=xxxxxxxx&client_secret=yyyyyyyy&refresh_token="
              "zzzzzzzz&redirect_uri=https://my.app.com/oauth2callback");
    QCOMPARE(refreshed.status, 200);
    QCOMPARE(refreshed.body, documented);
}

void TestPriavaServer::refusesWhatTheDocumentDoesNotAllow_data()
{
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("error");
    const QByteArrayList good { contentType, "TenantRegion: EU" };
    const auto changed = [](const QByteArray &from, const QByteArray &to) {
        return QByteArray(exchange).replace(from, to);
    };

    QTest::newRow("no region") << QByteArrayList { contentType } << exchange << QByteArray("invalid_request");
    QTest::newRow("region that is none")
        << QByteArrayList { contentType, "TenantRegion: ASIA" } << exchange << QByteArray("invalid_request");
    QTest::newRow("another region") << QByteArrayList { contentType, "TenantRegion: US" } << exchange
                                    << QByteArray("invalid_client");
    QTest::newRow("no charset") << QByteArrayList { "Content-Type: application/x-www-form-urlencoded",
                                                    "TenantRegion: EU" }
                                << exchange << QByteArray("invalid_request");
    QTest::newRow("JSON") << QByteArrayList { "Content-Type: application/json", "TenantRegion: EU" }
                          << exchange << QByteArray("invalid_request");
    QTest::newRow("unknown client") << good << changed("venue", "venus") << QByteArray("invalid_client");
    QTest::newRow("wrong secret") << good << changed("secret-1", "secret-2") << QByteArray("invalid_client");
    QTest::newRow("unknown code") << good << changed("code-1", "code-2") << QByteArray("invalid_grant");
    QTest::newRow("redirect URI: one character")
        << good << changed("callback", "callbacK") << QByteArray("invalid_grant");
    QTest::newRow("redirect URI: a slash more") << good << exchange + '/' << QByteArray("invalid_grant");
    QTest::newRow("redirect URI missing")
        << good << exchange.left(exchange.indexOf("&redirect_uri")) << QByteArray("invalid_request");
    QTest::newRow("code twice") << good << exchange + "&code=CANARY-code-1" << QByteArray("invalid_request");
    QTest::newRow("unknown field") << good << exchange + "&state=1" << QByteArray("invalid_request");
    QTest::newRow("broken escape") << good << exchange + "%2" << QByteArray("invalid_request");
    QTest::newRow("grant of another kind") << good << changed("authorization_code", "client_credentials")
                                           << QByteArray("unsupported_grant_type");
    QTest::newRow("refresh token unknown") << good << refreshWith(refresh9) << QByteArray("invalid_grant");
}

void TestPriavaServer::refusesWhatTheDocumentDoesNotAllow()
{
    QFETCH(QByteArrayList, headers);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, error);

    const Reply reply = Peer(m_simulator->port()).post(tokenPath, headers, body);

    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.error(), error);
    QVERIFY(!reply.text(u"error_description"_s).isEmpty());
    QVERIFY(!reply.body.contains("CANARY"));
    QCOMPARE(token(exchange).status, 200);
}

void TestPriavaServer::acceptsTheContentTypeInAnyCase()
{
    const QByteArrayList headers { "content-type: Application/X-WWW-Form-Urlencoded; charset=UTF-8",
                                   "tenantregion: EU" };
    QCOMPARE(Peer(m_simulator->port()).post(tokenPath, headers, exchange).status, 200);
}

void TestPriavaServer::takesACodeOnce()
{
    QCOMPARE(token(exchange).status, 200);

    const Reply again = token(exchange);
    QCOMPARE(again.status, 400);
    QCOMPARE(again.error(), QByteArray("invalid_grant"));
}

void TestPriavaServer::takesACodeWithinItsTime()
{
    const QByteArray location = m_simulator->redirectAfterAllow(m_simulator->url(
        u"/priava/authorize?client_id=venue&response_type=code&state=s&redirect_uri=http%3A%2F%2F127.0.0.1%3A53917%2Fcallback"_s));
    const QByteArray code = location.mid(location.indexOf("code=") + 5).split('&').first();
    m_now = m_now.addSecs(601);

    QCOMPARE(token(QByteArray(exchange).replace(code1, code)).error(), QByteArray("invalid_grant"));
}

void TestPriavaServer::takesARefreshTokenOnce()
{
    QCOMPARE(token(exchange).status, 200);
    const Reply refreshed = token(refreshWith(refresh1));
    QCOMPARE(refreshed.status, 200);
    QVERIFY(refreshed.text(u"refresh_token"_s).toUtf8() == refresh2);

    QCOMPARE(token(refreshWith(refresh1)).error(), QByteArray("invalid_grant"));
    QCOMPARE(token(refreshWith(refresh2)).status, 200);
}

void TestPriavaServer::endsTheGrantWhenATokenComesAgain_data()
{
    QTest::addColumn<bool>("isStrict");
    QTest::addColumn<QByteArray>("again");
    QTest::addColumn<int>("next");
    QTest::newRow("refresh token, strict") << true << refreshWith(refresh1) << 400;
    QTest::newRow("code, strict") << true << exchange << 400;
    QTest::newRow("refresh token, only counted") << false << refreshWith(refresh1) << 200;
}

void TestPriavaServer::endsTheGrantWhenATokenComesAgain()
{
    QFETCH(const bool, isStrict);
    QFETCH(const QByteArray, again);
    QFETCH(const int, next);
    QJsonObject client = venue();
    client.insert(u"revoke_on_reuse"_s, isStrict);
    QCOMPARE(m_simulator->configure({ { u"reset"_s, true }, { u"clients"_s, QJsonArray { client } } }),
             QString());
    QCOMPARE(token(exchange).status, 200);
    QCOMPARE(token(refreshWith(refresh1)).status, 200);
    QCOMPARE(m_simulator->log().value(u"reused"_s).toObject(), QJsonObject());
    QCOMPARE(token(again).status, 400);
    QCOMPARE(m_simulator->log().value(u"reused"_s).toObject().value(u"priava/venue"_s).toInt(), 1);
    QCOMPARE(ping(access2).status, isStrict ? 401 : 200);
    QCOMPARE(token(refreshWith(refresh2)).status, next);
}

void TestPriavaServer::honoursAnAccessTokenWhileItLives()
{
    QCOMPARE(token(exchange).status, 200);
    QCOMPARE(ping(access1).status, 200);
    QCOMPARE(ping(access1, "US").status, 400);
    QCOMPARE(ping(access9).status, 401);

    m_now = m_now.addSecs(21600);
    QCOMPARE(ping(access1).status, 401);

    QCOMPARE(token(refreshWith(refresh1)).status, 200);
    QCOMPARE(ping(access1).status, 401);
    QCOMPARE(ping(access2).status, 200);

    QCOMPARE(m_simulator->configure({ { u"revoke"_s,
                                        QJsonArray { QJsonObject { { u"vendor"_s, u"priava"_s },
                                                                   { u"client"_s, u"venue"_s } } } } }),
             QString());
    QCOMPARE(ping(access2).status, 401);
    QCOMPARE(token(refreshWith(refresh2)).error(), QByteArray("invalid_grant"));
}

void TestPriavaServer::leavesOutALifetimeThatIsUnknown()
{
    QJsonObject client = venue();
    client[u"lifetime"_s] = u"unknown"_s;
    configure(client);

    const Reply reply = token(exchange);
    QCOMPARE(reply.status, 200);
    QVERIFY(!reply.body.contains("expires_in"));
}

void TestPriavaServer::redirectsFromTheAdminPageWithoutState()
{
    const Peer peer(m_simulator->port());
    QVERIFY(peer.get("/priava/admin").body.contains("Generate code"));

    const Reply reply = peer.postForm("/priava/admin",
                                      "client_id=venue&act=generate&redirect_uri="
                                      "http%3A%2F%2F127.0.0.1%3A53917%2Fcallback");
    const QByteArray location = reply.header("Location");
    QCOMPARE(reply.status, 302);
    QVERIFY(location.startsWith("http://127.0.0.1:53917/callback?code="));
    QVERIFY(!location.contains("state"));

    const QByteArray code = location.mid(location.indexOf("code=") + 5);
    QCOMPARE(token(QByteArray(exchange).replace(code1, code)).status, 200);
}

LATCHKEY_TEST(TestPriavaServer)
#include "tst_priavaserver.moc"
