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
const QByteArray access3 = "CANARY-access-3";
const QByteArray tokenPath = "/configapi/v2/oauth/token";
const QByteArray good =
    "grant_type=client_credentials&client_id=clientid&client_secret=CANARY-secret-1&scope=example.com";

} // namespace

class TestConfigApiServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersTheDocumentedRequestAsDocumented();
    void refusesWhatTheDocumentDoesNotAllow_data();
    void refusesWhatTheDocumentDoesNotAllow();
    void callsTheScopeTenantWhenToldTo();
    void honoursAnAccessTokenWhileItLives();
    void forbidsWhatTheRoleMayNot();

private:
    void configure(const QString &key, const QJsonValue &value)
    {
        const QJsonObject client { { u"vendor"_s, u"configapi"_s },
                                   { u"id"_s, u"clientid"_s },
                                   { key, value } };
        QCOMPARE(m_simulator->configure({ { u"clients"_s, QJsonArray { client } } }), QString());
    }
    Reply token(const QByteArray &body) const { return Peer(m_simulator->port()).postForm(tokenPath, body); }
    Reply data(const QByteArray &authorization) const
    {
        return Peer(m_simulator->port()).get("/configapi/v2/data", { "Authorization: " + authorization });
    }

    QDateTime m_now { QDate(2026, 3, 1), QTime(12, 0), Qt::UTC };
    std::unique_ptr<Simulator> m_simulator;
};

void TestConfigApiServer::init()
{
    m_simulator = std::make_unique<Simulator>([this] { return m_now; });
    QVERIFY(m_simulator->listen());
    configure(u"secret"_s, u"CANARY-secret-1"_s);
    configure(u"scopes"_s, QJsonArray { u"example.com"_s });
}

void TestConfigApiServer::answersTheDocumentedRequestAsDocumented()
{
    configure(u"secret"_s, u"qkDwDJlDfig2IpeuUZYKH1Wb8q1V0ju6sILxQQqhJ"_s);
    configure(u"next_access_tokens"_s, QJsonArray { u"eyJhbGciOiJSUzI1NiI5q9Jgt...6HznsvPWy7UP3MINA"_s });

    const Reply reply = token("grant_type=client_credentials&client_id=clientid&client_secret="
                              "qkDwDJlDfig2IpeuUZYKH1Wb8q1V0ju6sILxQQqhJ&scope=example.com");

    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body,
             QByteArray("{\n\"access_token\":\"eyJhbGciOiJSUzI1NiI5q9Jgt...6HznsvPWy7UP3MINA\",\n"
                        "\"token_type\":\"Bearer\",\n\"expires_in\":\"3599\",\n}"));
}

void TestConfigApiServer::refusesWhatTheDocumentDoesNotAllow_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("error");
    const QByteArray form = "application/x-www-form-urlencoded";
    const auto changed = [](const QByteArray &from, const QByteArray &to) {
        return QByteArray(good).replace(from, to);
    };

    QTest::newRow("JSON") << QByteArray("application/json") << good << 400 << QByteArray("invalid_request");
    QTest::newRow("unknown login") << form << changed("clientid", "clientie") << 401
                                   << QByteArray("invalid_client");
    QTest::newRow("wrong secret") << form << changed("secret-1", "secret-2") << 401
                                  << QByteArray("invalid_client");
    QTest::newRow("another tenant") << form << changed("example.com", "example.org") << 400
                                    << QByteArray("invalid_scope");
    QTest::newRow("no scope") << form << changed("&scope=example.com", "") << 400
                              << QByteArray("invalid_request");
    QTest::newRow("tenant instead of scope")
        << form << changed("scope=", "tenant=") << 400 << QByteArray("invalid_request");
    QTest::newRow("scope twice") << form << good + "&scope=example.com" << 400
                                 << QByteArray("invalid_request");
    QTest::newRow("unknown field") << form << good + "&redirect_uri=x" << 400
                                   << QByteArray("invalid_request");
    QTest::newRow("grant of another kind")
        << form << changed("client_credentials", "password") << 400 << QByteArray("unsupported_grant_type");
}

void TestConfigApiServer::refusesWhatTheDocumentDoesNotAllow()
{
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, error);

    const Reply reply = Peer(m_simulator->port()).post(tokenPath, { "Content-Type: " + contentType }, body);

    QCOMPARE(reply.status, status);
    QCOMPARE(reply.error(), error);
    QCOMPARE(token(good).status, 200);
}

void TestConfigApiServer::callsTheScopeTenantWhenToldTo()
{
    configure(u"scope_parameter"_s, u"tenant"_s);

    QCOMPARE(token(good).status, 400);
    QCOMPARE(token(QByteArray(good).replace("scope=", "tenant=")).status, 200);
}

void TestConfigApiServer::honoursAnAccessTokenWhileItLives()
{
    configure(u"next_access_tokens"_s, QJsonArray { u"CANARY-access-1"_s, u"CANARY-access-2"_s });
    QCOMPARE(token(good).status, 200);
    QCOMPARE(token(good).status, 200);

    QCOMPARE(data("Bearer " + access1).status, 200);
    QCOMPARE(data("Bearer " + access2).status, 200);
    QCOMPARE(data("VBrick " + access2).status, 401);
    QCOMPARE(data("Bearer " + access3).status, 401);

    m_now = m_now.addSecs(3599);
    QCOMPARE(data("Bearer " + access2).status, 401);
}

void TestConfigApiServer::forbidsWhatTheRoleMayNot()
{
    configure(u"next_access_tokens"_s, QJsonArray { u"CANARY-access-1"_s });
    configure(u"api_status"_s, 403);
    QCOMPARE(token(good).status, 200);
    QCOMPARE(data("Bearer " + access1).status, 403);
}

LATCHKEY_TEST(TestConfigApiServer)
#include "tst_configapiserver.moc"
