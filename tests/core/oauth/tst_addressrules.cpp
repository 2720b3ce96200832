// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/addressrules.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QString nameOf(const Result<QUrl, AddressFault> &address)
{
    if (address)
        return u"good"_s;
    switch (address.error()) {
    case AddressFault::NotAnAddress: return u"not an address"_s;
    case AddressFault::MixedScripts: return u"mixed scripts"_s;
    case AddressFault::Scheme: return u"scheme"_s;
    case AddressFault::PlainHttp: return u"plain http"_s;
    case AddressFault::UserInfo: return u"user"_s;
    case AddressFault::Fragment: return u"fragment"_s;
    case AddressFault::Query: return u"query"_s;
    }
    return {};
}

} // namespace

class TestAddressRules final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsLoopback_data();
    void knowsLoopback();
    void R22_admitsEndpoints_data();
    void R22_admitsEndpoints();
    void R22_admitsPlainHttpWhereTheUserAllowedIt();
    void R2_admitsBrowserAddresses_data();
    void R2_admitsBrowserAddresses();
    void R2_encodesWhatTheBrowserGets();
    void F110_refusesMixedScripts_data();
    void F110_refusesMixedScripts();
};

void TestAddressRules::knowsLoopback_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isLoopback");

    QTest::newRow("IPv4") << u"127.0.0.1"_s << true;
    QTest::newRow("IPv6") << u"::1"_s << true;
    QTest::newRow("name") << u"localhost"_s << true;
    QTest::newRow("name in capitals") << u"LocalHost"_s << true;
    QTest::newRow("another of the net") << u"127.0.0.2"_s << false;
    QTest::newRow("any") << u"0.0.0.0"_s << false;
    QTest::newRow("a longer name") << u"localhost.example"_s << false;
    QTest::newRow("a longer number") << u"127.0.0.1.example"_s << false;
    QTest::newRow("a dot at its end") << u"localhost."_s << false;
    QTest::newRow("IPv4 in IPv6") << u"::ffff:127.0.0.1"_s << false;
    QTest::newRow("nothing") << u""_s << false;
}

void TestAddressRules::knowsLoopback()
{
    QFETCH(QString, host);
    QTEST(isLoopbackHost(host), "isLoopback");
}

void TestAddressRules::R22_admitsEndpoints_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QString &typed, const QString &result) {
        QTest::newRow(name) << typed << result;
    };

    row("https", u"https://api.priava.com/api"_s, u"good"_s);
    row("https with a port", u"https://rev.example:8443"_s, u"good"_s);
    row("blanks around it", u"  https://rev.example\n"_s, u"good"_s);
    row("capitals", u"HTTPS://Rev.Example"_s, u"good"_s);
    row("a query", u"https://rev.example/x?tenant=1"_s, u"good"_s);
    row("a name of another script", u"https://bücher.example"_s, u"good"_s);
    row("loopback http", u"http://127.0.0.1:8080"_s, u"good"_s);
    row("loopback http by name", u"http://localhost:8080"_s, u"good"_s);
    row("loopback http, IPv6", u"http://[::1]:8080"_s, u"good"_s);
    row("plain http", u"http://rev.example"_s, u"plain http"_s);
    row("plain http to a look-alike", u"http://127.0.0.1.evil.example"_s, u"plain http"_s);
    row("plain http to a name with a dot at its end", u"http://localhost."_s, u"plain http"_s);
    row("plain http to IPv4 in IPv6", u"http://[::ffff:127.0.0.1]:8080"_s, u"plain http"_s);
    row("loopback as one number", u"http://2130706433:8080"_s, u"good"_s);
    row("loopback in short", u"http://127.1:8080"_s, u"good"_s);
    row("a user that looks like loopback", u"http://127.0.0.1@evil.example"_s, u"user"_s);
    row("a host with an encoded slash", u"https://rev.example%2f.evil.example"_s, u"not an address"_s);
    row("a host alone", u"rev.example"_s, u"not an address"_s);
    row("nothing", u""_s, u"not an address"_s);
    row("no host", u"https://"_s, u"not an address"_s);
    row("no host, but a path", u"https:///path"_s, u"not an address"_s);
    row("no slashes", u"https:rev.example"_s, u"not an address"_s);
    row("a blank inside", u"https://rev. example"_s, u"not an address"_s);
    row("a blank in the path", u"https://rev.example/a b"_s, u"not an address"_s);
    row("a backslash", u"https://rev.example\\@evil.example"_s, u"not an address"_s);
    row("a line end inside", u"https://rev.example/\nx"_s, u"not an address"_s);
    row("a NUL", u"https://rev.example/"_s + QChar(0) + u"x"_s, u"not an address"_s);
    row("text that turns its direction", u"https://rev.example/\u202Egpj"_s, u"not an address"_s);
    row("port 0", u"https://rev.example:0"_s, u"not an address"_s);
    row("port 70000", u"https://rev.example:70000"_s, u"not an address"_s);
    row("port in words", u"https://rev.example:https"_s, u"not an address"_s);
    row("ftp", u"ftp://rev.example"_s, u"scheme"_s);
    row("file", u"file:///etc/passwd"_s, u"scheme"_s);
    row("javascript", u"javascript:alert(1)"_s, u"scheme"_s);
    row("a user", u"https://user@rev.example"_s, u"user"_s);
    row("user and password", u"https://user:word@rev.example"_s, u"user"_s);
    row("an empty user", u"https://@rev.example"_s, u"user"_s);
    row("an at sign in the path", u"https://rev.example/@x"_s, u"good"_s);
    row("a fragment", u"https://rev.example/#x"_s, u"fragment"_s);
    row("an empty fragment", u"https://rev.example/#"_s, u"fragment"_s);
}

void TestAddressRules::R22_admitsEndpoints()
{
    QFETCH(QString, typed);
    QTEST(nameOf(readEndpointAddress(typed)), "result");
}

void TestAddressRules::R22_admitsPlainHttpWhereTheUserAllowedIt()
{
    QCOMPARE(nameOf(readEndpointAddress(u"http://pbx.example"_s, true)), u"good"_s);
    QCOMPARE(nameOf(readEndpointAddress(u"ftp://pbx.example"_s, true)), u"scheme"_s);
    QCOMPARE(nameOf(readEndpointAddress(u"http://a@pbx.example"_s, true)), u"user"_s);
}

void TestAddressRules::R2_admitsBrowserAddresses_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QString &url, const QString &result) {
        QTest::newRow(name) << QUrl(url) << result;
    };

    row("https with a query", u"https://rev.example/authorize?a=b%20c&d=%2B"_s, u"good"_s);
    row("a page with a fragment", u"https://app.priava.com/#/admin"_s, u"good"_s);
    row("loopback http", u"http://localhost:8080/authorize"_s, u"good"_s);
    row("plain http", u"http://rev.example/authorize"_s, u"plain http"_s);
    row("file", u"file:///etc/passwd"_s, u"scheme"_s);
    row("smb", u"smb://rev.example/share"_s, u"scheme"_s);
    row("custom scheme", u"com.example:/x"_s, u"scheme"_s);
    row("javascript", u"javascript:alert(1)"_s, u"scheme"_s);
    row("a user", u"https://user@rev.example/"_s, u"user"_s);
    row("newline", u"https://rev.example/a\nb"_s, u"not an address"_s);
    row("encoded newline", u"https://rev.example/?a=%0Ab"_s, u"not an address"_s);
    row("encoded delete", u"https://rev.example/?a=%7fb"_s, u"not an address"_s);
    row("encoded letter", u"https://rev.example/?a=%20%7E%80"_s, u"good"_s);
    row("relative", u"/authorize"_s, u"not an address"_s);
    row("an option", u"--help"_s, u"not an address"_s);
    row("nothing", u""_s, u"not an address"_s);
}

void TestAddressRules::R2_admitsBrowserAddresses()
{
    QFETCH(QUrl, url);
    QTEST(nameOf(checkBrowserAddress(url)), "result");
}

void TestAddressRules::R2_encodesWhatTheBrowserGets()
{
    QUrl url(u"https://rev.example/a"_s);
    url.setQuery(u"q=\" é $(x)`"_s, QUrl::TolerantMode);

    const auto clean = checkBrowserAddress(url);

    QVERIFY(clean);
    const QByteArray encoded = clean->toEncoded(QUrl::FullyEncoded);
    for (const char c : { ' ', '"', '`' })
        QVERIFY(!encoded.contains(c));
    QVERIFY(encoded.contains("%C3%A9"));
}

void TestAddressRules::F110_refusesMixedScripts_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QString &host, bool isGood) {
        QTest::newRow(name) << host << (isGood ? u"good"_s : u"mixed scripts"_s);
    };
    row("F110 Cyrillic among Latin", u"api.pri\u0430va.com"_s, false);
    row("F110 the same in punycode", u"api.xn--priva-6ve.com"_s, false);
    row("F110 the same in capitals", u"API.PRI\u0410VA.COM"_s, false);
    row("F110 with a port and a dot at its end", u"api.pri\u0430va.com.:8443"_s, false);
    row("F110 in a label below an honest one", u"pri\u0430va.api.example.com"_s, false);
    row("F110 Greek among Latin", u"rev.vbri\u03C7k.com"_s, false);
    row("F110 Armenian among Latin", u"rev.vb\u057Cick.com"_s, false);
    row("F110 Cherokee among Latin", u"\uAB81ev.example"_s, false);
    row("F110 Cyrillic and Greek", u"\u0430\u03BF.example"_s, false);
    row("F110 Han and Cyrillic", u"\u6F22\u0430.example"_s, false);
    row("F110 Hangul and Hiragana", u"\uAC00\u3042.example"_s, false);
    row("Latin with accents", u"m\u00FCnchen.example"_s, true);
    row("one script that looks like another", u"\u0430\u0440\u0440\u04CF\u0435.example"_s, true);
    row("another script in each label", u"\u0430\u0440.\u03B1\u03B2.example"_s, true);
    row("digits and a hyphen", u"\u0430\u0440-7.example"_s, true);
    row("Japanese", u"\u6F22\u3042\u30A2a.example"_s, true);
    row("Korean", u"\uAC00\u6F22a.example"_s, true);
    row("Chinese", u"\u6F22\u3105a.example"_s, true);
    row("an IPv6 address", u"[2001:db8::a]"_s, true);
}

void TestAddressRules::F110_refusesMixedScripts()
{
    QFETCH(QString, host);
    QTEST(nameOf(readEndpointAddress(u"https://"_s + host)), "result");
    QTEST(nameOf(checkBrowserAddress(QUrl(u"https://"_s + host + u"/x"_s))), "result");
}

LATCHKEY_TEST(TestAddressRules)

#include "tst_addressrules.moc"
