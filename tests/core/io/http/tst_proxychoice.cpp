// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/proxychoice.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

using Variables = QList<std::pair<QString, QString>>;
namespace {

QProcessEnvironment environment(const Variables &variables)
{
    QProcessEnvironment made;
    for (const auto &[name, value] : variables)
        made.insert(name, value);
    return made;
}

// "host:port", "direct", "ask the system", or "unclear: NAME".
QString said(const std::optional<ProxyChoice> &choice)
{
    if (!choice)
        return u"ask the system"_s;
    if (!*choice)
        return u"unclear: "_s + choice->error().variable;
    return choice->value().type() == QNetworkProxy::NoProxy ? u"direct"_s : proxyName(**choice);
}

} // namespace

class TestProxyChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesTheVariable_data();
    void choosesTheVariable();
    void readsTheValue_data();
    void readsTheValue();
    void tellsWhetherTheProxyLooksUpTheHost();
    void namesTheVariableItCannotUse_data();
    void namesTheVariableItCannotUse();
    void exceptsHosts_data();
    void exceptsHosts();
};

void TestProxyChoice::choosesTheVariable_data()
{
    QTest::addColumn<Variables>("variables");
    QTest::addColumn<QString>("http");
    QTest::addColumn<QString>("https");
    const auto row = [](const char *name, const Variables &variables, const char *http, const char *https) {
        QTest::newRow(name) << variables << QString::fromLatin1(http) << QString::fromLatin1(https);
    };
    const QString a = u"a:1"_s;
    const QString b = u"b:2"_s;
    row("F96 nothing", {}, "ask the system", "ask the system");
    row("F96 all empty", { { u"http_proxy"_s, {} }, { u"all_proxy"_s, u" "_s } }, "ask the system",
        "ask the system");
    row("F96 http_proxy", { { u"http_proxy"_s, a } }, "a:1", "direct");
    row("F96 https_proxy", { { u"https_proxy"_s, a } }, "direct", "a:1");
    row("F96 HTTP_PROXY comes from a web server's client", { { u"HTTP_PROXY"_s, a } }, "direct", "direct");
    row("F96 HTTPS_PROXY", { { u"HTTPS_PROXY"_s, a } }, "direct", "a:1");
    row("F96 all_proxy", { { u"all_proxy"_s, a } }, "a:1", "a:1");
    row("F96 ALL_PROXY", { { u"ALL_PROXY"_s, a } }, "a:1", "a:1");
    row("F96 lower case first", { { u"https_proxy"_s, a }, { u"HTTPS_PROXY"_s, b } }, "direct", "a:1");
    row("F96 lower case first, all", { { u"all_proxy"_s, a }, { u"ALL_PROXY"_s, b } }, "a:1", "a:1");
    row("F96 the scheme's own first", { { u"all_proxy"_s, a }, { u"HTTPS_PROXY"_s, b } }, "a:1", "b:2");
    row("F96 an empty one is none", { { u"https_proxy"_s, {} }, { u"HTTPS_PROXY"_s, b } }, "direct", "b:2");
    row("F96 no_proxy=*", { { u"all_proxy"_s, a }, { u"no_proxy"_s, u"*"_s } }, "direct", "direct");
    row("F96 NO_PROXY=*", { { u"all_proxy"_s, a }, { u"NO_PROXY"_s, u"*"_s } }, "direct", "direct");
    row("F96 no_proxy before NO_PROXY",
        { { u"all_proxy"_s, a }, { u"no_proxy"_s, u"other"_s }, { u"NO_PROXY"_s, u"*"_s } }, "a:1", "a:1");
    row("F96 no_proxy alone", { { u"no_proxy"_s, u"vendor.example"_s } }, "direct", "direct");
    row("F96 no_proxy alone, for another", { { u"no_proxy"_s, u"other"_s } }, "ask the system",
        "ask the system");
    row("F96 excepted, so it need not be understood",
        { { u"all_proxy"_s, u"gopher://x"_s }, { u"no_proxy"_s, u"*"_s } }, "direct", "direct");
}

void TestProxyChoice::choosesTheVariable()
{
    QFETCH(Variables, variables);
    const auto made = environment(variables);
    QTEST(said(proxyFromEnvironment(QUrl(u"http://vendor.example/token"_s), made)), "http");
    QTEST(said(proxyFromEnvironment(QUrl(u"https://vendor.example/token"_s), made)), "https");
}

void TestProxyChoice::readsTheValue_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<QString>("login");
    QTest::newRow("F96 no scheme") << u"127.0.0.1:3128"_s << u"127.0.0.1:3128"_s << u":"_s;
    QTest::newRow("F96 http") << u"http://proxy:3128"_s << u"proxy:3128"_s << u":"_s;
    QTest::newRow("F96 HTTP") << u"HTTP://proxy:3128/"_s << u"proxy:3128"_s << u":"_s;
    QTest::newRow("F96 curl's own port") << u"http://proxy"_s << u"proxy:1080"_s << u":"_s;
    QTest::newRow("F96 an empty port") << u"proxy:"_s << u"proxy:1080"_s << u":"_s;
    QTest::newRow("F96 SOCKS") << u"socks5://proxy"_s << u"proxy:1080"_s << u":"_s;
    QTest::newRow("F96 SOCKS that looks up") << u"socks5h://proxy:9"_s << u"proxy:9"_s << u":"_s;
    QTest::newRow("F96 IPv6") << u"http://[::1]:3128"_s << u"[::1]:3128"_s << u":"_s;
    QTest::newRow("F96 a path means nothing") << u"http://proxy:3128/a@b?c#d"_s << u"proxy:3128"_s << u":"_s;
    QTest::newRow("F96 blanks around it") << u" http://proxy:3128\n"_s << u"proxy:3128"_s << u":"_s;
    QTest::newRow("F96 a login") << u"http://ann:CANARY@proxy:1"_s << u"proxy:1"_s << u"ann:CANARY"_s;
    QTest::newRow("F96 a login, no scheme") << u"ann:CANARY@proxy:1"_s << u"proxy:1"_s << u"ann:CANARY"_s;
    QTest::newRow("F96 an encoded login")
        << u"http://a%40b:CANARY%3A%2F%C3%A4@proxy:1"_s << u"proxy:1"_s << u"a@b:CANARY:/ä"_s;
    QTest::newRow("F96 @ and : in a password")
        << u"http://ann:CANARY@:x@proxy:1"_s << u"proxy:1"_s << u"ann:CANARY@:x"_s;
    QTest::newRow("F95 a password alone") << u"http://:CANARY@proxy:1"_s << u"proxy:1"_s << u":CANARY"_s;
    QTest::newRow("F96 a zone") << u"http://[::1%lo]:19"_s << u"[::1%25lo]:19"_s << u":"_s;
    QTest::newRow("F96 a zone, encoded") << u"http://[::1%25lo]:19"_s << u"[::1%25lo]:19"_s << u":"_s;
    QTest::newRow("F96 a user alone") << u"http://ann@proxy:1"_s << u"proxy:1"_s << u"ann:"_s;
    QTest::newRow("F96 % as it is") << u"http://ann:CANARY%zz@proxy:1"_s << u"proxy:1"_s
                                    << u"ann:CANARY%zz"_s;
}

void TestProxyChoice::readsTheValue()
{
    QFETCH(QString, value);
    const auto choice = proxyFromEnvironment(QUrl(u"https://vendor.example/"_s),
                                             environment({ { u"https_proxy"_s, value } }));
    QTEST(said(choice), "proxy");
    // Compared, not printed: in real life it is a secret.
    QFETCH(QString, login);
    QVERIFY((*choice)->user() + u':' + (*choice)->password() == login);
}

// F96
void TestProxyChoice::tellsWhetherTheProxyLooksUpTheHost()
{
    const auto looksUp = [](const QString &value) {
        const auto choice = proxyFromEnvironment(QUrl(u"https://vendor.example/"_s),
                                                 environment({ { u"all_proxy"_s, value } }));
        return (*choice)->capabilities().testFlag(QNetworkProxy::HostNameLookupCapability);
    };
    QVERIFY(looksUp(u"socks5h://proxy"_s));
    QVERIFY(!looksUp(u"socks5://proxy"_s));
}

void TestProxyChoice::namesTheVariableItCannotUse_data()
{
    QTest::addColumn<QString>("value");
    for (const char *value : { "gopher://proxy:1",
                               "https://proxy:1",
                               "socks4://proxy:1",
                               "socks4a://proxy",
                               "socks://proxy",
                               "ftp://proxy",
                               "http://",
                               "://proxy",
                               "http://:3128",
                               ":3128",
                               "proxy:0",
                               "proxy:65536",
                               "proxy:99999999999",
                               "proxy:port",
                               "proxy:-1",
                               "proxy:31 28",
                               "http://a b",
                               "::1",
                               "[::1",
                               "http://[proxy]:1",
                               "http://[10.0.0.1]:1",
                               "http://ann:CANARY%FC@proxy:1",
                               "http://%FCnn:CANARY@proxy:1",
                               "a:b:c",
                               "http://ann:CANARY/x@proxy:1",
                               "http:/proxy:1",
                               "http//proxy",
                               "*" })
        QTest::addRow("F96 %s", value) << QString::fromLatin1(value);
    QTest::newRow("F94 a byte that was not UTF-8") << u"http://ann:CANARY\ufffd@proxy:3128"_s;
    QTest::newRow("F96 an invisible character") << u"http://proxy\u200b:3128"_s;
}

void TestProxyChoice::namesTheVariableItCannotUse()
{
    QFETCH(QString, value);
    for (const QString &name : { u"https_proxy"_s, u"HTTPS_PROXY"_s, u"all_proxy"_s, u"ALL_PROXY"_s }) {
        const auto choice =
            proxyFromEnvironment(QUrl(u"https://vendor.example/"_s), environment({ { name, value } }));
        QCOMPARE(said(choice), u"unclear: "_s + name);
    }
}

void TestProxyChoice::exceptsHosts_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<bool>("isExcepted");
    const auto row = [](const char *list, const char *url, bool isExcepted) {
        QTest::addRow("F96 %s for %s", list, url)
            << QString::fromUtf8(list) << QUrl(QString::fromUtf8(url)) << isExcepted;
    };
    row("", "https://vendor.example/", false);
    row("*", "https://vendor.example/", true);
    row(" * ", "https://vendor.example/", false);
    row("* ", "https://10.1.2.3/", false);
    row("a.example,*", "https://vendor.example/", false); // alone or not at all, as curl
    row("vendor.example", "https://vendor.example/", true);
    row("vendor.example", "https://api.vendor.example/", true);
    row("vendor.example", "https://notvendor.example/", false);
    row("vendor.example", "https://vendor.example.evil.example/", false);
    row(".vendor.example", "https://vendor.example/", true);
    row(".vendor.example", "https://api.vendor.example/", true);
    row("vendor.example.", "https://vendor.example/", true);
    row("vendor.example", "https://vendor.example./", true);
    row("VENDOR.Example", "https://vendor.EXAMPLE/", true);
    row("api.vendor.example", "https://vendor.example/", false);
    row("*.vendor.example", "https://api.vendor.example/", false); // no patterns, as curl
    row("a,vendor.example,b", "https://vendor.example/", true);
    row("a vendor.example\tb", "https://vendor.example/", true);
    row(" a , vendor.example ,, b ", "https://vendor.example/", true);
    row(",. ,", "https://vendor.example/", false);
    row("vendor.example:443", "https://vendor.example/", true);
    row("vendor.example:8443", "https://vendor.example/", false);
    row("vendor.example:8443", "https://api.vendor.example:8443/", true);
    row("vendor.example:80", "http://vendor.example/", true);
    row("vendor.example:", "https://vendor.example/", true);
    row("vendor.example:port", "https://vendor.example/", false);
    row("10.0.0.1", "https://10.0.0.1/", true);
    row("10.0.0.1", "https://10.0.0.10/", false);
    row("0.0.1", "https://10.0.0.1/", false); // an address has no suffixes
    row("10.0.0.1:8443", "https://10.0.0.1:8443/", true);
    row("10.0.0.1:8443", "https://10.0.0.1/", false);
    row("10.0.0.0/8", "https://10.1.2.3/", true);
    row("10.0.0.0/8", "https://11.1.2.3/", false);
    row("192.168.4.0/23", "https://192.168.5.255/", true);
    row("192.168.4.0/23", "https://192.168.6.0/", false);
    row("10.0.0.1/32", "https://10.0.0.1/", true);
    row("10.0.0.0/33", "https://10.0.0.1/", false);
    row("10.0.0.0/x", "https://10.0.0.1/", false);
    for (const char *unusual :
         { "10/8", "10.0/8", "10.0.0.0/255.0.0.0", "10.0.0.0/+8", "10.0.0.0/8/9", "10.0.0.0/", "/8",
           "0xa.1.2.3", "167838211", "10.66051", "10.001.002.003", "0.0.0.0/0", "010.0.0.0/8", "[10.1.2.3]",
           "10.1.2.3.", "10.1.2.256/8", "::ffff:10.1.2.3" })
        row(unusual, "https://10.1.2.3/", false); // not to curl
    row("10.0.0.0/08", "https://10.1.2.3/", true);
    row("10.1.2.3/0", "https://10.1.2.3/", true);
    row("10.1.2.3/0", "https://10.1.2.4/", false);
    row("2001:db8::/129", "https://[2001:db8::]/", false);
    row("10.0.0.0/8", "https://vendor.example/", false);
    row("2001:db8::1", "https://[2001:db8::1]/", true);
    row("2001:DB8:0::1", "https://[2001:db8::1]/", true);
    row("[2001:db8::1]", "https://[2001:db8::1]/", true);
    row("[2001:db8::1]:8443", "https://[2001:db8::1]:8443/", true);
    row("[2001:db8::1]:8443", "https://[2001:db8::1]/", false);
    row("2001:db8::/32", "https://[2001:db8:1::1]/", true);
    row("2001:db8::/32", "https://[2001:db9::1]/", false);
    row("::/0", "https://10.0.0.1/", false);
    row("m\u00fcnchen.example", "https://xn--mnchen-3ya.example/", true);
    row("xn--mnchen-3ya.example", "https://m\u00fcnchen.example/", true);
}

void TestProxyChoice::exceptsHosts()
{
    QFETCH(QString, list);
    QFETCH(QUrl, url);
    const QProcessEnvironment variables =
        environment({ { u"no_proxy"_s, list }, { u"all_proxy"_s, u"http://proxy.example:3128"_s } });
    QTEST(said(proxyFromEnvironment(url, variables)) == "direct"_L1, "isExcepted");
}

LATCHKEY_TEST(TestProxyChoice)
#include "tst_proxychoice.moc"
