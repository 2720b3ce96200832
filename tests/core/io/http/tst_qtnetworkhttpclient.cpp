// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/httpwaiter.h"
#include "core/io/http/qtnetworkhttpclient.h"
#include "support/network/faultserver.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace latchkey;
using namespace Qt::StringLiterals;

using TransportFault = TransportError::Kind;

using SettingsFault = NetworkSettingsError::Kind;

class TestQtNetworkHttpClient final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsThePostAsGiven();
    void sendsTheGetWithoutABody();
    void givesEveryAnswerAsItIs_data();
    void givesEveryAnswerAsItIs();
    void sendsExactlyOnce_data();
    void sendsExactlyOnce();
    void takesABrokenAnswer_data();
    void takesABrokenAnswer();
    void followsNoRedirect_data();
    void followsNoRedirect();
    void keepsNoCookieAndNoConnection();
    void refusesTheAddress_data();
    void refusesTheAddress();
    void allowsPlainHttpWhereTheUserDid();
    void tellsWhyTheServerWasNotReached_data();
    void tellsWhyTheServerWasNotReached();
    void namesTheProxy_data();
    void namesTheProxy();
    void stopsWhenItsOwnerIsGone();
    void stopsWhenItIsDeleted();
    void answersLater();
    void takesTheSystemsProxyByDefault();
    void takesAProxyAndACaFile();
    void reportsACaFileThatCannotBeUsed_data();
    void reportsACaFileThatCannotBeUsed();
    void reportsAnIncompleteProxy_data();
    void reportsAnIncompleteProxy();

private:
    QTemporaryDir m_folder;
};

// R23
void TestQtNetworkHttpClient::sendsThePostAsGiven()
{
    FaultServer server(fault::answer(200, "{}", "Content-Type: application/json\r\n"));
    QtNetworkHttpClient client;
    auto request = postTo(server.url());
    request.headers.emplaceBack("TenantRegion", "EU");

    const auto result = sendAndWait(client, request);

    QVERIFY(result);
    QCOMPARE(result->status, 200);
    QCOMPARE(result->contentType, "application/json");
    QCOMPARE(result->body, "{}");
    QCOMPARE(server.requests().size(), 1);
    const QByteArray sent = server.requests().first();
    QVERIFY(sent.startsWith("POST /token HTTP/1.1\r\n"));
    QVERIFY(sent.endsWith("\r\n\r\n" + request.body));
    QVERIFY(sent.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
    QVERIFY(sent.contains("\r\nContent-Length: " + QByteArray::number(request.body.size()) + "\r\n"));
    QVERIFY(sent.contains("\r\nTenantRegion: EU\r\n"));
    QVERIFY(sent.contains("\r\nAccept: application/json\r\n"));
    QVERIFY(sent.contains("\r\nAccept-Encoding: identity\r\n")); // R26
    QVERIFY(sent.contains("\r\nConnection: close\r\n"));
    QVERIFY(!sent.toLower().contains("\r\nupgrade:"));
    QVERIFY(!sent.toLower().contains("\r\ncookie:"));
}

void TestQtNetworkHttpClient::sendsTheGetWithoutABody()
{
    FaultServer server(fault::answer(200, "hello"));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, getFrom(server.url(u"/api?x=%2B1"_s)));

    QVERIFY(result);
    QCOMPARE(result->body, "hello");
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(server.requests().first().startsWith("GET /api?x=%2B1 HTTP/1.1\r\n"));
    QVERIFY(server.requests().first().endsWith("\r\n\r\n"));
}

void TestQtNetworkHttpClient::givesEveryAnswerAsItIs_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");

    QTest::newRow("F1 a login page") << 200 << "Content-Type: text/html; charset=utf-8\r\n"_ba;
    QTest::newRow("F24 an OAuth error") << 400 << "Content-Type: application/json\r\n"_ba;
    QTest::newRow("F25 401 bare") << 401 << ""_ba;
    QTest::newRow("F25 401 Basic") << 401 << "WWW-Authenticate: Basic realm=\"x\"\r\n"_ba;
    QTest::newRow("F25 401 Digest") << 401 << "WWW-Authenticate: Digest realm=\"x\", nonce=\"1\"\r\n"_ba;
    QTest::newRow("F25 401 Bearer") << 401 << "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n"_ba;
    QTest::newRow("F25 401 Negotiate") << 401 << "WWW-Authenticate: Negotiate\r\n"_ba;
    QTest::newRow("F25 401 NTLM") << 401 << "WWW-Authenticate: NTLM\r\n"_ba;
    QTest::newRow("F26 403 of a firewall") << 403 << "Content-Type: text/html\r\n"_ba;
    for (const int status : { 404, 405, 409, 410, 418, 500, 501, 502, 503, 504, 599 })
        QTest::addRow("F28 %d", status) << status << ""_ba;
    QTest::newRow("F27 429") << 429 << "Retry-After: 5\r\nDate: Sat, 01 Aug 2026 10:00:00 GMT\r\n"_ba;
    QTest::newRow("F20 chunked") << 200 << "Transfer-Encoding: chunked\r\n"_ba;
    QTest::newRow("F20 the same length twice") << 200 << "Content-Length: 4\r\nContent-Length: 4\r\n"_ba;
    QTest::newRow("F20 gzip although identity was asked") << 200 << "Content-Encoding: gzip\r\n"_ba;
}

void TestQtNetworkHttpClient::givesEveryAnswerAsItIs()
{
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    const bool isChunked = headers.contains("chunked");
    FaultServer server(fault::answer(status, isChunked ? "4\r\nbody\r\n0\r\n\r\n" : "body", headers));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(result);
    QCOMPARE(result->status, status);
    QCOMPARE(result->body, "body");
    if (status == 429) {
        QCOMPARE(result->retryAfter, "5");
        QCOMPARE(result->date, "Sat, 01 Aug 2026 10:00:00 GMT");
    }
    QVERIFY(hasSettled(server));
    QCOMPARE(server.requests().size(), 1);
}

void TestQtNetworkHttpClient::sendsExactlyOnce_data()
{
    QTest::addColumn<fault::Script>("script");
    QTest::addColumn<bool>("isTls");
    QTest::addColumn<bool>("isPost");
    using namespace fault;
    const auto head = "HTTP/1.1 200 OK\r\nContent-Type: applic"_ba;
    const auto part = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":"_ba;
    const auto refusal = "HTTP/1.1 400 No\r\nContent-Length: 100\r\n\r\n{"_ba;
    const auto chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{\"acc"_ba;
    const auto lengths = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 4\r\n\r\n{}{}"_ba;
    const QList<std::pair<const char *, Script>> faults {
        { "closed before the answer", { Close {} } },
        { "reset before the answer", { Reset {} } },
        { "closed in the headers", { Send { head }, Close {} } },
        { "reset in the headers", { Send { head }, Reset {} } },
        { "closed in the body", { Send { part }, Close {} } },
        { "reset in the body", { Send { part }, Reset {} } },
        { "closed in the body of a refusal", { Send { refusal }, Close {} } },
        { "closed in a chunk", { Send { chunk }, Close {} } },
        { "no HTTP", { Send { "220 mail.example ESMTP\r\n" }, Close {} } },
        { "no HTTP, reset", { Send { "220 mail.example ESMTP\r\n" }, Reset {} } },
        { "two lengths", { Send { lengths }, Close {} } },
        { "an interim answer only", { Send { "HTTP/1.1 100 Continue\r\n\r\n" }, Close {} } },
    };
    for (const auto &[name, script] : faults) {
        for (const bool isTls : { false, true }) {
            for (const bool isPost : { true, false }) {
                QTest::addRow("F22 %s, %s, %s", name, isTls ? "TLS" : "http", isPost ? "POST" : "GET")
                    << script << isTls << isPost;
            }
        }
    }
}

// R25, R40
void TestQtNetworkHttpClient::sendsExactlyOnce()
{
    QFETCH(fault::Script, script);
    QFETCH(bool, isTls);
    QFETCH(bool, isPost);
    FaultServer server(script);
    QtNetworkHttpClient client;
    if (isTls) {
        server.useTls(u"good"_s);
        QVERIFY(client.apply({ .extraCaPem = testData(u"tls/authority.pem"_s) }));
    }
    const QUrl url = server.url(u"/token?hint=CANARY-query-1"_s);

    const auto result = sendAndWait(client, isPost ? postTo(url) : getFrom(url));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::Incomplete);
    QVERIFY(result.error().maybeReceived);
    QVERIFY(result.error().detail == "127.0.0.1"_L1);
    QVERIFY(hasSettled(server));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.connections(), 2); // one of them is the probe
}

void TestQtNetworkHttpClient::takesABrokenAnswer_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<bool>("isBroken");
    QTest::newRow("F100 a length below zero") << "Content-Length: -1\r\n"_ba
                                              << ""_ba << true;
    QTest::newRow("F100 no chunk") << "Transfer-Encoding: chunked\r\n"_ba
                                   << ""_ba << true;
    QTest::newRow("F100 gzip in no chunk") << "Transfer-Encoding: gzip, chunked\r\n"_ba
                                           << "gzip"_ba << true;
    QTest::newRow("F100 gzip") << "Transfer-Encoding: gzip\r\n"_ba
                               << "gzip"_ba << false;
    QTest::newRow("F100 identity") << "Transfer-Encoding: identity\r\n"_ba
                                   << ""_ba << false;
}

// It did come: nothing says that the server broke off.
void TestQtNetworkHttpClient::takesABrokenAnswer()
{
    QFETCH(QByteArray, headers);
    QFETCH(bool, isBroken);
    FaultServer server({ fault::Send { "HTTP/1.1 200 OK\r\n" + headers + "\r\nbody\r\n" }, fault::Close {} });
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(result);
    QCOMPARE(result->status, 200);
    QTEST(!result->fault.isEmpty(), "isBroken");
    QTEST(result->contentEncoding, "encoding");
    QCOMPARE(result->body, isBroken ? "" : "body\r\n");
    QCOMPARE(server.requests().size(), 1);
}

void TestQtNetworkHttpClient::followsNoRedirect_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    for (const int status : { 301, 302, 303, 307, 308 }) {
        for (const char *location : { "https://elsewhere.invalid/token", "http://elsewhere.invalid/",
                                      "file:///etc/passwd", "/token", "http://127.0.0.1:OTHER/token", "" }) {
            QTest::addRow("F23 %d to %s", status, location) << status << QByteArray(location);
        }
    }
}

// R24
void TestQtNetworkHttpClient::followsNoRedirect()
{
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    FaultServer other(fault::answer(200, "{}"));
    location.replace("OTHER", QByteArray::number(other.serverPort()));
    FaultServer server(fault::answer(status, "moved", "Location: " + location + "\r\n"));
    QtNetworkHttpClient client;

    const auto result = sendAndWait(client, postTo(server.url()));

    QVERIFY(result);
    QCOMPARE(result->status, status);
    QCOMPARE(result->location, location);
    QVERIFY(hasSettled(server));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(other.connections(), 0);
}

void TestQtNetworkHttpClient::keepsNoCookieAndNoConnection()
{
    const auto answer = fault::answerBytes(
        200, "{}", "Set-Cookie: a=b\r\nConnection: keep-alive\r\nCache-Control: max-age=99\r\n");
    FaultServer server({ fault::Send { answer } });
    QtNetworkHttpClient client;

    QVERIFY(sendAndWait(client, getFrom(server.url())));
    QVERIFY(sendAndWait(client, getFrom(server.url())));

    QCOMPARE(server.requests().size(), 2); // R28: nothing came from a cache
    QVERIFY(!server.requests().last().toLower().contains("cookie"));
    QCOMPARE(server.connections(), 2); // fact 1: a reused connection may be sent on twice
}

void TestQtNetworkHttpClient::refusesTheAddress_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QByteArray>("headerValue");
    QTest::newRow("R22 plain http") << QUrl(u"http://elsewhere.invalid/token"_s) << ""_ba;
    QTest::newRow("R22 http to a look-alike of loopback")
        << QUrl(u"http://127.0.0.1.evil.invalid/"_s) << ""_ba;
    QTest::newRow("R22 user information") << QUrl(u"https://user@elsewhere.invalid/token"_s) << ""_ba;
    QTest::newRow("R22 a password") << QUrl(u"https://user:word@elsewhere.invalid/token"_s) << ""_ba;
    QTest::newRow("R22 a fragment") << QUrl(u"https://elsewhere.invalid/token#x"_s) << ""_ba;
    QTest::newRow("R22 ftp") << QUrl(u"ftp://elsewhere.invalid/token"_s) << ""_ba;
    QTest::newRow("R22 a file") << QUrl(u"file:///etc/passwd"_s) << ""_ba;
    QTest::newRow("R22 data") << QUrl(u"data:,x"_s) << ""_ba;
    QTest::newRow("R22 no host") << QUrl(u"https:///token"_s) << ""_ba;
    QTest::newRow("R22 nothing") << QUrl() << ""_ba;
    QTest::newRow("a line end in a header") << QUrl(u"https://elsewhere.invalid/"_s) << "EU\r\nX: y"_ba;
}

void TestQtNetworkHttpClient::refusesTheAddress()
{
    QFETCH(QUrl, url);
    QFETCH(QByteArray, headerValue);
    QtNetworkHttpClient client;
    auto request = postTo(url);
    request.headers.emplaceBack("TenantRegion", headerValue);

    const auto result = sendAndWait(client, request);

    QVERIFY(!result);
    QCOMPARE(result.error().kind, TransportFault::RefusedByUs);
    QVERIFY(!result.error().maybeReceived);
    QVERIFY(!result.error().detail.isEmpty());
}

void TestQtNetworkHttpClient::allowsPlainHttpWhereTheUserDid()
{
    QtNetworkHttpClient client;
    QVERIFY(client.apply({ .proxy = Preferences::Proxy::None }));
    auto request = postTo(QUrl(u"http://does-not-exist.invalid/token"_s));
    request.allowPlainHttp = true;

    const auto result = sendAndWait(client, request);

    QVERIFY(!result);
    QVERIFY(result.error().kind != TransportFault::RefusedByUs);
}

void TestQtNetworkHttpClient::tellsWhyTheServerWasNotReached_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<TransportFault>("kind");
    QTest::newRow("F32 no such host") << QUrl(u"https://does-not-exist.invalid/token?hint=CANARY-query-2"_s)
                                      << TransportFault::HostNotFound;
    QTest::newRow("F32 refused, http")
        << QUrl(u"http://127.0.0.1:PORT/token"_s) << TransportFault::ConnectionRefused;
    QTest::newRow("F32 refused, TLS")
        << QUrl(u"https://localhost:PORT/token"_s) << TransportFault::ConnectionRefused;
}

void TestQtNetworkHttpClient::tellsWhyTheServerWasNotReached()
{
    QFETCH(QUrl, url);
    QFETCH(TransportFault, kind);
    FaultServer gone({});
    const int port = gone.serverPort();
    gone.close();
    if (kind == TransportFault::ConnectionRefused)
        url = QUrl(u"%1://%2:%3/token"_s.arg(url.scheme(), url.host()).arg(port));
    QtNetworkHttpClient client;
    QVERIFY(client.apply({ .proxy = Preferences::Proxy::None }));

    const auto result = sendAndWait(client, postTo(url));

    QVERIFY(!result);
    QCOMPARE(result.error().kind, kind);
    QVERIFY(!result.error().maybeReceived);
    QVERIFY(result.error().detail == url.host());
}

void TestQtNetworkHttpClient::namesTheProxy_data()
{
    using Proxy = Preferences::Proxy;
    QTest::addColumn<Proxy>("chosen");
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QString>("proxy");
    const QUrl vendor(u"https://does-not-exist.invalid/"_s);
    QTest::newRow("none") << Proxy::None << vendor << QString();
    QTest::newRow("by hand") << Proxy::Manual << vendor << u"proxy.example.com:3128"_s;
    QTest::newRow("F31 loopback never") << Proxy::Manual << QUrl(u"http://127.0.0.1:1/"_s) << QString();
    QTest::newRow("F31 the system's, without its password")
        << Proxy::System << vendor << u"system.example.com:8081"_s;
}

void TestQtNetworkHttpClient::namesTheProxy()
{
    QFETCH(QUrl, url);
    QFETCH(Preferences::Proxy, chosen);
    qputenv("https_proxy", "http://ann:CANARY-password@system.example.com:8081");
    const auto unset = qScopeGuard([] { qunsetenv("https_proxy"); });
    QtNetworkHttpClient client;
    QVERIFY(client.apply(
        { .proxy = chosen, .proxyHost = u"proxy.example.com"_s, .proxyPort = 3128, .extraCaPem = {} }));

    QObject owner;
    std::optional<QString> proxy;
    client.proxyFor(url, { &owner, [&proxy](const QString &named) { proxy = named; } });

    QTRY_VERIFY(proxy.has_value());
    QTEST(*proxy, "proxy");
}

void TestQtNetworkHttpClient::stopsWhenItsOwnerIsGone()
{
    FaultServer server({});
    QtNetworkHttpClient client;
    auto owner = std::make_unique<QObject>();
    bool wasAnswered = false;
    client.send(postTo(server.url()), { owner.get(), [&](const HttpResult &) { wasAnswered = true; } });
    QTRY_COMPARE(server.requests().size(), 1);

    QSignalSpy closed(&server, &FaultServer::connectionClosed);
    owner.reset();

    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(!wasAnswered);
}

void TestQtNetworkHttpClient::stopsWhenItIsDeleted()
{
    FaultServer server({});
    auto client = std::make_unique<QtNetworkHttpClient>();
    QObject owner;
    bool wasAnswered = false;
    client->send(postTo(server.url()), { &owner, [&](const HttpResult &) { wasAnswered = true; } });
    QTRY_COMPARE(server.requests().size(), 1);

    QSignalSpy closed(&server, &FaultServer::connectionClosed);
    client.reset();

    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(!wasAnswered);
}

void TestQtNetworkHttpClient::answersLater()
{
    QtNetworkHttpClient client;
    QObject owner;
    int answers = 0;
    client.send(postTo(QUrl()), { &owner, [&](const HttpResult &) { ++answers; } });

    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 1);
}

void TestQtNetworkHttpClient::takesTheSystemsProxyByDefault()
{
    const auto settings = readNetworkSettings({});
    QVERIFY(settings);
    QVERIFY(settings->proxy == Preferences::Proxy::System);
    QVERIFY(settings->extraCaPem.isEmpty());
}

void TestQtNetworkHttpClient::takesAProxyAndACaFile()
{
    const QByteArray pem = testData(u"tls/authority.pem"_s);
    QFile file(m_folder.filePath(u"good.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(pem) == pem.size());
    file.close();
    Preferences preferences;
    preferences.proxy = Preferences::Proxy::Manual;
    preferences.proxyHost = u" proxy.example "_s;
    preferences.proxyPort = 3128;
    preferences.caFile = file.fileName();

    const auto settings = readNetworkSettings(preferences);

    QVERIFY(settings);
    QCOMPARE(settings->proxyHost, u"proxy.example"_s);
    QCOMPARE(settings->proxyPort, quint16(3128));
    QCOMPARE(settings->extraCaPem, pem);
}

void TestQtNetworkHttpClient::reportsACaFileThatCannotBeUsed_data()
{
    QTest::addColumn<QByteArray>("content"); // none: there is no such file
    QTest::addColumn<SettingsFault>("kind");
    QTest::newRow("missing") << QByteArray() << SettingsFault::CaFileUnreadable;
    QTest::newRow("empty") << QByteArray("") << SettingsFault::CaFileWithoutCertificate;
    QTest::newRow("a key") << testData(u"tls/good.key"_s) << SettingsFault::CaFileWithoutCertificate;
    QTest::newRow("a cut certificate")
        << testData(u"tls/good.pem"_s).left(200) << SettingsFault::CaFileWithoutCertificate;
    QTest::newRow("over 1 MiB") << QByteArray(1024 * 1024 + 1, '\n') << SettingsFault::CaFileUnreadable;
}

void TestQtNetworkHttpClient::reportsACaFileThatCannotBeUsed()
{
    QFETCH(QByteArray, content);
    QFETCH(SettingsFault, kind);
    Preferences preferences;
    preferences.caFile = m_folder.filePath(u"%1.pem"_s.arg(QString::fromLatin1(QTest::currentDataTag())));
    if (!content.isNull()) {
        QFile file(preferences.caFile);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }

    const auto settings = readNetworkSettings(preferences);

    QVERIFY(!settings);
    QCOMPARE(settings.error(), (NetworkSettingsError { kind, preferences.caFile }));
}

void TestQtNetworkHttpClient::reportsAnIncompleteProxy_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("no host") << u" "_s << 8080;
    QTest::newRow("port 0") << u"proxy.example"_s << 0;
    QTest::newRow("port 65536") << u"proxy.example"_s << 65536;
}

void TestQtNetworkHttpClient::reportsAnIncompleteProxy()
{
    QFETCH(QString, host);
    QFETCH(int, port);
    Preferences preferences;
    preferences.proxy = Preferences::Proxy::Manual;
    preferences.proxyHost = host;
    preferences.proxyPort = port;

    const auto settings = readNetworkSettings(preferences);

    QVERIFY(!settings);
    QCOMPARE(settings.error().kind, SettingsFault::ProxyIncomplete);
}

LATCHKEY_TEST(TestQtNetworkHttpClient)
#include "tst_qtnetworkhttpclient.moc"
