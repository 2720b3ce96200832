// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/redirecturi.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestRedirectUri final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAnAddressApart_data();
    void takesAnAddressApart();
    void refuses_data();
    void refuses();
    void F106_knowsWhereAnswersMeet_data();
    void F106_knowsWhereAnswersMeet();
};

void TestRedirectUri::takesAnAddressApart_data()
{
    using Kind = RedirectUri::Kind;
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("hostHeader");
    const auto row = [](const char *name, const QString &typed, Kind kind, const QString &host, int port,
                        const char *path, const char *hostHeader) {
        QTest::newRow(name) << typed << kind << host << port << QByteArray(path) << QByteArray(hostHeader);
    };

    row("IPv4", u"http://127.0.0.1:53917/callback"_s, Kind::LoopbackHttp, u"127.0.0.1"_s, 53917, "/callback",
        "127.0.0.1:53917");
    row("name", u"http://localhost:53917/cb"_s, Kind::LoopbackHttp, u"localhost"_s, 53917, "/cb",
        "localhost:53917");
    row("IPv6", u"http://[::1]:53917/cb"_s, Kind::LoopbackHttp, u"::1"_s, 53917, "/cb", "[::1]:53917");
    row("https", u"https://localhost:8443/cb"_s, Kind::LoopbackHttps, u"localhost"_s, 8443, "/cb",
        "localhost:8443");
    row("no path", u"http://127.0.0.1:53917"_s, Kind::LoopbackHttp, u"127.0.0.1"_s, 53917, "/",
        "127.0.0.1:53917");
    row("no path but a query", u"http://127.0.0.1:53917?a=/b"_s, Kind::LoopbackHttp, u"127.0.0.1"_s, 53917,
        "/", "127.0.0.1:53917");
    row("a query of its own", u"http://127.0.0.1:53917/cb?tenant=1"_s, Kind::LoopbackHttp, u"127.0.0.1"_s,
        53917, "/cb", "127.0.0.1:53917");
    row("an encoded letter stays encoded", u"http://127.0.0.1:53917/%63b"_s, Kind::LoopbackHttp,
        u"127.0.0.1"_s, 53917, "/%63b", "127.0.0.1:53917");
    row("a path in another script", u"http://127.0.0.1:53917/é"_s, Kind::LoopbackHttp, u"127.0.0.1"_s, 53917,
        "/%C3%A9", "127.0.0.1:53917");
    row("capitals", u"HTTP://LOCALHOST:53917/CB"_s, Kind::LoopbackHttp, u"localhost"_s, 53917, "/CB",
        "localhost:53917");
    row("the port browsers leave out", u"http://localhost:80/cb"_s, Kind::LoopbackHttp, u"localhost"_s, 80,
        "/cb", "localhost");
    row("the same with https", u"https://localhost:443/cb"_s, Kind::LoopbackHttps, u"localhost"_s, 443, "/cb",
        "localhost");
    row("http's port with https", u"https://localhost:80/cb"_s, Kind::LoopbackHttps, u"localhost"_s, 80,
        "/cb", "localhost:80");
    row("Priava's sample", u"https://my.app.com/oauth2callback"_s, Kind::Elsewhere, u"my.app.com"_s, 0,
        "/oauth2callback", "");
    row("Rev's sample", u"https://url.company.com/webpage"_s, Kind::Elsewhere, u"url.company.com"_s, 0,
        "/webpage", "");
    row("custom scheme", u"com.example.app:/cb"_s, Kind::Elsewhere, u""_s, 0, "/cb", "");
    row("out of band", u"urn:ietf:wg:oauth:2.0:oob"_s, Kind::Elsewhere, u""_s, 0, "ietf:wg:oauth:2.0:oob",
        "");
}

void TestRedirectUri::takesAnAddressApart()
{
    QFETCH(QString, typed);
    const auto redirectUri = readRedirectUri(typed);
    QVERIFY(redirectUri);
    QCOMPARE(redirectUri->text, typed);
    QTEST(redirectUri->kind, "kind");
    QTEST(redirectUri->host, "host");
    QTEST(static_cast<int>(redirectUri->port), "port");
    QTEST(redirectUri->path, "path");
    QTEST(redirectUri->hostHeader, "hostHeader");
}

void TestRedirectUri::refuses_data()
{
    using Fault = RedirectUriFault;
    QTest::addColumn<QString>("typed");
    QTest::addColumn<Fault>("fault");
    const auto row = [](const char *name, const QString &typed, Fault fault) {
        QTest::newRow(name) << typed << fault;
    };

    row("nothing", u""_s, Fault::NotAnAddress);
    row("a path", u"/callback"_s, Fault::NotAnAddress);
    row("a host", u"my.app.com"_s, Fault::NotAnAddress);
    row("no host", u"https:///cb"_s, Fault::NotAnAddress);
    row("a user", u"http://a@127.0.0.1:53917/cb"_s, Fault::NotAnAddress);
    row("an empty user", u"http://@127.0.0.1:53917/cb"_s, Fault::NotAnAddress);
    row("a blank", u"http://127.0.0.1:53917/c b"_s, Fault::NotAnAddress);
    row("a blank at its end", u"http://127.0.0.1:53917/cb "_s, Fault::NotAnAddress);
    row("a newline", u"http://127.0.0.1:53917/cb\n"_s, Fault::NotAnAddress);
    row("text that turns its direction", u"https://a.example/\u202Ecb"_s, Fault::NotAnAddress);
    row("javascript", u"javascript:alert(1)"_s, Fault::NotAnAddress);
    row("file", u"file:///tmp/x"_s, Fault::NotAnAddress);
    row("port in words", u"http://127.0.0.1:port/cb"_s, Fault::NotAnAddress);
    row("port 65536", u"http://127.0.0.1:65536/cb"_s, Fault::NotAnAddress);
    row("fragment", u"http://127.0.0.1:53917/cb#x"_s, Fault::Fragment);
    row("empty fragment", u"http://127.0.0.1:53917/cb#"_s, Fault::Fragment);
    row("a code in it", u"http://127.0.0.1:53917/cb?code=x"_s, Fault::HasAnswer);
    row("a code in it, encoded", u"http://127.0.0.1:53917/cb?%63ode=x"_s, Fault::HasAnswer);
    row("Rev's code in it", u"https://a.example/cb?auth_code=x"_s, Fault::HasAnswer);
    row("a state in it", u"https://a.example/cb?a=1&state=x"_s, Fault::HasAnswer);
    row("an error in it", u"https://a.example/cb?error"_s, Fault::HasAnswer);
    row("no port", u"http://127.0.0.1/cb"_s, Fault::PortMissing);
    row("no port with https", u"https://localhost/cb"_s, Fault::PortMissing);
    row("port 0", u"http://127.0.0.1:0/cb"_s, Fault::PortMissing);
    row("plain http", u"http://my.app.com/cb"_s, Fault::PlainHttp);
    row("plain http to another number", u"http://127.0.0.2:53917/cb"_s, Fault::PlainHttp);
    row("F110 mixed scripts", u"https://my.\u0430pp.com/cb"_s, Fault::MixedScripts);
    row("F110 mixed scripts in punycode", u"https://my.xn--pp-6kc.com/cb"_s, Fault::MixedScripts);
}

void TestRedirectUri::refuses()
{
    QFETCH(QString, typed);
    const auto redirectUri = readRedirectUri(typed);
    QVERIFY(!redirectUri);
    QTEST(redirectUri.error(), "fault");
}

void TestRedirectUri::F106_knowsWhereAnswersMeet_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("meet");
    const auto row = [](const char *name, const QString &one, const QString &other, bool meet) {
        QTest::newRow(name) << one << other << meet;
    };
    const QString here = u"http://127.0.0.1:53917/cb"_s;
    row("F106 the same", here, here, true);
    row("F106 another name of this computer", here, u"http://localhost:53917/cb"_s, true);
    row("F106 IPv6", here, u"http://[::1]:53917/cb"_s, true);
    row("F106 capitals", here, u"HTTP://LocalHost:53917/cb"_s, true);
    row("F106 https", here, u"https://localhost:53917/cb"_s, true);
    row("F106 a query", here, u"http://127.0.0.1:53917/cb?tenant=1"_s, true);
    row("F106 an encoded letter", here, u"http://127.0.0.1:53917/%63b"_s, true);
    row("F106 a way round", here, u"http://127.0.0.1:53917/x/../cb"_s, true);
    row("F106 no path", u"http://127.0.0.1:53917"_s, u"http://127.0.0.1:53917/"_s, true);
    row("another port", here, u"http://127.0.0.1:53918/cb"_s, false);
    row("another path", here, u"http://127.0.0.1:53917/cb/7f3a"_s, false);
    row("capitals in the path", here, u"http://127.0.0.1:53917/CB"_s, false);
    const QString there = u"https://my.app.com/cb"_s;
    row("F106 elsewhere", there, u"https://My.App.com:443/cb"_s, true);
    row("F106 elsewhere in punycode", u"https://m\u00FCnchen.de/cb"_s, u"https://xn--mnchen-3ya.de/cb"_s,
        true);
    row("another host", there, u"https://my.app.org/cb"_s, false);
    row("another port elsewhere", there, u"https://my.app.com:8443/cb"_s, false);
    row("F106 a scheme of an app", u"com.example.app:/cb"_s, u"com.example.app:/cb?x=1"_s, true);
    row("another app", u"com.example.app:/cb"_s, u"com.example.other:/cb"_s, false);
}

void TestRedirectUri::F106_knowsWhereAnswersMeet()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    const auto a = readRedirectUri(one);
    const auto b = readRedirectUri(other);
    QVERIFY(a && b);
    QTEST(arriveAtTheSamePlace(*a, *b), "meet");
    QTEST(arriveAtTheSamePlace(*b, *a), "meet");
}

LATCHKEY_TEST(TestRedirectUri)

#include "tst_redirecturi.moc"
