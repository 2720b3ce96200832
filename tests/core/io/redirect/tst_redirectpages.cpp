// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/redirect/redirectpages.h"
#include "support/testprogram.h"

#include <QRegularExpression>
#include <QTest>
#include <QTranslator>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

class HostileTranslator final : public QTranslator
{
public:
    QString translate(const char *, const char *, const char *, int) const override
    {
        return u"<script>&\"'"_s;
    }
    bool isEmpty() const override { return false; }
};

} // namespace

class TestRedirectPages final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPageStandsByItself_data()
    {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QByteArray>("headline");
        const auto page = [](RedirectPage kind) { return redirectPageHtml(kind); };
        QTest::newRow("R19 signed in") << page(RedirectPage::SignedIn) << QByteArray("Signed in");
        QTest::newRow("R19 confirm") << page(RedirectPage::ConfirmInLatchkey)
                                     << QByteArray("Confirm in Latchkey");
        QTest::newRow("F55 return") << page(RedirectPage::ReturnToLatchkey)
                                    << QByteArray("Return to Latchkey");
        QTest::newRow("F43 declined") << page(RedirectPage::Declined) << QByteArray("You declined");
        QTest::newRow("F55 failed") << page(RedirectPage::Failed) << QByteArray("Sign-in failed");
        const auto refusal = [](RefusalPage kind) { return refusalPageHtml(kind); };
        QTest::newRow("R15 repeated")
            << refusal(RefusalPage::AlreadyHandled) << QByteArray("Already handled");
        QTest::newRow("F109 not proven") << refusal(RefusalPage::NotProven) << QByteArray("Not used");
        QTest::newRow("F103 too large") << refusal(RefusalPage::TooLarge) << QByteArray("Too much at once");
        QTest::newRow("R14 foreign") << refusal(RefusalPage::OtherSignIn) << QByteArray("Not this sign-in");
        QTest::newRow("R13 stranger") << refusal(RefusalPage::NothingHere) << QByteArray("Nothing here");
    }
    void everyPageStandsByItself()
    {
        QFETCH(const QByteArray, html);
        QFETCH(const QByteArray, headline);

        QVERIFY(html.startsWith("<!doctype html>"));
        QVERIFY(html.contains("<h1 dir=\"auto\">" + headline + "</h1>"));
        QVERIFY(html.contains("<title>" + headline));
        QVERIFY(html.contains("<html lang=\"en\">"));
        for (const char *loads : { "<script", "<link", "<a ", "<img", "<form", "<iframe", "href",
                                   "src=", "url(", "@import", "http-equiv", "onload", "javascript:" })
            QVERIFY2(!html.contains(loads), loads);
        const auto marked = [&html] {
            QByteArray text = html;
            return text.replace("http://www.w3.org/2000/svg", "").contains("://");
        };
        QVERIFY(!marked());
        // Every placeholder was filled.
        QVERIFY(!QString::fromUtf8(html).contains(QRegularExpression(u"%[A-Z]+%"_s)));
    }

    void escapesItsWords()
    {
        HostileTranslator hostile;
        QCoreApplication::installTranslator(&hostile);
        const QByteArray html =
            redirectPageHtml(RedirectPage::SignedIn) + refusalPageHtml(RefusalPage::OtherSignIn);
        QCoreApplication::removeTranslator(&hostile);

        QVERIFY(!html.contains("<script"));
        QVERIFY(html.contains("<h1 dir=\"auto\">&lt;script&gt;&amp;&quot;"));
    }

    void carriesTheHeaders_data()
    {
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<QByteArray>("statusLine");
        QTest::newRow("R19 page") << pageResponse(200, "<p>") << QByteArray("HTTP/1.1 200 OK");
        QTest::newRow("R19 refusal") << pageResponse(404, "<p>") << QByteArray("HTTP/1.1 404 Not Found");
        QTest::newRow("R19 see other") << seeOtherResponse("/done") << QByteArray("HTTP/1.1 303 See Other");
    }
    void carriesTheHeaders()
    {
        QFETCH(const QByteArray, response);
        QFETCH(const QByteArray, statusLine);

        const QByteArray head = response.first(response.indexOf("\r\n\r\n") + 2);
        QVERIFY(head.startsWith(statusLine + "\r\n"));
        for (const char *line : { "Content-Type: text/html; charset=utf-8", "X-Content-Type-Options: nosniff",
                                  "Referrer-Policy: no-referrer", "Cache-Control: no-store",
                                  "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
                                  "Connection: close" })
            QVERIFY2(head.contains(QByteArray("\r\n") + line + "\r\n"), line);
    }

    void tellsTheSizeOfTheBody()
    {
        const QByteArray html = "<p>\u00e9</p>";
        QVERIFY(pageResponse(200, html).contains("\r\nContent-Length: 9\r\n"));
        QVERIFY(pageResponse(200, html).endsWith("\r\n\r\n" + html));
        QVERIFY(pageResponse(200, html, false).contains("\r\nContent-Length: 9\r\n"));
        QVERIFY(pageResponse(200, html, false).endsWith("\r\n\r\n"));
        QVERIFY(pageResponse(405, html).contains("\r\nAllow: GET\r\n"));
        QVERIFY(seeOtherResponse("/done").contains("\r\nLocation: /done\r\n"));
    }
};

LATCHKEY_TEST(TestRedirectPages)
#include "tst_redirectpages.moc"
