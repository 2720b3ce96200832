// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QAbstractEventDispatcher>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTestEventLoop>
#include <QTimer>

#include <atomic>
#include <sys/resource.h>
#include <thread>
#include <utility>

#include "listenerfixture.h"

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// How often this thread's event loop, and so a window on it, came round.
class Turns
{
public:
    Turns()
    {
        QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, &m_context,
                         [this] { ++m_count; });
    }
    [[nodiscard]] int count() const { return m_count; }

private:
    QObject m_context;
    int m_count = 0;
};

const QHostAddress four(QHostAddress::LocalHost);
const QHostAddress six(QHostAddress::LocalHostIPv6);
constexpr int mostInATurn = 8; // connections: as many as are read at once
const QByteArray halfHello = QByteArray::fromHex("16030102000100");

} // namespace

// F48, R20: however many come, the awaited browser is answered, and the window goes on meanwhile.
class TestLoopbackListenerCrowds final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QByteArray m_certificate, m_key;

    [[nodiscard]] QByteArray file(const QString &name) const
    {
        QFile pem(m_folder.filePath(name));
        return pem.open(QIODevice::ReadOnly) ? pem.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase()
    {
        rlimit limit {};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
        limit.rlim_cur = limit.rlim_max;
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &limit), 0);
        QVERIFY(limit.rlim_cur >= 3000);

        QProcess openssl;
        openssl.setWorkingDirectory(m_folder.path());
        openssl.start(u"openssl"_s,
                      { u"req"_s, u"-x509"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-newkey"_s, u"ec"_s,
                        u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s, u"-subj"_s, u"/CN=localhost"_s,
                        u"-addext"_s, u"subjectAltName=DNS:localhost"_s, u"-keyout"_s, u"key"_s, u"-out"_s,
                        u"certificate"_s });
        QVERIFY(openssl.waitForFinished());
        m_certificate = file(u"certificate"_s);
        m_key = file(u"key"_s);
        QVERIFY(!m_certificate.isEmpty() && !m_key.isEmpty());
    }

    void answersWithoutWaitingForTheCrowd_data();
    void answersWithoutWaitingForTheCrowd();
    void answersWhileSilentOnesHoldEveryPlace_data();
    void answersWhileSilentOnesHoldEveryPlace();
    void readsAHeadCutAtEveryByte_data();
    void readsAHeadCutAtEveryByte();
    void countsAThreadThatIsBusy();
};

void TestLoopbackListenerCrowds::answersWithoutWaitingForTheCrowd_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<bool>("drips");
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QHostAddress>("address");
    const QByteArray wrongHost = "GET /callback?" + goodQuery + " HTTP/1.1\r\nHost: evil.example\r\n\r\n";
    const struct
    {
        const char *name;
        int count;
        QByteArray words;
        bool drips, secure;
    } crowds[] = {
        { "F48 1,000 silent ones", 1'000, {}, false, false },
        { "F48 1,000 silent ones, HTTPS", 1'000, {}, false, true },
        { "F48 50 slow ones", 50, "GET /callback?co", true, false },
        { "F48 50 slow ones, HTTPS", 50, halfHello, true, true },
        { "F49 1,000 wrong Hosts", 1'000, wrongHost, false, false },
        { "F46 1,000 without TLS at an HTTPS port", 1'000, wrongHost, false, true },
    };
    const auto add = [](const auto &crowd, const char *place, const char *host, const QHostAddress &address) {
        QTest::addRow("%s, %s", crowd.name, place) << crowd.count << crowd.words << crowd.drips
                                                   << crowd.secure << QString::fromLatin1(host) << address;
    };
    for (const auto &crowd : crowds) {
        add(crowd, "localhost", "localhost", four);
        add(crowd, "localhost by IPv6", "localhost", six);
        if (crowd.secure)
            continue; // what has no certificate is not served (R9)
        add(crowd, "IPv4", "127.0.0.1", four);
        add(crowd, "IPv6", "::1", six);
    }
}

// The slow ones say a byte every two milliseconds, for an hour if they may. The good one comes in the middle:
// it may neither be pushed out by the later ones nor wait for them. The crowd is on a thread of its own, so
// that this one does the listener's work alone; it does a little of it in each turn of the event loop.
void TestLoopbackListenerCrowds::answersWithoutWaitingForTheCrowd()
{
    QFETCH(const int, count);
    QFETCH(const QByteArray, words);
    QFETCH(const bool, drips);
    QFETCH(const QString, host);
    QFETCH(const QHostAddress, address);
    QFETCH(const bool, secure);
    Listening flow(redirectUri(freePort(), host, "/callback", secure), { .head = 1h },
                   secure ? std::optional(TlsIdentity { m_certificate, Secret(m_key) }) : std::nullopt);
    bool isAnswered = false;
    QObject::connect(flow.listener.get(), &RedirectListener::answered, flow.listener.get(), [&] {
        isAnswered = true;
        flow.listener->answerBrowser(RedirectPage::SignedIn);
    });
    FaultBrowser browser(flow.uri.port, address);
    if (secure)
        browser.useTls(m_certificate);

    const Turns turns;
    Crowd crowd;
    std::atomic<bool> isHalf = false;
    std::atomic<bool> isWhole = false;
    std::atomic<bool> isOver = false;
    bool joined = true;
    std::thread coming([&] {
        joined = crowd.join(count / 2, flow.uri.port, words, address);
        isHalf = true;
        joined = joined && crowd.join(count / 2, flow.uri.port, words, address);
        isWhole = true;
        for (; drips && !isOver; std::this_thread::sleep_for(2ms))
            crowd.drip();
    });
    bool isVisited = false;
    QTimer looking;
    looking.callOnTimeout(&looking, [&] {
        if (isHalf && !std::exchange(isVisited, true))
            browser.visit(flow.goodRequest());
        if (isWhole && isAnswered)
            QTestEventLoop::instance().exitLoop();
    });
    looking.start(1ms);
    // A loop as in the product: QTRY_VERIFY naps ten milliseconds between its looks at the sockets.
    QTestEventLoop::instance().enterLoopMSecs(60'000);
    looking.stop();
    isOver = true;
    coming.join();

    QVERIFY(joined);
    QVERIFY(isAnswered);
    QVERIFY(flow.hasTheCode());
    QTRY_COMPARE(browser.last().status(), 303);
    QTRY_VERIFY(crowd.stillConnected() <= 8);
    qInfo("the window came round %d times", turns.count());
    QVERIFY(turns.count() >= count / mostInATurn);
}

void TestLoopbackListenerCrowds::answersWhileSilentOnesHoldEveryPlace_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<bool>("secure");
    QTest::newRow("R20 8 silent connections") << QByteArray() << false;
    QTest::newRow("R20 8 that began") << QByteArray("GET /") << false;
    QTest::newRow("R20 8 silent connections, HTTPS") << QByteArray() << true;
    QTest::newRow("R20 8 that began, HTTPS") << halfHello << true;
}

// They hold all eight places, well before the awaited browser comes: the oldest has to go for it.
void TestLoopbackListenerCrowds::answersWhileSilentOnesHoldEveryPlace()
{
    QFETCH(const QByteArray, words);
    QFETCH(const bool, secure);
    Listening flow(redirectUri(freePort(), u"localhost"_s, "/callback", secure), { .head = 1h },
                   secure ? std::optional(TlsIdentity { m_certificate, Secret(m_key) }) : std::nullopt);
    Crowd crowd;
    QVERIFY(crowd.join(8, flow.uri.port, words));
    QTest::qWait(100); // they stay for a while: no connection waits for their places
    QCOMPARE(crowd.stillConnected(), 8);

    FaultBrowser browser(flow.uri.port);
    if (secure)
        browser.useTls(m_certificate);
    browser.visit(flow.goodRequest());

    QTRY_COMPARE(flow.answers.size(), 1U);
    QVERIFY(flow.hasTheCode());
    QCOMPARE(crowd.stillConnected(), 7);
}

void TestLoopbackListenerCrowds::readsAHeadCutAtEveryByte_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QHostAddress>("address");
    QTest::addColumn<bool>("secure");
    QTest::newRow("F50 127.0.0.1") << u"127.0.0.1"_s << four << false;
    QTest::newRow("F50 ::1") << u"::1"_s << six << false;
    QTest::newRow("F50 localhost") << u"localhost"_s << four << false;
    QTest::newRow("F50 localhost by IPv6") << u"localhost"_s << six << false;
    QTest::newRow("F50 HTTPS") << u"localhost"_s << four << true;
}

void TestLoopbackListenerCrowds::readsAHeadCutAtEveryByte()
{
    QFETCH(const QString, host);
    QFETCH(const QHostAddress, address);
    QFETCH(const bool, secure);
    const RedirectUri uri = redirectUri(freePort(), host, "/callback", secure);
    const auto identity = secure ? std::optional(TlsIdentity { m_certificate, Secret(m_key) }) : std::nullopt;
    const qsizetype size = Listening(uri, {}, identity).goodRequest().size();
    for (qsizetype cut = 1; cut < size; ++cut) {
        Listening flow(uri, {}, identity);
        QVERIFY(flow.result);
        const QByteArray request = flow.goodRequest();
        FaultBrowser browser(uri.port, address);
        if (secure)
            browser.useTls(m_certificate);
        browser.visitInPieces({ request.first(cut), request.sliced(cut) }, 1ms);
        QObject::connect(flow.listener.get(), &RedirectListener::answered, &QTestEventLoop::instance(),
                         &QTestEventLoop::exitLoop);
        QTestEventLoop::instance().enterLoopMSecs(5'000);
        QCOMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
        QVERIFY(flow.foreign.isEmpty());
    }
}

// The measure itself can fail.
void TestLoopbackListenerCrowds::countsAThreadThatIsBusy()
{
    const Turns turns;
    int done = 0;
    QTimer::singleShot(0, this, [&done] {
        for (int each = 0; each < 1'000; ++each)
            ++done;
    });
    QTRY_COMPARE(done, 1'000);
    QVERIFY(turns.count() < 1'000 / mostInATurn);
}

LATCHKEY_TEST(TestLoopbackListenerCrowds)
#include "tst_loopbacklistener_crowds.moc"
