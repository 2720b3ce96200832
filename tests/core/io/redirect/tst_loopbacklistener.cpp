// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QFile>
#include <QNetworkInterface>
#include <QNetworkProxy>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include "listenerfixture.h"

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray everythingLogged;
QtMessageHandler nextHandler = nullptr;

void keepLog(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    everythingLogged += text.toUtf8();
    nextHandler(type, context, text);
}

// The local addresses, as the kernel prints them, that listen on a port.
QByteArrayList listeningAddresses(quint16 port)
{
    QByteArrayList found;
    for (const auto &name : { u"/proc/net/tcp"_s, u"/proc/net/tcp6"_s }) {
        QFile table(name);
        if (!table.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray &line : table.readAll().split('\n')) {
            const QByteArrayList columns = line.simplified().split(' ');
            const QByteArrayList local = columns.value(1).split(':');
            if (columns.value(3) == "0A" && local.value(1).toUShort(nullptr, 16) == port)
                found << local[0];
        }
    }
    return found;
}

const QByteArray loopback4 = "0100007F";
const QByteArray loopback6 = "00000000000000000000000001000000";
const QHostAddress nobodysAddress(u"192.0.2.1"_s); // RFC 5737: no machine has it

} // namespace

class TestLoopbackListener final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { nextHandler = qInstallMessageHandler(keepLog); }
    void cleanup() { QVERIFY(!everythingLogged.contains("CANARY")); }

    // R20: the other tests here set limits of their own.
    void keepsThePromisedLimits()
    {
        const LoopbackLimits limits;
        QCOMPARE(limits.head, 5s);
        QCOMPARE(limits.readAtOnce, 8U);
        QCOMPARE(limits.refusalsPerSecond, 64);
    }

    void bindsNothingButItsLoopbackAddress_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QByteArrayList>("bound");
        QTest::newRow("R9 127.0.0.1") << u"127.0.0.1"_s << QByteArrayList { loopback4 };
        QTest::newRow("R9 ::1") << u"::1"_s << QByteArrayList { loopback6 };
        QTest::newRow("R10 localhost") << u"localhost"_s << QByteArrayList { loopback4, loopback6 };
    }
    void bindsNothingButItsLoopbackAddress()
    {
        QFETCH(const QString, host);
        QFETCH(const QByteArrayList, bound);
        const Listening flow(redirectUri(freePort(), host));

        QVERIFY(flow.result);
        QCOMPARE(listeningAddresses(flow.uri.port), bound);
        for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
            if (!address.isLoopback() && address.scopeId().isEmpty())
                QVERIFY(!portIsOpen(flow.uri.port, address));
        }
    }

    void refusesAPortThatIsTaken_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QHostAddress>("stranger");
        QTest::newRow("F39 IPv4") << u"127.0.0.1"_s << QHostAddress(QHostAddress::LocalHost);
        QTest::newRow("F39 IPv6") << u"::1"_s << QHostAddress(QHostAddress::LocalHostIPv6);
        QTest::newRow("F39 localhost, IPv4") << u"localhost"_s << QHostAddress(QHostAddress::LocalHost);
        QTest::newRow("F39 localhost, IPv6") << u"localhost"_s << QHostAddress(QHostAddress::LocalHostIPv6);
        QTest::newRow("R11 everywhere") << u"127.0.0.1"_s << QHostAddress(QHostAddress::Any);
    }
    void refusesAPortThatIsTaken()
    {
        QFETCH(const QString, host);
        QFETCH(const QHostAddress, stranger);
        const quint16 port = freePort();
        QTcpServer other;
        QVERIFY(other.listen(stranger, port));

        const Listening flow(redirectUri(port, host));

        QVERIFY(!flow.result);
        QCOMPARE(flow.result.error().kind, ListenError::Kind::PortTaken);
        QVERIFY(flow.result.error().detail.contains(u":%1"_s.arg(port)));
#ifdef Q_OS_LINUX
        QVERIFY(flow.result.error().detail.contains(u"process %1"_s.arg(QCoreApplication::applicationPid())));
#endif
        QCOMPARE(listeningAddresses(port).size(), 1);
    }
    void twoListenersNeverShareAPort()
    {
        const Listening first(redirectUri(freePort()));
        const Listening second(first.uri);

        QVERIFY(first.result);
        QVERIFY(!second.result);
        QCOMPARE(second.result.error().kind, ListenError::Kind::PortTaken);
    }

    void usesTheFamilyThatIsThere_data()
    {
        QTest::addColumn<QList<QHostAddress>>("localhost");
        QTest::addColumn<QByteArrayList>("bound");
        const QHostAddress four(QHostAddress::LocalHost);
        const QHostAddress six(QHostAddress::LocalHostIPv6);
        QTest::newRow("F39 IPv4 only") << QList { four, nobodysAddress } << QByteArrayList { loopback4 };
        QTest::newRow("F39 IPv6 only") << QList { nobodysAddress, six } << QByteArrayList { loopback6 };
        QTest::newRow("F39 none") << QList { nobodysAddress } << QByteArrayList();
    }
    void usesTheFamilyThatIsThere()
    {
        QFETCH(const QList<QHostAddress>, localhost);
        QFETCH(const QByteArrayList, bound);
        const Listening flow(redirectUri(freePort(), u"localhost"_s), { .localhost = localhost });

        QCOMPARE(flow.result.has_value(), !bound.isEmpty());
        QCOMPARE(listeningAddresses(flow.uri.port), bound);
        if (!flow.result)
            QCOMPARE(flow.result.error().kind, ListenError::Kind::Failed);
    }

    void refusesWhatIsNotLoopback_data()
    {
        QTest::addColumn<QString>("host");
        for (const char *host : { "0.0.0.0", "::", "192.0.2.1", "localhost.example", "127.0.0.2", "" })
            QTest::newRow(host) << QString::fromLatin1(host);
    }
    void refusesWhatIsNotLoopback()
    {
        QFETCH(const QString, host);
        const Listening flow(redirectUri(freePort(), host));

        QVERIFY(!flow.result);
        QCOMPARE(flow.result.error().kind, ListenError::Kind::Failed);
        QVERIFY(listeningAddresses(flow.uri.port).isEmpty());
    }
    void neverListensThroughAProxy()
    {
        const auto restore = qScopeGuard([] { QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy); });
        QNetworkProxy::setApplicationProxy({ QNetworkProxy::Socks5Proxy, u"127.0.0.1"_s, 1 });

        const Listening flow(redirectUri(freePort()));

        QVERIFY(flow.result);
        QCOMPARE(listeningAddresses(flow.uri.port), QByteArrayList { loopback4 });
    }

    void keepsTheBrowserWaitingUntilThePageIsKnown_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QHostAddress>("address");
        QTest::newRow("127.0.0.1") << u"127.0.0.1"_s << QHostAddress(QHostAddress::LocalHost);
        QTest::newRow("::1") << u"::1"_s << QHostAddress(QHostAddress::LocalHostIPv6);
        QTest::newRow("localhost, IPv4") << u"localhost"_s << QHostAddress(QHostAddress::LocalHost);
        QTest::newRow("localhost, IPv6") << u"localhost"_s << QHostAddress(QHostAddress::LocalHostIPv6);
    }
    void keepsTheBrowserWaitingUntilThePageIsKnown()
    {
        QFETCH(const QString, host);
        QFETCH(const QHostAddress, address);
        Listening flow(redirectUri(freePort(), host), { .repeat = 50ms });
        QVERIFY(flow.result);

        const RawClient browser(flow.uri.port, flow.goodRequest(), address);
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
        QVERIFY(browser.isConnected());
        QVERIFY(browser.received().isEmpty());

        const QSignalSpy served(flow.listener.get(), &RedirectListener::browserServed);
        flow.listener->answerBrowser(RedirectPage::SignedIn);
        QTRY_VERIFY(browser.ended());
        QCOMPARE(browser.status(), 303);
        QVERIFY(browser.hasHeader("Location: /done"));
        QVERIFY(!browser.received().contains("CANARY"));
        QCOMPARE(served.count(), 0);

        const RawClient follower(flow.uri.port, flow.get("/done"), address);
        QTRY_VERIFY(follower.ended());
        QCOMPARE(follower.status(), 200);
        QVERIFY(follower.body().contains("<h1 dir=\"auto\">Signed in</h1>"));
        QTRY_COMPARE(served.count(), 1);

        QTRY_VERIFY(!portIsOpen(flow.uri.port));
        QVERIFY(flow.hasTheCode());
    }

    void handsOutOneCode_data()
    {
        QTest::addColumn<QByteArray>("repeated");
        QTest::newRow("F40 identical") << goodQuery;
        QTest::newRow("F40 with another code") << "code=CANARY-code-2&state=" + goodState;
    }
    // R15
    void handsOutOneCode()
    {
        QFETCH(const QByteArray, repeated);
        Listening flow(redirectUri(freePort()));
        FaultBrowser often(flow.uri.port);
        const RawClient &browser = often.visit(flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);

        const RawClient &during = often.visit(flow.get("/callback?" + repeated));
        QTRY_VERIFY(during.ended());
        flow.listener->answerBrowser(RedirectPage::SignedIn);
        flow.listener->answerBrowser(RedirectPage::Failed);
        const RawClient &after = often.visit(flow.get("/callback?" + repeated));
        const RawClient &page = often.visit(flow.get("/done"));
        QTRY_COMPARE(often.ended(), 4);
        QCOMPARE(often.answers(), 4);
        QCOMPARE(often.answersWith(303), 1);

        for (const RawClient *client : { &during, &after }) {
            QCOMPARE(client->status(), 200);
            QVERIFY(client->body().contains("<h1 dir=\"auto\">Already handled</h1>"));
        }
        QVERIFY(page.body().contains("Signed in"));
        QCOMPARE(browser.status(), 303);
        QVERIFY(flow.hasTheCode());
    }

    void endsWithTheErrorThatIsOurs_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<std::size_t>("kind");
        QTest::addColumn<RedirectPage>("page");
        QTest::addColumn<QByteArray>("headline");
        QTest::newRow("F42 neither code nor error")
            << QByteArray() << std::size_t(1) << RedirectPage::Failed << QByteArray("Sign-in failed");
        QTest::newRow("F43 declined") << QByteArray("error=access_denied&") << std::size_t(2)
                                      << RedirectPage::Declined << QByteArray("You declined");
    }
    void endsWithTheErrorThatIsOurs()
    {
        QFETCH(const QByteArray, query);
        QFETCH(const std::size_t, kind);
        QFETCH(const RedirectPage, page);
        QFETCH(const QByteArray, headline);
        Listening flow(redirectUri(freePort()));

        const RawClient browser(flow.uri.port, flow.get("/callback?" + query + "state=" + goodState));
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(!flow.answers[0]);
        QCOMPARE(flow.answers[0].error().index(), kind);

        flow.listener->answerBrowser(page);
        const RawClient follower(flow.uri.port, flow.get("/done"));
        QTRY_VERIFY(follower.ended());
        QVERIFY(follower.body().contains(headline));
        QVERIFY(flow.foreign.isEmpty());
    }

    void takesAnAnswerWithoutStateOnlyWhenAllowed()
    {
        Listening flow(redirectUri(freePort()));
        const QByteArray request = flow.get("/callback?code=CANARY-code-1");

        const RawClient early(flow.uri.port, request);
        QTRY_COMPARE(flow.foreign.size(), 1);
        QTRY_COMPARE(early.status(), 400);
        flow.listener->acceptMissingState();
        const RawClient wrong(flow.uri.port, flow.get("/callback?code=CANARY-code-2&state=other"));
        QTRY_COMPARE(flow.foreign.size(), 2);
        const RawClient curious(flow.uri.port, flow.get("/callback"));
        QTRY_COMPARE(curious.status(), 404);
        QVERIFY(flow.answers.empty());
        const RawClient late(flow.uri.port, request);

        QTRY_COMPARE(flow.offers.size(), 1);
        QVERIFY(flow.offers[0] == Secret("CANARY-code-1"));
        QTRY_COMPARE(late.status(), 303);
        QCOMPARE(flow.foreign[0], std::pair(1, true));
        QCOMPARE(flow.foreign[1], std::pair(2, false));
    }

    // With its state an answer needs no yes, also where the next one without would be taken.
    void F109_tellsAnAnswerWithStateFromOneWithout()
    {
        Listening flow(redirectUri(freePort()));
        flow.listener->acceptMissingState();
        const RawClient stranger(flow.uri.port, flow.get("/callback?code=CANARY-code-2"));
        QTRY_COMPARE(flow.offers.size(), 1);
        const RawClient browser(flow.uri.port, flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
        QCOMPARE(flow.offers.size(), 1);
    }

    void answersTheBrowserAfterATimeout()
    {
        Listening flow(redirectUri(freePort()), { .answer = 50ms });
        const RawClient browser(flow.uri.port, flow.goodRequest());
        QTRY_VERIFY(browser.ended());
        QCOMPARE(browser.status(), 303);

        flow.listener->answerBrowser(RedirectPage::SignedIn); // too late to be shown
        const RawClient follower(flow.uri.port, flow.get("/done"));
        QTRY_VERIFY(follower.ended());
        QVERIFY(follower.body().contains("Return to Latchkey"));
    }

    // R16, R18: two sign-ins at once, as of two vendors; each address takes its own answer alone.
    void takesTheAnswerOnItsOwnAddressAlone()
    {
        Listening ours(redirectUri(freePort()));
        Listening theirs(redirectUri(freePort(), u"127.0.0.1"_s, "/other"));
        FaultBrowser browser(ours.uri.port);

        browser.visit(ours.get("/other?" + goodQuery));
        browser.visit(theirs.get("/callback?" + goodQuery)); // their Host on our port
        QTRY_COMPARE(browser.ended(), 2);
        QCOMPARE(browser.answersWith(404), 1);
        QCOMPARE(browser.answersWith(421), 1);
        QVERIFY(ours.answers.empty() && theirs.answers.empty());

        browser.visit(ours.goodRequest());
        QTRY_COMPARE(ours.answers.size(), 1U);
        QVERIFY(ours.hasTheCode());
        QVERIFY(theirs.answers.empty());
    }

    void servesThePageOnlyAtTheEnd()
    {
        Listening flow(redirectUri(freePort()));
        const RawClient early(flow.uri.port, flow.get("/done"));
        QTRY_COMPARE(early.status(), 404);
        flow.listener->answerBrowser(RedirectPage::SignedIn); // no browser waits: does nothing
        const RawClient browser(flow.uri.port, flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(browser.isConnected());
        flow.listener->answerBrowser(RedirectPage::SignedIn);

        const RawClient head(flow.uri.port, "HEAD" + flow.get("/done").sliced(3));
        const RawClient icon(flow.uri.port, flow.get("/favicon.ico"));
        const RawClient page(flow.uri.port, flow.get("/done"));
        QTRY_VERIFY(head.ended() && page.ended());
        QTRY_COMPARE(icon.status(), 404);
        QCOMPARE(head.status(), 200);
        QVERIFY(head.body().isEmpty());
        const RawClient again(flow.uri.port, flow.get("/done"));
        QTRY_COMPARE(again.body(), page.body());
    }
    void sendsTheBrowserElsewhereThanToTheRedirectPath()
    {
        Listening flow(redirectUri(freePort(), u"127.0.0.1"_s, "/done"));
        const RawClient browser(flow.uri.port, flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
        flow.listener->answerBrowser(RedirectPage::SignedIn);
        QTRY_VERIFY(browser.hasHeader("Location: /finished"));

        const RawClient page(flow.uri.port, flow.get("/finished"));
        QTRY_COMPARE(page.status(), 200);
    }

    void closesThePortWhenDeleted_data()
    {
        QTest::addColumn<bool>("answered");
        QTest::newRow("F51 cancelled while it waits") << false;
        QTest::newRow("F51 cancelled while it exchanges") << true;
    }
    void closesThePortWhenDeleted()
    {
        QFETCH(const bool, answered);
        Listening flow(redirectUri(freePort(), u"localhost"_s));
        std::optional<RawClient> browser;
        if (answered) {
            browser.emplace(flow.uri.port, flow.goodRequest());
            QTRY_COMPARE(flow.answers.size(), 1U);
        }

        flow.listener.reset();

        QVERIFY(!portIsOpen(flow.uri.port));
        if (answered) {
            QTRY_VERIFY(browser->ended());
            QCOMPARE(browser->status(), 200);
            QVERIFY(browser->body().contains("Return to Latchkey"));
        }
    }
    void mayBeDeletedInItsOwnSignal()
    {
        Listening flow(redirectUri(freePort()));
        QObject::connect(flow.listener.get(), &RedirectListener::answered, this,
                         [&flow] { flow.listener.reset(); });
        const RawClient browser(flow.uri.port, flow.goodRequest());

        QTRY_VERIFY(browser.ended());
        QVERIFY(!portIsOpen(flow.uri.port));
    }
    void closesSoonWhenTheTabWasClosed()
    {
        Listening flow(redirectUri(freePort()), { .repeat = 20ms });
        {
            const RawClient browser(flow.uri.port, flow.goodRequest());
            QTRY_COMPARE(flow.answers.size(), 1U);
        }
        const RawClient later(flow.uri.port, flow.goodRequest());
        QTRY_COMPARE(later.status(), 200);
        flow.listener->answerBrowser(RedirectPage::SignedIn);
        QTRY_VERIFY(!portIsOpen(flow.uri.port));
    }
};

LATCHKEY_TEST(TestLoopbackListener)
#include "tst_loopbacklistener.moc"
