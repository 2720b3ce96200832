// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/httpmessage.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestHttpMessage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodes_data();
    void encodes();
    void joinsItsFieldsInOrder();
    void namesTheTarget_data();
    void namesTheTarget();
    void sendsTheBodyByteForByte();
    void keepsItsOwnFramingHeaders();
    void logsInTheBasicWay();
};

void TestHttpMessage::encodes_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("encoded");

    QTest::newRow("RFC 6749 appendix B")
        << QByteArray(" %&+\xC2\xA3\xE2\x82\xAC") << QByteArray("+%25%26%2B%C2%A3%E2%82%AC");
    QTest::newRow("R27, F36 a hostile secret")
        << QByteArray("+/%&=: \xC3\xA9") << QByteArray("%2B%2F%25%26%3D%3A+%C3%A9");
    QTest::newRow("fact 7: what looks encoded") << QByteArray("a%20b") << QByteArray("a%2520b");
    QTest::newRow("unreserved") << QByteArray("AZaz09-._~") << QByteArray("AZaz09-._~");
    QTest::newRow("a redirect URI") << QByteArray("https://my.app.com/oauth2callback")
                                    << QByteArray("https%3A%2F%2Fmy.app.com%2Foauth2callback");
    QTest::newRow("line ends and NUL") << QByteArray("\r\n\0", 3) << QByteArray("%0D%0A%00");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
}

void TestHttpMessage::encodes()
{
    QFETCH(QByteArray, value);
    QTEST(FormBody::encode(value), "encoded");
}

void TestHttpMessage::joinsItsFieldsInOrder()
{
    FormBody body;
    QVERIFY(body.encoded().isEmpty());
    body.add("grant_type", "authorization_code").add("empty", "").add("a&b", "c=d");
    QCOMPARE(body.encoded(), QByteArray("grant_type=authorization_code&empty=&a%26b=c%3Dd"));
}

void TestHttpMessage::namesTheTarget_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("tunnel");
    QTest::newRow("a path") << QUrl(u"https://vendor.example/a%2Fb?c=%2B1"_s) << "/a%2Fb?c=%2B1"_ba
                            << "vendor.example"_ba
                            << "vendor.example:443"_ba;
    QTest::newRow("no path") << QUrl(u"http://vendor.example"_s) << "/"_ba
                             << "vendor.example"_ba
                             << "vendor.example:80"_ba;
    QTest::newRow("an empty query") << QUrl(u"https://vendor.example/?"_s) << "/?"_ba
                                    << "vendor.example"_ba
                                    << "vendor.example:443"_ba;
    QTest::newRow("its own port") << QUrl(u"https://vendor.example:443/"_s) << "/"_ba
                                  << "vendor.example"_ba
                                  << "vendor.example:443"_ba;
    QTest::newRow("another port") << QUrl(u"https://vendor.example:80/"_s) << "/"_ba
                                  << "vendor.example:80"_ba
                                  << "vendor.example:80"_ba;
    QTest::newRow("IPv6") << QUrl(u"http://[::1]:8080/x"_s) << "/x"_ba
                          << "[::1]:8080"_ba
                          << "[::1]:8080"_ba;
    QTest::newRow("letters") << QUrl(u"https://m\u00fcnchen.example/\u00e4"_s) << "/%C3%A4"_ba
                             << "xn--mnchen-3ya.example"_ba
                             << "xn--mnchen-3ya.example:443"_ba;
}

void TestHttpMessage::namesTheTarget()
{
    QFETCH(QUrl, url);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, tunnel);
    HttpRequest request;
    request.url = url;
    const QByteArray scheme = url.scheme().toLatin1() + "://";

    QVERIFY(requestBytes(request).startsWith("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n"));
    QVERIFY(proxiedRequestBytes(request, {})
                .startsWith("GET " + scheme + host + target + " HTTP/1.1\r\nHost: " + host + "\r\n"));
    QVERIFY(connectBytes(url, {}).startsWith("CONNECT " + tunnel + " HTTP/1.1\r\nHost: " + tunnel + "\r\n"));
    QVERIFY(requestBytes(request).endsWith("\r\n\r\n"));
    QVERIFY(connectBytes(url, {}).endsWith("\r\n\r\n"));
}

void TestHttpMessage::sendsTheBodyByteForByte()
{
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = QUrl(u"https://vendor.example/token"_s);
    request.body = "a=\r\n\r\n\xff";
    QVERIFY(requestBytes(request).endsWith("\r\nContent-Length: 7\r\n\r\na=\r\n\r\n\xff"));
    request.body.clear();
    QVERIFY(requestBytes(request).endsWith("\r\nContent-Length: 0\r\n\r\n"));
}

// R26, R28
void TestHttpMessage::keepsItsOwnFramingHeaders()
{
    HttpRequest request;
    request.url = QUrl(u"https://vendor.example/"_s);
    request.headers = { { "accept-encoding", "gzip" }, { "CONNECTION", "keep-alive" }, { "host", "other" },
                        { "Content-Length", "9" },     { "user-agent", "mine" },       { "X", "y" } };
    const QByteArray bytes = requestBytes(request);
    QCOMPARE(bytes,
             "GET / HTTP/1.1\r\nHost: vendor.example\r\nAccept-Encoding: identity\r\nConnection: close\r\n"
             "user-agent: mine\r\nX: y\r\nAccept-Language: en\r\n\r\n");
}

// F96
void TestHttpMessage::logsInTheBasicWay()
{
    QCOMPARE(basicAuthorization({}, {}), "");
    QVERIFY(basicAuthorization({}, u"CANARY"_s) == "Basic " + QByteArray(":CANARY").toBase64());
    QCOMPARE(basicAuthorization(u"ann"_s, {}), "Basic " + QByteArray("ann:").toBase64());
    const QByteArray login = basicAuthorization(u"ann"_s, u"CANARY-\u00e4"_s);
    QCOMPARE(login, "Basic " + QByteArray("ann:CANARY-\xc3\xa4").toBase64());
    HttpRequest request;
    request.url = QUrl(u"http://vendor.example/"_s);
    const QByteArray line = "\r\nProxy-Authorization: " + login + "\r\n";
    QVERIFY(proxiedRequestBytes(request, login).contains(line));
    QVERIFY(connectBytes(request.url, login).contains(line));
    QVERIFY(!requestBytes(request).contains("Authorization"));
}

LATCHKEY_TEST(TestHttpMessage)
#include "tst_httpmessage.moc"
