// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

#include "simulator/peer.h"
#include "simulator/simulator.h"

using namespace Qt::StringLiterals;
using namespace latchkey::simulator;

namespace {

const QByteArray access1 = "CANARY-access-1";
const QByteArray tokenPath = "/configapi/v2/oauth/token";
const QByteArray tokenRequest =
    "grant_type=client_credentials&client_id=login&client_secret=CANARY-secret-1&scope=example.com";
const QByteArray visitPath = "/priava/authorize?client_id=demo-priava&response_type=code&state=%22%3E%3Cb%3E"
                             "&redirect_uri=http%3A%2F%2F127.0.0.1%3A53917%2Fcallback";

} // namespace

class TestSimulator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsASignInPage();
    void escapesWhatItShows();
    void signsInOnAllowWithTheRightPassword();
    void goesBackOnDeny();
    void answersWithAFault_data();
    void answersWithAFault();
    void cutsTheConnectionForAFault();
    void leavesTokensAloneForClose();
    void answersLateForAFault();
    void holdsAnAnswerUntilItIsReleased();
    void forgetsALateAnswerWhenItEnds();
    void leavesOutTheRefreshTokenForAFault();
    void appliesAFaultAsOftenAsItSays();
    void appliesAFaultToItsClientOnly();
    void logsRequestsWithoutSecrets();
    void refusesAConfigurationItDoesNotKnow_data();
    void refusesAConfigurationItDoesNotKnow();
    void isConfiguredOverTheWire();
    void takesNoConfigurationFromAWebPage();
    void runsAsAProgramThatEndsWithItsInput();

private:
    void configure(const QJsonObject &document) { QCOMPARE(m_simulator->configure(document), QString()); }
    void plan(const QString &fault, int times = 1)
    {
        configure(
            { { u"faults"_s, QJsonArray { QJsonObject { { u"fault"_s, fault }, { u"times"_s, times } } } } });
    }
    Reply token() const { return Peer(m_simulator->port()).postForm(tokenPath, tokenRequest); }

    std::unique_ptr<Simulator> m_simulator;
};

void TestSimulator::init()
{
    m_simulator = std::make_unique<Simulator>();
    QVERIFY(m_simulator->listen());
    const QJsonObject client { { u"vendor"_s, u"configapi"_s },
                               { u"id"_s, u"login"_s },
                               { u"secret"_s, u"CANARY-secret-1"_s },
                               { u"next_access_tokens"_s, QJsonArray { u"CANARY-access-1"_s } } };
    configure({ { u"clients"_s, QJsonArray { client } },
                { u"users"_s, QJsonObject { { u"demo"_s, u"CANARY password"_s } } } });
}

void TestSimulator::showsASignInPage()
{
    const Reply reply = Peer(m_simulator->port()).get(visitPath);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.header("Content-Type"), QByteArray("text/html;charset=UTF-8"));
    for (const QByteArray id : { "user", "password", "allow", "deny" })
        QVERIFY2(reply.body.contains("id=\"" + id + '"'), id.constData());
}

void TestSimulator::escapesWhatItShows()
{
    const Peer peer(m_simulator->port());
    const Reply wrong = peer.postForm(visitPath, "user=%22%3E%3Cscript%3E&password=x&decision=allow");
    QCOMPARE(wrong.status, 401);
    QVERIFY(wrong.body.contains("id=\"error\""));
    QVERIFY(wrong.body.contains("value=\"&quot;&gt;&lt;script&gt;\""));
    QVERIFY(!wrong.body.contains("<script"));
    QVERIFY(!peer.get(visitPath + "&%3Cscript%3E=1").body.contains("<script"));
}

void TestSimulator::signsInOnAllowWithTheRightPassword()
{
    const Peer peer(m_simulator->port());
    QCOMPARE(peer.postForm(visitPath, "user=demo&password=demo&decision=allow").status, 401);
    QCOMPARE(peer.postForm(visitPath, "user=nobody&password=&decision=allow").status, 401);

    const Reply reply = peer.postForm(visitPath, "user=demo&password=CANARY+password&decision=allow");
    QCOMPARE(reply.status, 302);
    QVERIFY(reply.header("Location").startsWith("http://127.0.0.1:53917/callback?code="));
    QVERIFY(reply.header("Location").endsWith("&state=%22%3E%3Cb%3E"));
}

void TestSimulator::goesBackOnDeny()
{
    const Reply reply = Peer(m_simulator->port()).postForm(visitPath, "user=&password=&decision=deny");
    QCOMPARE(reply.status, 302);
    QCOMPARE(reply.header("Location"),
             QByteArray("http://127.0.0.1:53917/callback?error=access_denied&state=%22%3E%3Cb%3E"));
    QCOMPARE(m_simulator->redirectAfterDeny(m_simulator->url(QString::fromLatin1(visitPath))),
             reply.header("Location"));
}

void TestSimulator::answersWithAFault_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("inHead");
    QTest::addColumn<QByteArray>("inBody");
    QTest::newRow("status") << u"status:500"_s << 500 << QByteArray("text/plain")
                            << QByteArray("not available");
    QTest::newRow("retry later") << u"status:429 retry-after"_s << 429 << QByteArray("Retry-After: 5")
                                 << QByteArray();
    QTest::newRow("retry much later") << u"status:503 retry-after:1000000000"_s << 503
                                      << QByteArray("Retry-After: 1000000000") << QByteArray();
    QTest::newRow("page") << u"html"_s << 200 << QByteArray("text/html") << QByteArray("<!doctype html>");
    QTest::newRow("empty") << u"empty"_s << 200 << QByteArray("Content-Length: 0") << QByteArray();
    QTest::newRow("cut JSON") << u"bad_json"_s << 200 << QByteArray("application/json")
                              << QByteArray("\"cut");
    QTest::newRow("grant") << u"invalid_grant"_s << 400 << QByteArray() << QByteArray("\"invalid_grant\"");
    QTest::newRow("client") << u"invalid_client"_s << 401 << QByteArray() << QByteArray("\"invalid_client\"");
    QTest::newRow("unknown error") << u"unknown_error"_s << 400 << QByteArray()
                                   << QByteArray("\"tenant_asleep\"");
    QTest::newRow("redirect") << u"redirect:http://127.0.0.1:1/x"_s << 307
                              << QByteArray("Location: http://127.0.0.1:1/x") << QByteArray();
    QTest::newRow("redirect as GET") << u"redirect:302 file:///x"_s << 302
                                     << QByteArray("Location: file:///x") << QByteArray();
}

void TestSimulator::answersWithAFault()
{
    QFETCH(QString, fault);
    QFETCH(int, status);
    QFETCH(QByteArray, inHead);
    QFETCH(QByteArray, inBody);
    plan(fault);

    const Reply reply = token();

    QCOMPARE(reply.status, status);
    QVERIFY(reply.head.contains(inHead));
    QVERIFY(reply.body.contains(inBody));
    QCOMPARE(token().status, 200);
}

void TestSimulator::cutsTheConnectionForAFault()
{
    plan(u"close_after"_s);
    QCOMPARE(token().status, 0);
    QCOMPARE(
        Peer(m_simulator->port()).get("/configapi/v2/data", { "Authorization: Bearer " + access1 }).status,
        200);
}

void TestSimulator::leavesTokensAloneForClose()
{
    plan(u"close"_s);
    QCOMPARE(token().status, 0);
    QCOMPARE(
        Peer(m_simulator->port()).get("/configapi/v2/data", { "Authorization: Bearer " + access1 }).status,
        401);
}

void TestSimulator::answersLateForAFault()
{
    plan(u"slow:150"_s);
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(token().status, 200);
    QVERIFY(clock.elapsed() >= 100);
}

void TestSimulator::holdsAnAnswerUntilItIsReleased()
{
    plan(u"hold"_s);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_simulator->port());
    socket.write("POST " + tokenPath
                 + " HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                 + QByteArray::number(tokenRequest.size()) + "\r\n\r\n" + tokenRequest);
    QTRY_COMPARE(m_simulator->log()[u"requests"_s].toArray().size(), 1);
    // Another request of the same client is served meanwhile.
    QCOMPARE(token().status, 200);
    QCOMPARE(socket.bytesAvailable(), 0);

    configure({ { u"release"_s, true } });
    QTRY_VERIFY(socket.peek(15) == "HTTP/1.1 200 OK");
    socket.readAll();
    configure({ { u"release"_s, true } });
    QCOMPARE(token().status, 200);
    QCOMPARE(socket.bytesAvailable(), 0);
}

void TestSimulator::forgetsALateAnswerWhenItEnds()
{
    plan(u"slow:60000"_s);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_simulator->port());
    socket.write("POST " + tokenPath + " HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
    QTRY_COMPARE(m_simulator->log()[u"requests"_s].toArray().size(), 1);

    m_simulator.reset();

    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
}

void TestSimulator::leavesOutTheRefreshTokenForAFault()
{
    configure(
        { { u"clients"_s,
            QJsonArray { QJsonObject {
                { u"vendor"_s, u"priava"_s },
                { u"id"_s, u"demo-priava"_s },
                { u"sessions"_s,
                  QJsonArray { QJsonObject { { u"access_token"_s, u"CANARY-access-0"_s },
                                             { u"refresh_token"_s, u"CANARY-refresh-0"_s } } } } } } } });
    const auto refresh = [this] {
        return Peer(m_simulator->port())
            .post("/api/rest/oauth/token",
                  { "Content-Type: application/x-www-form-urlencoded;charset=utf-8", "TenantRegion: EU" },
                  "grant_type=refresh_token&client_id=demo-priava&client_secret=demo-priava-secret&refresh_"
                  "token="
                  "CANARY-refresh-0&redirect_uri=http%3A%2F%2F127.0.0.1%3A53917%2Fcallback");
    };
    plan(u"no_refresh_token"_s);
    const Reply reply = refresh();
    QCOMPARE(reply.status, 200);
    QVERIFY(!reply.body.contains("refresh_token"));
    QCOMPARE(refresh().status, 200);
}

void TestSimulator::appliesAFaultAsOftenAsItSays()
{
    plan(u"status:503"_s, 2);
    QCOMPARE(token().status, 503);
    QCOMPARE(token().status, 503);
    QCOMPARE(token().status, 200);
    plan(u"status:503"_s, 0);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(token().status, 503);
    configure({ { u"faults"_s, QJsonArray {} } });
    QCOMPARE(token().status, 200);
}

void TestSimulator::appliesAFaultToItsClientOnly()
{
    configure({ { u"faults"_s,
                  QJsonArray { QJsonObject { { u"fault"_s, u"html"_s }, { u"client"_s, u"other"_s } } } } });
    QVERIFY(!token().body.contains("<!doctype"));
    configure(
        { { u"clients"_s,
            QJsonArray { QJsonObject {
                { u"vendor"_s, u"configapi"_s }, { u"id"_s, u"login"_s }, { u"fault"_s, u"html"_s } } } } });
    QVERIFY(token().body.contains("<!doctype"));
    QVERIFY(token().body.contains("<!doctype"));
}

void TestSimulator::logsRequestsWithoutSecrets()
{
    plan(u"status:500"_s);
    QCOMPARE(token().status, 500);
    QCOMPARE(token().status, 200);
    (void)Peer(m_simulator->port()).postForm(visitPath, "user=demo&password=CANARY+password&decision=allow");

    const Reply reply = Peer(m_simulator->port()).get("/simulator/log");
    const QJsonObject log = QJsonDocument::fromJson(reply.body).object();
    QCOMPARE(log, m_simulator->log());
    QCOMPARE(log[u"counts"_s].toObject()[u"POST /configapi/v2/oauth/token"_s].toInt(), 2);
    const QJsonObject first { { u"method"_s, u"POST"_s },
                              { u"path"_s, QString::fromLatin1(tokenPath) },
                              { u"status"_s, 500 },
                              { u"client"_s, u"login"_s },
                              { u"grant"_s, u"client_credentials"_s },
                              { u"fault"_s, u"status:500"_s } };
    QCOMPARE(log[u"requests"_s].toArray().first().toObject(), first);
    QVERIFY(!reply.body.contains("CANARY"));

    configure({ { u"clear_log"_s, true } });
    QVERIFY(m_simulator->log()[u"requests"_s].toArray().isEmpty());
}

void TestSimulator::refusesAConfigurationItDoesNotKnow_data()
{
    QTest::addColumn<QByteArray>("document");
    QTest::newRow("key") << QByteArray(R"({"client": []})");
    QTest::newRow("key of a client") << QByteArray(R"({"clients": [{"vendor":"rev","id":"a","key":"b"}]})");
    QTest::newRow("vendor") << QByteArray(R"({"clients": [{"vendor":"revv","id":"a"}]})");
    QTest::newRow("no id") << QByteArray(R"({"clients": [{"vendor":"rev"}]})");
    QTest::newRow("region") << QByteArray(R"({"clients": [{"vendor":"priava","id":"a","region":"eu"}]})");
    QTest::newRow("lifetime") << QByteArray(R"({"clients": [{"vendor":"rev","id":"a","lifetime":"1"}]})");
    QTest::newRow("fault") << QByteArray(R"({"faults": [{"fault":"nap"}]})");
    QTest::newRow("users") << QByteArray(R"({"users": ["demo"]})");
}

void TestSimulator::refusesAConfigurationItDoesNotKnow()
{
    QFETCH(QByteArray, document);
    QVERIFY(!m_simulator->configure(QJsonDocument::fromJson(document).object()).isEmpty());
    QCOMPARE(token().status, 200);
}

void TestSimulator::isConfiguredOverTheWire()
{
    const Peer peer(m_simulator->port());
    QCOMPARE(peer.postJson("/simulator/configure", R"({"faults": [{"fault": "status:503"}]})").status, 200);
    QCOMPARE(token().status, 503);
    QCOMPARE(peer.postJson("/simulator/configure", R"({"faults": [{"fault": "nap"}]})").status, 400);
    QCOMPARE(peer.postJson("/simulator/configure", R"({"reset": true})").status, 200);
    QCOMPARE(token().status, 401);
}

void TestSimulator::takesNoConfigurationFromAWebPage()
{
    const Reply reply =
        Peer(m_simulator->port())
            .post("/simulator/configure", { "Content-Type: text/plain" }, R"({"reset": true})");
    QCOMPARE(reply.status, 415);
    QCOMPARE(token().status, 200);
}

void TestSimulator::runsAsAProgramThatEndsWithItsInput()
{
    QProcess program;
    QSignalSpy ended(&program, &QProcess::finished);
    program.start(QStringLiteral(LATCHKEY_SIMULATOR_PROGRAM), { u"--until-eof"_s });
    QTRY_VERIFY(program.canReadLine());

    const QJsonObject ready = QJsonDocument::fromJson(program.readLine()).object();
    const int port = ready[u"port"_s].toInt();
    QCOMPARE(ready[u"url"_s].toString(), u"http://127.0.0.1:"_s + QString::number(port));
    QCOMPARE(Peer(static_cast<quint16>(port)).get("/").status, 200);

    program.closeWriteChannel();
    QVERIFY(ended.count() > 0 || ended.wait(20'000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

LATCHKEY_TEST(TestSimulator)
#include "tst_simulator.moc"
