// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/httpexchange.h"
#include "core/io/http/httpwaiter.h"
#include "core/io/http/qtnetworkhttpclient.h"
#include "support/network/askingproxy.h"
#include "support/network/blackhole.h"
#include "support/network/faultserver.h"
#include "support/network/relayproxy.h"
#include "support/testprogram.h"

#include <QScopeGuard>
#include <QTest>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using TransportFault = TransportError::Kind;
using Challenge = AskingProxy::Challenge;

namespace {

constexpr const char *names[] = { "http_proxy", "https_proxy", "all_proxy", "no_proxy",
                                  "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY" };

struct Kinds
{
    const char *name;
    Challenge challenge;
};
constexpr Kinds challenges[] = {
    { "Basic", Challenge::Basic },
    { "Basic, each time another realm", Challenge::NewRealms },
    { "Digest, stale", Challenge::StaleDigest },
    { "NTLM", Challenge::Ntlm },
    { "Negotiate", Challenge::Negotiate },
    { "all of them", Challenge::All },
    { "an unknown way", Challenge::Unknown },
    { "no way at all", Challenge::Bare },
};

HttpRequest postElsewhere(bool isTls)
{
    auto request = postTo(QUrl(u"%1://elsewhere.invalid/token"_s.arg(isTls ? u"https"_s : u"http"_s)));
    request.allowPlainHttp = true;
    return request;
}

NetworkSettings byHand(quint16 port)
{
    return { .proxy = Preferences::Proxy::Manual, .proxyHost = u"127.0.0.1"_s, .proxyPort = port };
}

QByteArray at(quint16 port)
{
    return "127.0.0.1:" + QByteArray::number(port);
}

QString nameOf(quint16 port)
{
    return QString::fromLatin1(at(port));
}

} // namespace

class TestHttpExchangeProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void namesTheProxyThatFails_data();
    void namesTheProxyThatFails();
    void namesTheProxyThatIsSilent_data();
    void namesTheProxyThatIsSilent();
    void blamesTheProxyBeforeAnAnswer_data();
    void blamesTheProxyBeforeAnAnswer();
    void decidesByTheHeadOfA407_data();
    void decidesByTheHeadOfA407();
    void sendsThroughTheProxyExactlyOnce();
    void opensOneTunnel();
    void answersThroughTheProxy_data();
    void answersThroughTheProxy();
    void logsInOnce_data();
    void logsInOnce();
    void logsInToSocksOnce();
    void blamesWhatASocksProxyNames_data();
    void blamesWhatASocksProxyNames();
    void neverAnswersAServersChallenge_data();
    void neverAnswersAServersChallenge();
    void usesTheLogin_data();
    void usesTheLogin();
    void sendsNothingWhereTheVariableIsUnclear_data();
    void sendsNothingWhereTheVariableIsUnclear();
    void reachesLoopbackWithoutTheProxy();
};

void TestHttpExchangeProxies::cleanup()
{
    for (const char *name : names)
        qunsetenv(name);
}

void TestHttpExchangeProxies::namesTheProxyThatFails_data()
{
    QTest::addColumn<fault::Script>("script");
    QTest::addColumn<bool>("isDown");
    QTest::addColumn<bool>("isTls");
    for (const bool isTls : { true, false })
        QTest::addRow("F31 down, %s", isTls ? "https" : "http") << fault::Script {} << true << isTls;
    for (const int status : { 101, 302, 403, 404, 500, 502, 503 })
        QTest::addRow("F31 %d, https", status) << fault::answer(status, "no") << false << true;
    QTest::newRow("F31 closes, https") << fault::Script { fault::Close {} } << false << true;
    QTest::newRow("F31 no HTTP, https")
        << fault::Script { fault::Send { "SSH-2.0-x\r\n\r\n" } } << false << true;
    QTest::newRow("F31 endless headers, https")
        << fault::Script { fault::Flood { QByteArray(64 * 1024, 'x') } } << false << true;
    QTest::newRow("F31 speaks for the server, https")
        << fault::Script { fault::Send { "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" } } << false
        << true;
}

void TestHttpExchangeProxies::namesTheProxyThatFails()
{
    QFETCH(fault::Script, script);
    QFETCH(bool, isDown);
    QFETCH(bool, isTls);
    FaultServer proxy(script);
    const quint16 port = proxy.serverPort();
    if (isDown)
        proxy.close();
    QtNetworkHttpClient client;
    QVERIFY(client.apply(byHand(port)));

    const auto result = sendAndWait(client, postElsewhere(isTls));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::Proxy);
    QCOMPARE(result.error().detail, nameOf(port));
    QVERIFY(!result.error().maybeReceived); // only the proxy was spoken to
    QVERIFY(proxy.requests().size() <= 1);
}

void TestHttpExchangeProxies::namesTheProxyThatIsSilent_data()
{
    QTest::addColumn<bool>("accepts");
    QTest::newRow("F95 it does not accept") << false;
    QTest::newRow("F95 it accepts and says nothing") << true;
}

// The blame: nothing was asked of the vendor yet.
void TestHttpExchangeProxies::namesTheProxyThatIsSilent()
{
    QFETCH(bool, accepts);
    FaultServer silent({});
    const BlackHole hole;
    const auto port = accepts ? silent.serverPort() : static_cast<quint16>(hole.url(u"http"_s).port());
    QtNetworkHttpClient client({ .connect = 300ms, .total = 8s });
    QVERIFY(client.apply(byHand(port)));

    const auto result = sendAndWait(client, postElsewhere(true));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::Proxy);
    QCOMPARE(result.error().detail, nameOf(port));
    QVERIFY(!result.error().maybeReceived);
}

void TestHttpExchangeProxies::blamesTheProxyBeforeAnAnswer_data()
{
    QTest::addColumn<fault::Script>("script");
    QTest::addColumn<TransportFault>("onGet");
    QTest::addColumn<TransportFault>("onPost");
    QTest::addColumn<bool>("isOfProxy");
    using namespace fault;
    const auto row = [](const char *name, const Script &script, TransportFault onGet, TransportFault onPost) {
        QTest::addRow("F95 %s", name) << script << onGet << onPost << (onGet == TransportFault::Proxy);
    };
    const auto ofProxy = TransportFault::Proxy;
    row("closes", { Close {} }, ofProxy, TransportFault::Incomplete);
    row("resets", { Reset {} }, ofProxy, TransportFault::Incomplete);
    row("closes in the head", { Send { "HTTP/1.1 200 OK\r\nX: " }, Close {} }, ofProxy,
        TransportFault::Incomplete);
    row("an interim answer only", { Send { "HTTP/1.1 100 Continue\r\n\r\n" }, Close {} }, ofProxy,
        TransportFault::Incomplete);
    row("says nothing", {}, ofProxy, TransportFault::TimedOut);
    row("no HTTP", { Send { "SSH-2.0-x\r\n\r\n" } }, ofProxy, ofProxy);
    row("no HTTP, closes", { Send { "SSH-2.0-x\r\n" }, Close {} }, ofProxy, TransportFault::Incomplete);
    row("endless headers", { Flood { QByteArray(64 * 1024, 'x') } }, ofProxy, ofProxy);
    row("closes in the body", { Send { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{" }, Close {} },
        TransportFault::Incomplete, TransportFault::Incomplete);
    row("silent in the body", { Send { "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" } },
        TransportFault::TimedOut, TransportFault::TimedOut);
    row("a large body", { Send { "HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" } },
        TransportFault::TooLarge, TransportFault::TooLarge);
}

// Plain http: the proxy is all we speak with, until the head of an answer comes. What became of a POST is
// unknown then, so its kind allows no second one (R40); the words name the proxy all the same.
void TestHttpExchangeProxies::blamesTheProxyBeforeAnAnswer()
{
    QFETCH(fault::Script, script);
    QFETCH(bool, isOfProxy);
    for (const bool isPost : { true, false }) {
        FaultServer proxy(script);
        QtNetworkHttpClient client({ .connect = 8s, .total = 700ms });
        QVERIFY(client.apply(byHand(proxy.serverPort())));
        HttpRequest request = postElsewhere(false);
        if (!isPost)
            request.method = HttpMethod::Get;

        const auto result = sendAndWait(client, request);

        QVERIFY(!result);
        QTEST(result.error().kind, isPost ? "onPost" : "onGet");
        const QString name = nameOf(proxy.serverPort());
        const QString words = result.error().kind == TransportFault::Proxy ? name : u"The proxy "_s + name;
        QCOMPARE(result.error().detail, isOfProxy ? words : u"elsewhere.invalid"_s);
        QVERIFY(result.error().maybeReceived);
        QCOMPARE(proxy.requests().size(), 1);
    }
}

void TestHttpExchangeProxies::decidesByTheHeadOfA407_data()
{
    QTest::addColumn<fault::Script>("script");
    QTest::addColumn<QByteArray>("login");
    using namespace fault;
    const auto head = [](const QByteArray &length) {
        return Send { "HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\nContent-Length: " + length
                      + "\r\n\r\nabc" };
    };
    const QList<std::pair<const char *, Script>> answers {
        { "cut", { head("300"), Close {} } },
        { "hanging", { head("300") } },
        { "of 30 MB", { head("30000000") } },
        { "of a length below zero", { head("-1") } },
        { "of two lengths", { head("3\r\nContent-Length: 4") } },
    };
    const QList<std::pair<const char *, QByteArray>> logins {
        { "no login", "" },
        { "a login", "ann:CANARY-password-1@" },
        { "a password alone", ":CANARY-password-1@" },
    };
    for (const auto &[name, script] : answers) {
        for (const auto &[way, login] : logins)
            QTest::addRow("F95 %s, %s", name, way) << script << login;
    }
}

void TestHttpExchangeProxies::decidesByTheHeadOfA407()
{
    QFETCH(fault::Script, script);
    QFETCH(QByteArray, login);
    FaultServer proxy(script);
    qputenv("http_proxy", "http://" + login + at(proxy.serverPort()));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postElsewhere(false));

    QVERIFY(!result);
    QCOMPARE(result.error().kind,
             login.isEmpty() ? TransportFault::ProxyPasswordMissing : TransportFault::ProxyPasswordRefused);
    QCOMPARE(result.error().detail, nameOf(proxy.serverPort()));
    QVERIFY(!result.error().maybeReceived); // nothing was passed on
    QCOMPARE(proxy.requests().size(), 1);
    const QByteArray sent =
        "\r\nProxy-Authorization: Basic " + login.chopped(login.isEmpty() ? 0 : 1).toBase64();
    QCOMPARE(proxy.requests().first().contains(sent + "\r\n"), !login.isEmpty());
}

void TestHttpExchangeProxies::sendsThroughTheProxyExactlyOnce()
{
    FaultServer proxy({ fault::Close {} });
    QtNetworkHttpClient client;
    QVERIFY(client.apply(byHand(proxy.serverPort())));

    const auto result = sendAndWait(client, postElsewhere(false));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::Incomplete);
    QVERIFY(result.error().maybeReceived);
    QVERIFY(hasSettled(proxy));
    QCOMPARE(proxy.requests().size(), 1);
    QVERIFY(proxy.requests().first().startsWith("POST http://elsewhere.invalid/token HTTP/1.1\r\n"));
}

// What comes after the answer to CONNECT is TLS, with nothing of ours before it.
void TestHttpExchangeProxies::opensOneTunnel()
{
    FaultServer proxy({ fault::Send { "HTTP/1.1 200 Connected\r\nX-Proxy: 1\r\n\r\n" } });
    QtNetworkHttpClient client({ .connect = 3s, .total = 8s });
    QVERIFY(client.apply(byHand(proxy.serverPort())));

    const auto result = sendAndWait(client, postElsewhere(true));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::TimedOut); // the vendor's handshake is what was missing
    QCOMPARE(proxy.requests().size(), 1);
    QVERIFY(proxy.requests().first().startsWith(
        "CONNECT elsewhere.invalid:443 HTTP/1.1\r\nHost: elsewhere.invalid:443\r\n"));
    QVERIFY(!proxy.requests().first().contains("CANARY"));
}

void TestHttpExchangeProxies::answersThroughTheProxy_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::addColumn<bool>("isTls");
    QTest::newRow("F96 CONNECT") << "http://"_ba << true;
    QTest::newRow("F96 SOCKS, https") << "socks5h://"_ba << true;
    QTest::newRow("F96 SOCKS, http") << "socks5h://"_ba << false;
}

// The certificate is the server's own, checked against the address and not against the proxy's.
void TestHttpExchangeProxies::answersThroughTheProxy()
{
    QFETCH(QByteArray, scheme);
    QFETCH(bool, isTls);
    FaultServer server(fault::answer(200, "{}"));
    if (isTls)
        server.useTls(u"wrong-host"_s); // its name is elsewhere.invalid
    RelayProxy proxy(scheme == "http://" ? RelayProxy::Way::Connect : RelayProxy::Way::Socks,
                     server.serverPort());
    qputenv("all_proxy", scheme + at(proxy.serverPort()));
    QtNetworkHttpClient client;
    QVERIFY(client.apply({ .extraCaPem = testData(u"tls/authority.pem"_s) }));

    const auto result = sendAndWait(client, postElsewhere(isTls));

    QVERIFY(result);
    QCOMPARE(result->body, "{}");
    QCOMPARE(proxy.requests().size(), 1);
    QVERIFY(proxy.requests().first().contains("elsewhere.invalid")); // it is the proxy that looks it up
    QVERIFY(!proxy.requests().first().contains("CANARY"));
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(server.requests().first().startsWith("POST /token HTTP/1.1\r\nHost: elsewhere.invalid\r\n"));
}

void TestHttpExchangeProxies::logsInOnce_data()
{
    QTest::addColumn<Challenge>("challenge");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("hasPassword");
    QTest::addColumn<bool>("isTls");
    for (const Kinds &kind : challenges) {
        for (const bool closes : { false, true }) {
            for (const bool hasPassword : { false, true }) {
                for (const bool isTls : { false, true }) {
                    QTest::addRow("F95 %s%s%s, %s", kind.name, closes ? ", closing" : "",
                                  hasPassword ? ", with a password" : "", isTls ? "https" : "http")
                        << kind.challenge << closes << hasPassword << isTls;
                }
            }
        }
    }
}

void TestHttpExchangeProxies::logsInOnce()
{
    QFETCH(Challenge, challenge);
    QFETCH(bool, closes);
    QFETCH(bool, hasPassword);
    QFETCH(bool, isTls);
    AskingProxy proxy(challenge, closes);
    const QByteArray login = hasPassword ? "ann:CANARY-password-1@" : "";
    qputenv("all_proxy", "http://" + login + at(proxy.serverPort()));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postElsewhere(isTls));

    QVERIFY(!result);
    QCOMPARE(result.error().kind,
             hasPassword ? TransportFault::ProxyPasswordRefused : TransportFault::ProxyPasswordMissing);
    QCOMPARE(result.error().detail, nameOf(proxy.serverPort()));
    QCOMPARE(proxy.requests().size(), 1);
    const QByteArray header =
        "\r\nProxy-Authorization: Basic " + QByteArray("ann:CANARY-password-1").toBase64();
    QCOMPARE(proxy.requests().first().contains(header), hasPassword);
    QCOMPARE(proxy.requests().first().contains("Authorization"), hasPassword);
}

// F95
void TestHttpExchangeProxies::logsInToSocksOnce()
{
    AskingProxy proxy(Challenge::Socks);
    qputenv("all_proxy", "socks5h://ann:CANARY-password-1@" + at(proxy.serverPort()));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postElsewhere(true));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::ProxyPasswordRefused);
    QCOMPARE(result.error().detail, nameOf(proxy.serverPort()));
    QCOMPARE(proxy.requests().size(), 1);
}

void TestHttpExchangeProxies::blamesWhatASocksProxyNames_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::addColumn<char>("reply");
    QTest::addColumn<TransportFault>("fault");
    QTest::addColumn<int>("requests");
    QTest::newRow("F95 the name is not found here")
        << "socks5://"_ba << '\0' << TransportFault::HostNotFound << 0;
    QTest::newRow("F95 the proxy does not find the name")
        << "socks5h://"_ba << '\4' << TransportFault::Proxy << 1;
    QTest::newRow("F95 the vendor refuses")
        << "socks5h://"_ba << '\5' << TransportFault::ConnectionRefused << 1;
    QTest::newRow("F95 the proxy fails") << "socks5h://"_ba << '\1' << TransportFault::Proxy << 1;
    QTest::newRow("F95 the proxy does not allow it") << "socks5h://"_ba << '\2' << TransportFault::Proxy << 1;
}

void TestHttpExchangeProxies::blamesWhatASocksProxyNames()
{
    QFETCH(QByteArray, scheme);
    QFETCH(char, reply);
    RelayProxy proxy(RelayProxy::Way::Socks, 1);
    proxy.fail(reply);
    qputenv("all_proxy", scheme + at(proxy.serverPort()));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postElsewhere(true));

    QVERIFY(!result);
    QTEST(result.error().kind, "fault");
    QTEST(static_cast<int>(proxy.requests().size()), "requests");
}

void TestHttpExchangeProxies::neverAnswersAServersChallenge_data()
{
    QTest::addColumn<Challenge>("challenge");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<int>("status");
    for (const Kinds &kind : challenges) {
        for (const bool closes : { false, true })
            QTest::addRow("F95 %s%s", kind.name, closes ? ", closing" : "")
                << kind.challenge << closes << 401;
    }
    QTest::newRow("F95 a server that says 407") << Challenge::Ntlm << false << 407;
}

void TestHttpExchangeProxies::neverAnswersAServersChallenge()
{
    QFETCH(Challenge, challenge);
    QFETCH(bool, closes);
    QFETCH(int, status);
    AskingProxy server(challenge, closes, status);
    QtNetworkHttpClient client;
    for (const bool isPost : { true, false }) {
        const QUrl url(u"http://127.0.0.1:%1/token"_s.arg(server.serverPort()));
        const auto result = sendAndWait(client, isPost ? postTo(url) : getFrom(url));
        QVERIFY(result);
        QCOMPARE(result->status, status);
    }
    QCOMPARE(server.requests().size(), 2);
}

void TestHttpExchangeProxies::usesTheLogin_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<bool>("isTls");
    QTest::newRow("F96 plain http") << "http_proxy"_ba << false;
    QTest::newRow("F96 https") << "https_proxy"_ba << true;
    QTest::newRow("F96 https, upper case") << "HTTPS_PROXY"_ba << true;
}

void TestHttpExchangeProxies::usesTheLogin()
{
    QFETCH(QByteArray, variable);
    QFETCH(bool, isTls);
    FaultServer proxy(fault::answer(isTls ? 502 : 200, "{}"));
    qputenv(variable.constData(), "ann%40corp:CANARY%3A%C3%A4@" + at(proxy.serverPort()));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postElsewhere(isTls));

    QCOMPARE(result.has_value(), !isTls);
    QCOMPARE(proxy.requests().size(), 1);
    QVERIFY(proxy.requests().first().contains("\r\nProxy-Authorization: Basic "
                                              + QByteArray("ann@corp:CANARY:\xc3\xa4").toBase64() + "\r\n"));
}

void TestHttpExchangeProxies::sendsNothingWhereTheVariableIsUnclear_data()
{
    QTest::addColumn<QByteArray>("login");
    QTest::newRow("F96 an unknown kind") << "gopher://ann:CANARY-password-1@"_ba;
    QTest::newRow("F94 Latin-1, encoded") << "http://ann:CANARY-%FCber@"_ba;
    QTest::newRow("F94 Latin-1, encoded, in the user") << "http://%FCnn:CANARY-password-1@"_ba;
    QTest::newRow("F94 Latin-1") << "http://ann:CANARY-\xFC@"_ba;
}

void TestHttpExchangeProxies::sendsNothingWhereTheVariableIsUnclear()
{
    QFETCH(QByteArray, login);
    FaultServer proxy(fault::answer(200, "{}"));
    qputenv("http_proxy", login + at(proxy.serverPort()));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postElsewhere(false));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::ProxyUnclear);
    QCOMPARE(result.error().detail, u"http_proxy"_s);
    QVERIFY(!result.error().maybeReceived);
    QCOMPARE(proxy.connections(), 0);
}

void TestHttpExchangeProxies::reachesLoopbackWithoutTheProxy()
{
    FaultServer proxy(fault::answer(407, "no"));
    FaultServer server(fault::answer(200, "{}"));
    qputenv("http_proxy", "http://" + at(proxy.serverPort()));
    QtNetworkHttpClient client;

    QVERIFY(sendAndWait(client, postTo(server.url())));
    QVERIFY(client.apply(byHand(proxy.serverPort())));
    QVERIFY(sendAndWait(client, postTo(server.url())));

    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(proxy.connections(), 0);
}

LATCHKEY_TEST(TestHttpExchangeProxies)
#include "tst_httpexchange_proxies.moc"
