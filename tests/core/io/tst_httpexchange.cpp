// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/httpexchange.h"
#include "core/io/httpwaiter.h"
#include "core/io/qtnetworkhttpclient.h"
#include "support/blackhole.h"
#include "support/fairtime.h"
#include "support/faultserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <memory>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = TransportError::Kind;

namespace {

qint64 residentBytes()
{
    QFile statm(u"/proc/self/statm"_s);
    if (!statm.open(QIODevice::ReadOnly))
        return 0;
    // The first number is what is mapped, the second what is resident, both in pages.
    return statm.readAll().split(' ').value(1).toLongLong() * 4096;
}

} // namespace

// Limits, TLS and proxies; what is sent and taken over a plain connection is in tst_qtnetworkhttpclient.
class TestHttpExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsNoLongerThanWePromise();
    void takesWhatJustFits();
    void stopsAtTheCap_data();
    void stopsAtTheCap();
    void endsAtTheDeadline_data();
    void endsAtTheDeadline();
    void trustsTheOwnAuthority();
    void refusesTheCertificate_data();
    void refusesTheCertificate();
    void refusesTheHandshake_data();
    void refusesTheHandshake();
    void waitsForTheHandshakeOnlySoLong();
    void waitsForTheConnectionOnlySoLong_data();
    void waitsForTheConnectionOnlySoLong();
    void namesTheProxyThatFails_data();
    void namesTheProxyThatFails();
    void sendsThroughTheProxyExactlyOnce();
    void usesTheProxyOfTheSystem();
    void reachesLoopbackWithoutTheProxy();
};

// R26, F21: the other tests here set limits of their own.
void TestHttpExchange::waitsNoLongerThanWePromise()
{
    const HttpLimits limits;
    QCOMPARE(limits.connect, 10s);
    QCOMPARE(limits.total, 30s);
    QCOMPARE(limits.body, 1024 * 1024);
}

void TestHttpExchange::takesWhatJustFits()
{
    const QByteArray body(1024 * 1024, 'x');
    FaultServer server(fault::answer(200, body));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(result);
    QVERIFY(result->body == body);
}

void TestHttpExchange::stopsAtTheCap_data()
{
    QTest::addColumn<fault::Script>("script");
    using namespace fault;
    const QByteArray block(64 * 1024, 'x');
    const auto head = [](const QByteArray &header) {
        return Send { "HTTP/1.1 200 OK\r\n" + header + "\r\n" };
    };
    const QByteArray chunk = "10000\r\n" + block + "\r\n";
    QTest::newRow("F20 100 MB") << Script { head("Content-Length: 100000000\r\n"),
                                            Flood { block, 100'000'000 } };
    QTest::newRow("F20 endless chunks") << Script { head("Transfer-Encoding: chunked\r\n"), Flood { chunk } };
    QTest::newRow("F20 endless, no length") << Script { head(""), Flood { block } };
    QTest::newRow("F20 a gzip bomb") << Script { head("Content-Encoding: gzip\r\n"), Send { "\x1f\x8b\x08" },
                                                 Flood { block } };
    QTest::newRow("F20 one byte too many")
        << Script { Send { answerBytes(200, QByteArray(1024 * 1024 + 1, 'x')) }, Close {} };
}

// SECURITY R26
void TestHttpExchange::stopsAtTheCap()
{
    QFETCH(fault::Script, script);
    FaultServer server(script);
    QtNetworkHttpClient client;
    [[maybe_unused]] const qint64 before = residentBytes();

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::TooLarge);
    QVERIFY(result.error().maybeReceived);
#ifndef __SANITIZE_ADDRESS__ // which keeps what was freed
    QVERIFY(residentBytes() - before < 8 * 1024 * 1024);
#endif
    QCOMPARE(server.requests().size(), 1);
}

void TestHttpExchange::endsAtTheDeadline_data()
{
    QTest::addColumn<fault::Script>("script");
    QTest::addColumn<bool>("isPost");
    using namespace fault;
    const auto head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"_ba;
    const QList<std::pair<const char *, Script>> faults {
        { "a slow drip", { Drip { answerBytes(200, QByteArray(100, 'x')), 40ms } } },
        { "a slow drip of the body", { Send { head }, Drip { QByteArray(100, 'x'), 40ms } } },
        { "stalled after the headers", { Send { head } } },
        { "no answer", {} },
        { "a 20 MB header line",
          { Send { "HTTP/1.1 200 OK\r\nX-Long: " }, Flood { QByteArray(64 * 1024, 'x'), 20'000'000 } } },
    };
    for (const auto &[name, script] : faults) {
        for (const bool isPost : { true, false })
            QTest::addRow("F21 %s, %s", name, isPost ? "POST" : "GET") << script << isPost;
    }
}

// SECURITY R26
void TestHttpExchange::endsAtTheDeadline()
{
    QFETCH(fault::Script, script);
    QFETCH(bool, isPost);
    // The shorter deadline is for connecting only, and a machine that stalls may miss it: then it tries anew.
    qint64 took = 0;
    for (int tries = 0; tries < 3 && took < 1300; ++tries) {
        FaultServer server(script);
        auto client = std::make_unique<QtNetworkHttpClient>(HttpLimits { .connect = 1s, .total = 1300ms });
        QElapsedTimer watch;
        watch.start();
        FairTime ours;
        ours.start();

        const auto result = sendAndWait(*client, isPost ? postTo(server.url()) : getFrom(server.url()));
        client.reset();

        took = watch.elapsed();
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Kind::TimedOut);
        QVERIFY(result.error().maybeReceived || took < 1300);
        QVERIFY(ours.elapsed() < 3000); // nor does the cleaning up block
        QVERIFY(server.requests().size() == 1 || took < 1300);
    }
    QVERIFY(took >= 1300);
}

void TestHttpExchange::trustsTheOwnAuthority()
{
    FaultServer server(fault::answer(200, "{}"));
    server.useTls(u"good"_s);
    QtNetworkHttpClient client;
    QVERIFY(client.apply({ .extraCaPem = testData(u"tls/authority.pem"_s) }));

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(result);
    QCOMPARE(result->status, 200);
    QCOMPARE(server.requests().size(), 1);
}

void TestHttpExchange::refusesTheCertificate_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<bool>("hasAuthority");
    QTest::addColumn<QString>("reason");
    QTest::newRow("F30 expired") << u"expired"_s << true << u"expired"_s;
    QTest::newRow("F30 self-signed") << u"self-signed"_s << true << u"self-signed"_s;
    QTest::newRow("F30 wrong host") << u"wrong-host"_s << true << u"another host"_s;
    QTest::newRow("F30 unknown authority") << u"good"_s << false << u"not trusted"_s;
}

void TestHttpExchange::refusesTheCertificate()
{
    QFETCH(QString, certificate);
    QFETCH(bool, hasAuthority);
    QFETCH(QString, reason);
    FaultServer server(fault::answer(200, "{}"));
    server.useTls(certificate);
    QtNetworkHttpClient client;
    if (hasAuthority)
        QVERIFY(client.apply({ .extraCaPem = testData(u"tls/authority.pem"_s) }));

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::Tls);
    QVERIFY2(result.error().detail.contains(reason), qPrintable(result.error().detail));
    QVERIFY(!result.error().maybeReceived);
    QVERIFY(hasSettled(server));
    QCOMPARE(server.requests().size(), 0); // R22: nothing is sent before the certificate was checked
}

void TestHttpExchange::refusesTheHandshake_data()
{
    QTest::addColumn<fault::Script>("script");
    using namespace fault;
    // A ServerHello that answers with TLS 1.0 and AES128-SHA.
    const QByteArray tls10 = QByteArray::fromHex("160301002a020000260301") + QByteArray(32, '\x07')
        + QByteArray::fromHex("00002f00");
    QTest::newRow("F30 cut") << Script { Close {} };
    QTest::newRow("F30 reset") << Script { Reset {} };
    QTest::newRow("F30 an alert: protocol version")
        << Script { Send { QByteArray::fromHex("15030100020246") }, Close {} };
    QTest::newRow("F30 TLS 1.0") << Script { Send { tls10 } };
    QTest::newRow("F30 http in place of TLS") << answer(400, "use TLS");
}

void TestHttpExchange::refusesTheHandshake()
{
    QFETCH(fault::Script, script);
    FaultServer server(script, FaultServer::Trigger::FirstBytes);
    server.useTls(u"good"_s);
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::Tls);
    QVERIFY(!result.error().maybeReceived);
    QVERIFY(!result.error().detail.isEmpty());
}

void TestHttpExchange::waitsForTheHandshakeOnlySoLong()
{
    FaultServer server({}, FaultServer::Trigger::FirstBytes);
    server.useTls(u"good"_s);
    QtNetworkHttpClient client({ .connect = 200ms, .total = 8s });

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::TimedOut);
    QVERIFY(!result.error().maybeReceived);
}

void TestHttpExchange::waitsForTheConnectionOnlySoLong_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("F32 a black hole, TLS") << u"https"_s;
    QTest::newRow("F32 a black hole, http") << u"http"_s;
}

// R26: nothing was sent, so it may be asked for again.
void TestHttpExchange::waitsForTheConnectionOnlySoLong()
{
    QFETCH(QString, scheme);
    const BlackHole hole;
    QVERIFY(hole.isFull());
    QtNetworkHttpClient client({ .connect = 200ms, .total = 8s });
    QElapsedTimer watch;
    watch.start();

    const auto result = sendAndWait(client, postTo(hole.url(scheme)));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::TimedOut);
    QVERIFY(!result.error().maybeReceived);
    QVERIFY(watch.elapsed() >= 200);
    QVERIFY(watch.elapsed() < 6000); // the connection's limit, not that of all
}

void TestHttpExchange::namesTheProxyThatFails_data()
{
    QTest::addColumn<fault::Script>("script");
    QTest::addColumn<bool>("isDown");
    QTest::addColumn<bool>("isTls");
    const auto asks =
        fault::answer(407, "who are you", "Proxy-Authenticate: Basic realm=\"CANARY-realm-1\"\r\n");
    for (const bool isTls : { true, false }) {
        const char *scheme = isTls ? "https" : "http";
        QTest::addRow("F31 407, %s", scheme) << asks << false << isTls;
        QTest::addRow("F31 407 bare, %s", scheme) << fault::answer(407, "no") << false << isTls;
        QTest::addRow("F31 down, %s", scheme) << fault::Script {} << true << isTls;
    }
    QTest::addRow("F31 refuses to connect, https") << fault::answer(502, "no") << false << true;
}

void TestHttpExchange::namesTheProxyThatFails()
{
    QFETCH(fault::Script, script);
    QFETCH(bool, isDown);
    QFETCH(bool, isTls);
    FaultServer proxy(script);
    const quint16 port = proxy.serverPort();
    if (isDown)
        proxy.close();
    QtNetworkHttpClient client;
    QVERIFY(client.apply(
        { .proxy = Preferences::Proxy::Manual, .proxyHost = u"127.0.0.1"_s, .proxyPort = port }));
    auto request = postTo(QUrl(u"%1://elsewhere.invalid/token"_s.arg(isTls ? u"https"_s : u"http"_s)));
    request.allowPlainHttp = true;

    const auto result = sendAndWait(client, request);

    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::Proxy);
    QVERIFY(result.error().detail == "127.0.0.1"_L1);
    if (isTls) // only the proxy was spoken to
        QVERIFY(!result.error().maybeReceived);
}

void TestHttpExchange::sendsThroughTheProxyExactlyOnce()
{
    FaultServer proxy({ fault::Close {} });
    QtNetworkHttpClient client;
    QVERIFY(client.apply({ .proxy = Preferences::Proxy::Manual,
                           .proxyHost = u"127.0.0.1"_s,
                           .proxyPort = proxy.serverPort() }));
    auto request = postTo(QUrl(u"http://elsewhere.invalid/token"_s));
    request.allowPlainHttp = true;

    const auto result = sendAndWait(client, request);

    QVERIFY(!result);
    QVERIFY(result.error().maybeReceived);
    QVERIFY(hasSettled(proxy));
    QCOMPARE(proxy.requests().size(), 1);
}

void TestHttpExchange::usesTheProxyOfTheSystem()
{
    FaultServer proxy(fault::answer(407, "no", "Proxy-Authenticate: Basic realm=\"x\"\r\n"));
    qputenv("http_proxy",
            "http://user:CANARY-proxy-password-1@127.0.0.1:" + QByteArray::number(proxy.serverPort()));
    QtNetworkHttpClient client;
    auto request = postTo(QUrl(u"http://elsewhere.invalid/token"_s));
    request.allowPlainHttp = true;

    const auto result = sendAndWait(client, request);
    qunsetenv("http_proxy");

    QVERIFY(!result);
    QCOMPARE(result.error().kind, Kind::Proxy);
    QVERIFY(result.error().detail == "127.0.0.1"_L1); // F31: never the proxy's password
}

void TestHttpExchange::reachesLoopbackWithoutTheProxy()
{
    FaultServer proxy(fault::answer(407, "no"));
    FaultServer server(fault::answer(200, "{}"));
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.serverPort()));
    QtNetworkHttpClient client;

    QVERIFY(sendAndWait(client, postTo(server.url())));
    QVERIFY(client.apply({ .proxy = Preferences::Proxy::Manual,
                           .proxyHost = u"127.0.0.1"_s,
                           .proxyPort = proxy.serverPort() }));
    QVERIFY(sendAndWait(client, postTo(server.url())));
    qunsetenv("http_proxy");

    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(proxy.connections(), 0);
}

QTEST_GUILESS_MAIN(TestHttpExchange)
#include "tst_httpexchange.moc"
