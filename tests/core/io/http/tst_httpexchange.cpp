// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/httpexchange.h"
#include "core/io/http/httpwaiter.h"
#include "core/io/http/qtnetworkhttpclient.h"
#include "support/fairtime.h"
#include "support/network/blackhole.h"
#include "support/network/faultserver.h"
#include "support/testprogram.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <memory>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using TransportFault = TransportError::Kind;

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

// Limits and TLS; proxies are in tst_httpexchange_proxies, what is sent and taken over a plain connection is
// in tst_qtnetworkhttpclient.
class TestHttpExchange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsThePromisedTimeouts();
    void takesTheLargestAnswer();
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
    void endsAtAnyMoment();
};

// R26, F21: the other tests here set limits of their own.
void TestHttpExchange::keepsThePromisedTimeouts()
{
    const HttpLimits limits;
    QCOMPARE(limits.connect, 10s);
    QCOMPARE(limits.total, 30s);
    QCOMPARE(limits.body, 1024 * 1024);
}

void TestHttpExchange::takesTheLargestAnswer()
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
    QTest::newRow("F20 a 20 MB header line")
        << Script { Send { "HTTP/1.1 200 OK\r\nX-Long: " }, Flood { block, 20'000'000 } };
    QTest::newRow("F20 endless interim answers")
        << Script { Flood { "HTTP/1.1 100 Continue\r\nX: 1\r\n\r\n" } };
    QTest::newRow("F20 one byte too many")
        << Script { Send { answerBytes(200, QByteArray(1024 * 1024 + 1, 'x')) }, Close {} };
}

// R26
void TestHttpExchange::stopsAtTheCap()
{
    QFETCH(fault::Script, script);
    FaultServer server(script);
    QtNetworkHttpClient client;
    [[maybe_unused]] const qint64 before = residentBytes();

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::TooLarge);
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
    };
    for (const auto &[name, script] : faults) {
        for (const bool isPost : { true, false })
            QTest::addRow("F21 %s, %s", name, isPost ? "POST" : "GET") << script << isPost;
    }
}

// R26
void TestHttpExchange::endsAtTheDeadline()
{
    QFETCH(fault::Script, script);
    QFETCH(bool, isPost);
    // The shorter deadline is only for connecting, and a stalling machine may miss it: then try again.
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
        QCOMPARE(result.error().kind, TransportFault::TimedOut);
        QVERIFY(result.error().maybeReceived || took < 1300);
        QVERIFY(ours.elapsed() < 20'000); // cleaning up does not block either: Qt would for 30 s
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
    QCOMPARE(result.error().kind, TransportFault::Tls);
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
    QCOMPARE(result.error().kind, TransportFault::Tls);
    QVERIFY(!result.error().maybeReceived);
    QVERIFY(!result.error().detail.isEmpty());
}

void TestHttpExchange::waitsForTheHandshakeOnlySoLong()
{
    FaultServer server({}, FaultServer::Trigger::FirstBytes);
    server.useTls(u"good"_s);
    QtNetworkHttpClient client({ .connect = 200ms, .total = 1h });

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::TimedOut);
    QVERIFY(!result.error().maybeReceived);
}

void TestHttpExchange::waitsForTheConnectionOnlySoLong_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("F32 a black hole, TLS") << u"https"_s;
    QTest::newRow("F32 a black hole, http") << u"http"_s;
}

// R26: nothing was sent, so the request may be repeated.
void TestHttpExchange::waitsForTheConnectionOnlySoLong()
{
    QFETCH(QString, scheme);
    const BlackHole hole;
    QVERIFY(hole.isFull());
    QtNetworkHttpClient client({ .connect = 200ms, .total = 1h });
    QElapsedTimer watch;
    watch.start();

    const auto result = sendAndWait(client, postTo(hole.url(scheme)));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::TimedOut);
    QVERIFY(!result.error().maybeReceived);
    QVERIFY(watch.elapsed() >= 200);
}

// Deletes the reply's owner, or the client, after so many events: while choosing the proxy, looking up the
// host, during the handshake, the request or the answer.
void TestHttpExchange::endsAtAnyMoment()
{
    FaultServer server(fault::answer(200, QByteArray(100'000, 'x')));
    FaultServer secure(fault::answer(200, "{}"));
    secure.useTls(u"good"_s);
    const QList<QUrl> urls { server.url(), secure.url(), QUrl(u"https://does-not-exist.invalid/"_s) };
    const int rounds = qEnvironmentVariableIsSet("LATCHKEY_LONG") ? 5'000 : 300;
    for (int round = 0; round < rounds; ++round) {
        auto client = std::make_unique<QtNetworkHttpClient>();
        QVERIFY(client->apply({ .extraCaPem = testData(u"tls/authority.pem"_s) }));
        auto owner = std::make_unique<QObject>();
        int answers = 0;
        client->send(postTo(urls.at(round % urls.size())),
                     { owner.get(), [&answers](const HttpResult &) { ++answers; } });
        for (int event = 0; event < round % 25; ++event)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        const int before = answers;
        if (round % 2 == 0)
            owner.reset();
        else
            client.reset();
        QCoreApplication::processEvents();
        QCOMPARE(answers, before);
        QVERIFY(answers <= 1);
    }
}

LATCHKEY_TEST(TestHttpExchange)
#include "tst_httpexchange.moc"
