// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/resource.h>

#include "listenerfixture.h"

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The answers to all requests except the expected browser's, which they must never block.
class TestLoopbackListenerStrangers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesForeignAnswersAndWaitsOn_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("missing");
        QTest::newRow("F41 wrong state") << QByteArray("code=a&state=other") << false;
        QTest::newRow("F41 state of an older flow") << QByteArray("code=a&state=CANARY-state-0") << false;
        QTest::newRow("F41 no state") << QByteArray("code=a") << true;
        QTest::newRow("F41 state twice") << "code=a&state=" + goodState + "&state=" + goodState << false;
        QTest::newRow("R14 error with wrong state") << QByteArray("error=access_denied&state=x") << false;
        QTest::newRow("R14 error without state") << QByteArray("error=access_denied") << true;
    }
    void refusesForeignAnswersAndWaitsOn()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const bool, missing);
        Listening flow(redirectUri(freePort()));

        FaultBrowser stranger(flow.uri.port);
        stranger.visitOften(2, flow.get("/callback?" + query));
        QTRY_COMPARE(stranger.ended(), 2);
        QTRY_COMPARE(flow.foreign, (QList<std::pair<int, bool>> { { 1, missing }, { 2, missing } }));
        QCOMPARE(stranger.answersWith(400), 2);
        QVERIFY(stranger.last().body().contains("Not this sign-in"));
        QVERIFY(!stranger.last().received().contains("CANARY"));

        const RawClient browser(flow.uri.port, flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
    }
    void refusesAnEmptyState()
    {
        Listening flow(redirectUri(freePort()));
        const RawClient stranger(flow.uri.port, flow.get("/callback?code=a&state=")); // F41
        QTRY_COMPARE(flow.foreign.size(), 1);
        QTRY_COMPARE(stranger.status(), 400);
        QVERIFY(flow.answers.empty());
    }

    void sendsStrangersAwayAndWaitsOn_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QList<int>>("statuses");
        const auto get = [](const QByteArray &target) {
            return "GET " + target + " HTTP/1.1\r\nHost: HOST\r\n\r\n";
        };
        for (const char *target : { "/favicon.ico", "/robots.txt", "/", "//callback", "/callback/",
                                    "/CALLBACK", "/%63allback", "http://HOST/callback" })
            QTest::addRow("F44 %s", target) << get(target + ('?' + goodQuery)) << QList { 404 };
        for (const char *method : { "HEAD", "POST", "OPTIONS", "PUT", "DELETE" })
            QTest::addRow("F45 %s", method)
                << method + get("/callback?" + goodQuery).sliced(3) << QList { 405 };
        QTest::newRow("F45 CONNECT") << QByteArray("CONNECT HOST HTTP/1.1\r\nHost: HOST\r\n\r\n")
                                     << QList { 405, 400 };
        QTest::newRow("F45 POST with a body")
            << "POST /callback HTTP/1.1\r\nHost: HOST\r\nContent-Length: 40\r\n\r\n" + goodQuery
            << QList { 405 };

        QTest::newRow("F46 garbage") << QByteArray("\x01\x02\xff garbage\r\n\r\n") << QList { 400 };
        QTest::newRow("F46 HTTP/0.9") << QByteArray("GET /callback\r\n\r\n") << QList { 400 };
        QTest::newRow("F46 HTTP/2 preface")
            << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << QList { 400, 405 };
        QTest::newRow("F46 bare LF") << "GET /callback?" + goodQuery + " HTTP/1.1\nHost: HOST\n\n"
                                     << QList { 400 };
        QTest::newRow("F46 NUL") << get(QByteArray("/callback\0", 10) + '?' + goodQuery) << QList { 400 };

        const auto head = "GET /callback?" + goodQuery + " HTTP/1.1\r\n";
        QTest::newRow("F47 header of 1 MB") << head + "A: " + QByteArray(1 << 20, 'a') + "\r\n\r\n"
                                            << QList { 431 };
        QTest::newRow("F47 20,000 headers") << head + QByteArray("A: a\r\n").repeated(20'000) + "\r\n"
                                            << QList { 431 };
        QTest::newRow("F47 query of 100 kB")
            << get("/callback?" + goodQuery + QByteArray(100'000, 'a')) << QList { 414 };

        const QByteArray ours = "Host: HOST\r\n";
        QTest::newRow("F109 an image") << head + ours + "Sec-Fetch-Mode: no-cors\r\n\r\n" << QList { 403 };
        QTest::newRow("F109 a frame")
            << head + ours + "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n\r\n"
            << QList { 403 };
        QTest::newRow("F109 a look ahead") << head + ours + "Sec-Purpose: prefetch\r\n\r\n" << QList { 403 };

        const auto host = [&head](const QByteArray &lines) { return head + lines + "\r\n"; };
        const QList<int> refused { 400, 421 };
        QTest::newRow("F49 evil.example") << host("Host: evil.example\r\n") << refused;
        QTest::newRow("F49 none") << host("") << refused;
        QTest::newRow("F49 twice") << host("Host: HOST\r\nHost: HOST\r\n") << refused;
        QTest::newRow("F49 wrong port") << host("Host: 127.0.0.1:1\r\n") << refused;
        QTest::newRow("F49 no port") << host("Host: 127.0.0.1\r\n") << refused;
        QTest::newRow("F49 127.0.0.1.evil") << host("Host: 127.0.0.1.evil:1\r\n") << refused;
        QTest::newRow("F49 localhost") << host("Host: localhost:1\r\n") << refused;
    }
    // R13
    void sendsStrangersAwayAndWaitsOn()
    {
        QFETCH(QByteArray, request);
        QFETCH(const QList<int>, statuses);
        Listening flow(redirectUri(freePort()));
        request.replace("HOST", flow.uri.hostHeader);

        const RawClient stranger(flow.uri.port, request);
        QTRY_VERIFY(stranger.ended());
        QVERIFY(statuses.contains(stranger.status()));
        QCOMPARE(stranger.answers(), 1);
        QVERIFY(!stranger.received().contains("CANARY"));
        QVERIFY(!stranger.received().contains("Access-Control"));

        const RawClient browser(flow.uri.port, flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
        QVERIFY(flow.foreign.isEmpty());
        const bool isLarge = statuses.contains(431) || statuses.contains(414);
        QCOMPARE(flow.notices, isLarge ? QList { RedirectNotice::TooLarge } : QList<RedirectNotice>());
    }

    void noticesTlsOnThePlainPort() // F46
    {
        Listening flow(redirectUri(freePort()));
        const QByteArray hello = QByteArray::fromHex("1603010200010001fc0303");
        const RawClient first(flow.uri.port, hello);
        const RawClient second(flow.uri.port, hello);

        QTRY_VERIFY(first.ended() && second.ended());
        QTRY_COMPARE(flow.notices, QList { RedirectNotice::TriedWithTls });
        QVERIFY(first.received().isEmpty());
    }

    void readsOneByteAPacket() // F50
    {
        Listening flow(redirectUri(freePort()));
        FaultBrowser browser(flow.uri.port);
        browser.visitInPieces(bytesOf(flow.goodRequest()));

        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
    }
    void ignoresAPipelinedRequest() // F50
    {
        Listening flow(redirectUri(freePort()));
        const RawClient browser(flow.uri.port, flow.goodRequest() + flow.get("/callback?code=b&state=other"));
        QTRY_COMPARE(flow.answers.size(), 1U);
        flow.listener->answerBrowser(RedirectPage::SignedIn);
        QTRY_VERIFY(browser.ended());

        QCOMPARE(browser.status(), 303);
        QCOMPARE(browser.answers(), 1);
        QVERIFY(flow.foreign.isEmpty());
    }

    void outlastsALackOfDescriptors()
    {
        Listening flow(redirectUri(freePort()));
        RawClient browser(flow.uri.port, flow.goodRequest());
        rlimit limit {};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
        const rlimit none { .rlim_cur = 3, .rlim_max = limit.rlim_max };

        QCOMPARE(setrlimit(RLIMIT_NOFILE, &none), 0);
        QTRY_VERIFY(browser.isConnected()); // by the kernel
        QTest::qWait(0);
        const bool answeredEarly = !flow.answers.empty();
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);

        QVERIFY(!answeredEarly);
        QTRY_COMPARE(flow.answers.size(), 1U);
    }

    void endsAHeadThatIsNeverCompleted_data()
    {
        QTest::addColumn<QByteArray>("begun");
        QTest::newRow("R20 silent") << QByteArray();
        QTest::newRow("R20 half a head") << QByteArray("GET /callback?code=a HTTP/1.1\r\nHost:");
    }
    void endsAHeadThatIsNeverCompleted()
    {
        QFETCH(const QByteArray, begun);
        Listening flow(redirectUri(freePort()), { .head = 60ms });
        const RawClient stranger(flow.uri.port, begun);

        QTRY_VERIFY(stranger.ended());
        QVERIFY(stranger.received().isEmpty());
        QVERIFY(flow.answers.empty());
    }
    // R20, F48: at this pace the whole head would take many times as long as it may.
    void endsAHeadThatDripsIn_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QHostAddress>("address");
        const QHostAddress four(QHostAddress::LocalHost);
        const QHostAddress six(QHostAddress::LocalHostIPv6);
        QTest::newRow("R20 a byte every 50 ms") << u"127.0.0.1"_s << four;
        QTest::newRow("R20 a byte every 50 ms, IPv6") << u"::1"_s << six;
        QTest::newRow("R20 a byte every 50 ms, localhost") << u"localhost"_s << four;
        QTest::newRow("R20 a byte every 50 ms, localhost by IPv6") << u"localhost"_s << six;
    }
    void endsAHeadThatDripsIn()
    {
        QFETCH(const QString, host);
        QFETCH(const QHostAddress, address);
        Listening flow(redirectUri(freePort(), host), { .head = 300ms });
        FaultBrowser slow(flow.uri.port, address);
        QElapsedTimer time;
        time.start();
        const RawClient &visit = slow.visitInPieces(bytesOf(flow.goodRequest()), 50ms);

        QTRY_VERIFY(visit.ended());
        QVERIFY(time.elapsed() >= 200); // it had said some bytes by then
        QVERIFY(visit.received().isEmpty());
        QVERIFY(flow.answers.empty());
    }
    void theHeadsDeadlineEndsWithTheHead()
    {
        Listening flow(redirectUri(freePort()), { .head = 2s, .answer = 3s });
        const RawClient browser(flow.uri.port, flow.goodRequest());

        QTRY_VERIFY_WITH_TIMEOUT(browser.ended(), 20'000);
        QCOMPARE(browser.status(), 303);
    }

    void F103_takesTheAnswerWithManyCookies_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("F103 16 kB") << 16'384 << true;
        QTest::newRow("F103 60 kB") << 60'000 << true;
        QTest::newRow("F103 64 kB") << 65'536 << false;
        QTest::newRow("F103 1 MB") << 1'048'576 << false;
    }
    void F103_takesTheAnswerWithManyCookies()
    {
        QFETCH(const int, size);
        QFETCH(const bool, isTaken);
        Listening flow(redirectUri(freePort()));
        QByteArray request = flow.goodRequest();
        request.insert(request.size() - 2, "Cookie: a=" + QByteArray(size, 'c') + "\r\n");
        const RawClient browser(flow.uri.port, request);

        if (isTaken) {
            QTRY_COMPARE(flow.answers.size(), 1U);
            QVERIFY(flow.hasTheCode());
            QVERIFY(flow.notices.isEmpty());
        } else {
            QTRY_COMPARE(flow.notices, QList { RedirectNotice::TooLarge });
            QTRY_VERIFY(browser.ended());
            QCOMPARE(browser.status(), 431);
            QVERIFY(browser.body().contains("cookies"));
            QVERIFY(flow.answers.empty());
        }
    }

    void dropsAFloodAndTakesTheAnswer() // R20
    {
        Listening flow(redirectUri(freePort()), { .refusalsPerSecond = 10 });
        FaultBrowser flood(flow.uri.port);
        QElapsedTimer time;
        time.start();
        flood.visitOften(100, flow.get("/callback?code=a&state=other"));
        QTRY_COMPARE(flood.ended(), 100);

        const int refused = flood.answersWith(400);
        const auto windows = 1 + time.elapsed() / 900; // each of them takes a second, by a coarse timer
        QVERIFY(refused >= 10 && refused <= 10 * windows);
        QTRY_COMPARE(flow.foreign.size(), refused);
        const RawClient browser(flow.uri.port, flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
    }
};

LATCHKEY_TEST(TestLoopbackListenerStrangers)
#include "tst_loopbacklistener_strangers.moc"
