// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/redirect.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

RedirectUri callback(const QString &text = u"http://127.0.0.1:53917/cb"_s)
{
    const auto redirectUri = readRedirectUri(text);
    return redirectUri ? *redirectUri : RedirectUri {};
}

QByteArray get(const QByteArray &target, const QByteArray &headers = "Host: 127.0.0.1:53917\r\n")
{
    return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
}

// "more", "redirect", "404", "400 tls"
QByteArray summary(const RedirectRequest &request)
{
    if (std::holds_alternative<NeedMoreBytes>(request))
        return "more";
    if (const auto *other = std::get_if<NotForUs>(&request))
        return QByteArray::number(other->status) + (other->looksLikeTls ? " tls" : "");
    return "redirect";
}

} // namespace

// From bytes on the loopback port to the query of our redirect.
class TestRedirect final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesAFormQuery_data();
    void decodesAFormQuery();
    void tellsRequestsApart_data();
    void tellsRequestsApart();
    void keepsToTheHostOfItsRedirectUri_data();
    void keepsToTheHostOfItsRedirectUri();
    void F50_waitsForTheLastByte_data();
    void F50_waitsForTheLastByte();
    void F50_ignoresAPipelinedSecondRequest();
    void handsOverTheDecodedItems();
    void F103_dropsUnreadHeaderValues_data();
    void F103_dropsUnreadHeaderValues();
    void F103_readsTheSameWithoutThem_data() { tellsRequestsApart_data(); }
    void F103_readsTheSameWithoutThem();
};

void TestRedirect::decodesAFormQuery_data()
{
    QTest::addColumn<QByteArray>("encoded");
    QTest::addColumn<bool>("isGood");
    QTest::addColumn<QByteArrayList>("items"); // name, value, name, value

    const auto good = [](const char *name, const char *encoded, const QByteArrayList &items) {
        QTest::newRow(name) << QByteArray(encoded) << true << items;
    };
    const auto bad = [](const char *name, const QByteArray &encoded) {
        QTest::newRow(name) << encoded << false << QByteArrayList();
    };
    good("nothing", "", {});
    good("one item", "code=abc", { "code", "abc" });
    good("the order is kept", "b=1&a=2&b=3", { "b", "1", "a", "2", "b", "3" });
    good("F52 a plus is a blank", "code=a+b", { "code", "a b" });
    good("F52 an encoded plus is a plus", "code=a%2Bb%2bc", { "code", "a+b+c" });
    good("fact 7: %2520 is decoded once", "code=a%2520b", { "code", "a%20b" });
    good("no value", "code", { "code", "" });
    good("empty value", "code=", { "code", "" });
    good("equals signs in a value", "code=a=b==", { "code", "a=b==" });
    good("empty pieces", "&&a=1&&b=2&", { "a", "1", "b", "2" });
    good("encoded separators", "a%26b=c%3Dd", { "a&b", "c=d" });
    good("RFC 6749 appendix B", "+%25%26%2B%C2%A3%E2%82%AC", { " %&+\xC2\xA3\xE2\x82\xAC", "" });
    bad("F52 an encoded NUL", "code=a%00b");
    bad("F52 a raw NUL", QByteArray("code=a\0b", 8));
    bad("a percent sign alone", "code=%");
    bad("a percent sign with one digit", "code=%4");
    bad("a percent sign with other letters", "code=%zz");
    bad("a bad escape in a name", "%g0=1");
}

void TestRedirect::decodesAFormQuery()
{
    QFETCH(QByteArray, encoded);
    QFETCH(bool, isGood);
    const auto items = readFormQuery(encoded);
    QCOMPARE(items.has_value(), isGood);
    QByteArrayList flat;
    for (const auto &[name, value] : items.value_or(QueryItems()))
        flat << name << value;
    QTEST(flat, "items");
}

void TestRedirect::tellsRequestsApart_data()
{
    QTest::addColumn<QByteArray>("received");
    QTest::addColumn<QByteArray>("outcome");
    const auto row = [](const char *name, const QByteArray &received, const char *outcome) {
        QTest::newRow(name) << received << QByteArray(outcome);
    };
    const QByteArray host = "Host: 127.0.0.1:53917\r\n";

    row("the redirect", get("/cb?code=a&state=s"), "redirect");
    row("the redirect without a query", get("/cb"), "redirect");
    row("HTTP/1.0", "GET /cb?code=a HTTP/1.0\r\n" + host + "\r\n", "redirect");
    row("many headers", get("/cb", "Accept: */*\r\nhOsT:127.0.0.1:53917 \r\nX: \xC3\xA9\tz\r\n"), "redirect");
    row("a header of every sign", get("/cb", host + "!#$%&'*+-.^_`|~09AZaz: 1\r\n"), "redirect");
    row("nothing yet", "", "more");
    row("headers not over", "GET /cb?code=a HTTP/1.1\r\nHost: x\r\n", "more");

    row("F44 favicon", get("/favicon.ico"), "404");
    row("F44 robots", get("/robots.txt"), "404");
    row("F44 root", get("/"), "404");
    row("F44 two slashes", get("//cb?code=a"), "404");
    row("F44 slash at the end", get("/cb/?code=a"), "404");
    row("F44 upper case", get("/CB?code=a"), "404");
    row("F44 encoded letter", get("/%63b?code=a"), "404");
    row("F44 dot segment", get("/./cb?code=a"), "404");
    row("F44 longer path", get("/cbx?code=a"), "404");
    row("F44 absolute form", get("http://127.0.0.1:53917/cb?code=a"), "404");
    row("F44 absolute form of another", get("http://evil.example/cb?code=a", "Host: evil.example\r\n"),
        "404");

    for (const char *method : { "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "TRACE", "get" }) {
        QTest::addRow("F45 %s", method) << method + QByteArray(" /cb?code=a HTTP/1.1\r\n") + host + "\r\n"
                                        << QByteArray("405");
    }
    row("F45 CONNECT", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", "405");
    row("F45 OPTIONS of all", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "405");

    row("F46 garbage", QByteArray("\x01\x02\x03\xFF", 4), "400");
    row("F46 garbage in letters", "hello\r\n", "400");
    row("F46 TLS ClientHello", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 11), "400 tls");
    row("F46 TLS, one byte", "\x16", "400 tls");
    row("F46 HTTP/0.9", "GET /cb?code=a\r\n", "400");
    row("F46 HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400");
    row("F46 HTTP/2 in a GET", "GET /cb HTTP/2\r\n" + host + "\r\n", "400");
    row("F46 HTTP/1.10", "GET /cb HTTP/1.10\r\n" + host + "\r\n", "400");
    row("R57, F46 bare LF", "GET /cb?code=a HTTP/1.1\nHost: 127.0.0.1:53917\n\n", "400");
    row("R57, F46 bare LF in a header", "GET /cb HTTP/1.1\r\nA: b\nHost: 127.0.0.1:53917\r\n\r\n", "400");
    row("R57, F46 bare CR", "GET /cb HTTP/1.1\r\nA: b\rc\r\n" + host + "\r\n", "400");
    row("R57, F46 NUL in the target", QByteArray("GET /cb\0 HTTP/1.1\r\n", 19), "400");
    row("R57, F46 NUL in a header", get("/cb", host + QByteArray("A: \0\r\n", 6)), "400");
    row("R57, F46 delete in a header", get("/cb", host + "A: \x7f\r\n"), "400");
    row("F46 tab in the request line", "GET\t/cb HTTP/1.1\r\n", "400");
    row("F46 not ASCII in the target", "GET /cb?\xC3\xA9 HTTP/1.1\r\n", "400");
    row("F46 two blanks", "GET  /cb HTTP/1.1\r\n", "400");
    row("F46 an empty first line", "\r\n\r\n", "400");
    row("F46 folded header", get("/cb", "A: b\r\n c\r\n" + host), "400");
    row("F46 blank before the colon", get("/cb", "Host : 127.0.0.1:53917\r\n"), "400");
    row("F46 header without a colon", get("/cb", host + "nonsense\r\n"), "400");

    row("F47 1 MB header", get("/cb", host + "A: " + QByteArray(1'000'000, 'a') + "\r\n"), "431");
    row("F47 1 MB header, unfinished", "GET /cb HTTP/1.1\r\nA: " + QByteArray(1'000'000, 'a'), "431");
    row("F47 20k headers", get("/cb", host + QByteArray("A: b\r\n").repeated(20'000)), "431");
    row("F47 100 kB query", get("/cb?code=" + QByteArray(100'000, 'a')), "414");
    row("F47 100 kB query, unfinished", "GET /cb?code=" + QByteArray(100'000, 'a'), "414");
    row("F47 one long word", QByteArray(100'000, 'a'), "431");
    row("F47 target at the limit", get("/cb?" + QByteArray(redirectTargetLimit - 4, 'a')), "redirect");
    row("F47 target past the limit", get("/cb?" + QByteArray(redirectTargetLimit - 3, 'a')), "414");
    const QByteArray small = get("/cb", host + "A: \r\n");
    row("F47 head at the limit",
        get("/cb", host + "A: " + QByteArray(redirectHeadLimit - small.size(), 'a') + "\r\n"), "redirect");
    row("F47 head past the limit",
        get("/cb", host + "A: " + QByteArray(redirectHeadLimit - small.size() + 1, 'a') + "\r\n"), "431");

    row("F49 another host", get("/cb?code=a", "Host: evil.example\r\n"), "421");
    row("F49 no host", get("/cb?code=a", ""), "400");
    row("F49 empty host", get("/cb?code=a", "Host:\r\n"), "421");
    row("F49 host twice", get("/cb?code=a", host + host), "400");
    row("F49 two hosts", get("/cb?code=a", host + "host: evil.example\r\n"), "400");
    row("F49 wrong port", get("/cb?code=a", "Host: 127.0.0.1:53918\r\n"), "421");
    row("F49 no port", get("/cb?code=a", "Host: 127.0.0.1\r\n"), "421");
    row("F49 longer name", get("/cb?code=a", "Host: 127.0.0.1.evil:53917\r\n"), "421");
    row("F49 the name of loopback", get("/cb?code=a", "Host: localhost:53917\r\n"), "421");
    row("F49 user before the host", get("/cb?code=a", "Host: a@127.0.0.1:53917\r\n"), "421");

    const auto with = [&host](const QByteArray &lines) { return get("/cb?code=a", host + lines); };
    row("F103 16 kB of cookies", with("Cookie: " + QByteArray(16'384, 'c') + "\r\n"), "redirect");
    row("F103 many cookies", with(QByteArray("cookie: a=b; c=d\r\n").repeated(2'000)), "redirect");
    row("F103 64 kB of cookies", with("Cookie: " + QByteArray(65'536, 'c') + "\r\n"), "431");
    row("F109 a person's way",
        with("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
             "Sec-Fetch-User: ?1\r\nSec-Fetch-Dest: document\r\n"),
        "redirect");
    for (const char *mode : { "no-cors", "cors", "same-origin", "websocket", "nested-navigate", "Navigate",
                              "", "navigate, no-cors", "navigate;a" })
        row(qPrintable(u"F109 mode %1"_s.arg(QLatin1StringView(mode))),
            with("sec-fetch-mode: " + QByteArray(mode) + "\r\n"), "403");
    for (const char *destination : { "image", "iframe", "frame", "embed", "object", "script", "style",
                                     "empty", "fencedframe", "Document", "" })
        row(qPrintable(u"F109 destination %1"_s.arg(QLatin1StringView(destination))),
            with("Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: " + QByteArray(destination) + "\r\n"), "403");
    row("F109 mode twice", with(QByteArray("Sec-Fetch-Mode: navigate\r\n").repeated(2)), "403");
    row("F109 destination twice", with(QByteArray("Sec-Fetch-Dest: document\r\n").repeated(2)), "403");
    for (const char *ahead : { "Sec-Purpose: prefetch", "sec-purpose: prefetch;prerender",
                               "Purpose: prefetch", "X-Purpose: preview", "X-Moz: prefetch" })
        row(qPrintable(u"F109 %1"_s.arg(QLatin1StringView(ahead))), with(ahead + QByteArray("\r\n")), "403");
    row("F109 an image of another path", get("/favicon.ico", host + "Sec-Fetch-Mode: no-cors\r\n"), "404");

    row("F52 NUL in the query", get("/cb?code=a%00"), "400");
    row("F52 bad escape in the query", get("/cb?code=%zz"), "400");
}

// R13, R20
void TestRedirect::tellsRequestsApart()
{
    QFETCH(QByteArray, received);
    QTEST(summary(readRedirectRequest(received, callback())), "outcome");
}

void TestRedirect::keepsToTheHostOfItsRedirectUri_data()
{
    QTest::addColumn<QString>("redirectUri");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("outcome");

    QTest::newRow("the name") << u"http://localhost:53917/cb"_s << QByteArray("localhost:53917")
                              << QByteArray("redirect");
    QTest::newRow("the number for the name")
        << u"http://localhost:53917/cb"_s << QByteArray("127.0.0.1:53917") << QByteArray("421");
    QTest::newRow("IPv6") << u"http://[::1]:53917/cb"_s << QByteArray("[::1]:53917")
                          << QByteArray("redirect");
    QTest::newRow("IPv6 without brackets")
        << u"http://[::1]:53917/cb"_s << QByteArray("::1:53917") << QByteArray("421");
    QTest::newRow("https") << u"https://localhost:53917/cb"_s << QByteArray("localhost:53917")
                           << QByteArray("redirect");
    QTest::newRow("the default port goes unsaid")
        << u"http://localhost:80/cb"_s << QByteArray("localhost") << QByteArray("redirect");
}

void TestRedirect::keepsToTheHostOfItsRedirectUri()
{
    QFETCH(QString, redirectUri);
    QFETCH(QByteArray, host);
    QTEST(summary(readRedirectRequest(get("/cb?code=a", "Host: " + host + "\r\n"), callback(redirectUri))),
          "outcome");
}

void TestRedirect::F50_waitsForTheLastByte_data()
{
    QTest::addColumn<QByteArray>("received");
    QTest::addColumn<QByteArray>("outcome");

    QTest::newRow("F50 the redirect")
        << get("/cb?code=a%2Fb&state=s", "Host: 127.0.0.1:53917\r\nA: b\r\n") << QByteArray("redirect");
    QTest::newRow("F50 a favicon") << get("/favicon.ico") << QByteArray("404");
    QTest::newRow("F50 a post") << QByteArray("POST /cb HTTP/1.1\r\nHost: x\r\n\r\n") << QByteArray("405");
    QTest::newRow("F50 another host") << get("/cb", "Host: evil.example\r\n") << QByteArray("421");
}

void TestRedirect::F50_waitsForTheLastByte()
{
    QFETCH(QByteArray, received);
    for (qsizetype length = 0; length < received.size(); ++length)
        QCOMPARE(summary(readRedirectRequest(received.first(length), callback())), QByteArray("more"));
    QTEST(summary(readRedirectRequest(received, callback())), "outcome");
}

void TestRedirect::F50_ignoresAPipelinedSecondRequest()
{
    const auto request = readRedirectRequest(
        get("/cb?code=first") + get("/cb?code=second") + QByteArray(100'000, '\0'), callback());
    const auto *query = std::get_if<RedirectQuery>(&request);
    QVERIFY(query != nullptr);
    QCOMPARE(query->items, (QueryItems { { "code", "first" } }));
}

void TestRedirect::handsOverTheDecodedItems()
{
    const auto request = readRedirectRequest(get("/cb?code=a%2Fb+c&state=x%3D&state=y"), callback());
    const auto *query = std::get_if<RedirectQuery>(&request);
    QVERIFY(query != nullptr);
    QCOMPARE(query->items, (QueryItems { { "code", "a/b c" }, { "state", "x=" }, { "state", "y" } }));
}

void TestRedirect::F103_dropsUnreadHeaderValues_data()
{
    QTest::addColumn<QByteArray>("received");
    QTest::addColumn<QByteArray>("kept");
    const QByteArray line = "GET /cb HTTP/1.1\r\n";
    const auto row = [&line](const char *name, const QByteArray &received, const QByteArray &kept) {
        QTest::newRow(name) << line + received << line + kept;
    };
    row("F103 a cookie", "Cookie: CANARY-a\r\nHost: b\r\n\r\n", "Cookie:\r\nHost: b\r\n\r\n");
    row("F103 half a cookie", "cookie:CANARY-a", "cookie:");
    row("F103 half a name", "Cook", "Cook");
    row("F103 a line end that is half there", "Cookie: CANARY-a\r", "Cookie:\r");
    row("F103 where the page was", "Referer: http://CANARY-a/\r\n\r\n", "Referer:\r\n\r\n");
    row("F103 what is read", "sec-fetch-mode: navigate\r\nSec-Purpose: b\r\nHost: c\r\n",
        "sec-fetch-mode: navigate\r\nSec-Purpose: b\r\nHost: c\r\n");
    row("F103 what is to be refused", "Cookie: CANARY-a\nB: c", "Cookie:\nB: c");
    row("F103 no header", "nonsense\r\nCookie: a\r\n", "nonsense\r\nCookie:\r\n");
    row("F103 after the head", "\r\nCookie: a\r\n", "\r\nCookie: a\r\n");
    QTest::newRow("F103 the request line alone") << line.chopped(2) << line.chopped(2);
}

// Whole, and in any two pieces; and the bytes are gone from memory.
void TestRedirect::F103_dropsUnreadHeaderValues()
{
    QFETCH(QByteArray, received);
    QFETCH(QByteArray, kept);
    for (qsizetype cut = 0; cut <= received.size(); ++cut) {
        QByteArray head = received.first(cut);
        head.reserve(received.size());
        const char *memory = head.constData();
        qsizetype skipped = skipUnread(head);
        head += received.sliced(cut);
        skipped += skipUnread(head);
        QVERIFY(head == kept);
        QCOMPARE(skipped, received.size() - kept.size());
        QCOMPARE(head.constData(), memory);
        QVERIFY(!QByteArrayView(memory, received.size()).contains("CANARY"));
    }
}

void TestRedirect::F103_readsTheSameWithoutThem()
{
    QFETCH(QByteArray, received);
    if (received.size() > redirectHeadLimit + 1)
        received.truncate(redirectHeadLimit + 1); // more is not read at once
    const QByteArray whole = summary(readRedirectRequest(received, callback()));
    const qsizetype skipped = skipUnread(received);
    QCOMPARE(summary(readRedirectRequest(received, callback(), skipped)), whole);
}

LATCHKEY_TEST(TestRedirect)

#include "tst_redirect.moc"
