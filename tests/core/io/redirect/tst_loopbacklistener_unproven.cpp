// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

#include "listenerfixture.h"

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Answers that nothing ties to the sign-in: another user's, and those without a state.
class TestLoopbackListenerUnproven final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void F108_hearsNoProgramOfAnotherUser_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<bool>("wantsState");
        const auto get = [](const QByteArray &query) {
            return "GET /callback?" + query + " HTTP/1.1\r\nHost: HOST\r\n\r\n";
        };
        QTest::newRow("F108 the right state") << get(goodQuery) << true;
        QTest::newRow("F108 declined with the right state")
            << get("error=access_denied&state=" + goodState) << true;
        QTest::newRow("F108 another state") << get("code=a&state=b") << true;
        QTest::newRow("F108 a code without state") << get("code=a") << false;
        QTest::newRow("F108 an error without state") << get("error=access_denied") << false;
    }
    void F108_hearsNoProgramOfAnotherUser()
    {
        QFETCH(QByteArray, request);
        QFETCH(const bool, wantsState);
        PeerOwner owner = PeerOwner::Stranger;
        QList<SocketEnd> asked;
        Listening flow(redirectUri(freePort()),
                       { .peerOwner =
                             [&](const SocketEnd &peer, const SocketEnd &own) {
                                 asked << peer << own;
                                 return owner;
                             } },
                       {}, wantsState ? Secret(goodState) : Secret());
        request.replace("HOST", flow.uri.hostHeader);

        FaultBrowser stranger(flow.uri.port);
        stranger.visitOften(2, request);
        QTRY_COMPARE(stranger.ended(), 2);
        QCOMPARE(stranger.answersWith(403), 2);
        QTRY_COMPARE(flow.notices, QList { RedirectNotice::OtherUser });
        QCOMPARE(asked.value(1).port, flow.uri.port);
        QVERIFY(flow.answers.empty() && flow.foreign.isEmpty() && flow.offers.isEmpty()
                && flow.strange.empty());

        owner = PeerOwner::Ours;
        const RawClient browser(flow.uri.port, flow.goodRequest());
        QTRY_COMPARE(flow.answers.size() + static_cast<std::size_t>(flow.offers.size()), 1U);
    }
    void F108_reportsNothingAboutStrangers_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("F108 https") << QByteArray::fromHex("1603010200010001fc0303");
        QTest::newRow("F108 too large") << "GET /callback?" + QByteArray(100'000, 'a');
    }
    void F108_reportsNothingAboutStrangers()
    {
        QFETCH(const QByteArray, request);
        Listening flow(redirectUri(freePort()),
                       { .peerOwner = [](const auto &, const auto &) { return PeerOwner::Stranger; } });
        const RawClient stranger(flow.uri.port, request);
        QTRY_VERIFY(stranger.ended());
        QTest::qWait(0);
        QVERIFY(flow.notices.isEmpty());
    }
    void F108_strangersDoNotFetchThePage()
    {
        PeerOwner owner = PeerOwner::NotTold; // as on other systems: heard
        Listening flow(redirectUri(freePort()),
                       { .peerOwner = [&](const auto &, const auto &) { return owner; } });
        const RawClient browser(flow.uri.port, flow.goodRequest());
        QTRY_VERIFY(flow.hasTheCode());
        flow.listener->answerBrowser(RedirectPage::SignedIn);
        QTRY_VERIFY(browser.ended());

        const QSignalSpy served(flow.listener.get(), &RedirectListener::browserServed);
        owner = PeerOwner::Stranger;
        const RawClient stranger(flow.uri.port, flow.get("/done"));
        QTRY_COMPARE(stranger.status(), 403);
        QCOMPARE(served.count(), 0);
        owner = PeerOwner::Ours;
        const RawClient follower(flow.uri.port, flow.get("/done"));
        QTRY_COMPARE(follower.status(), 200);
        QTRY_COMPARE(served.count(), 1);
    }

    void F109_nothingUnprovenEndsASignIn_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("F109 declined") << QByteArray("error=access_denied");
        QTest::newRow("F109 declined, with a state of somebody's")
            << QByteArray("error=access_denied&state=x");
        QTest::newRow("F109 a state alone") << QByteArray("state=x");
        QTest::newRow("F109 an empty code") << QByteArray("code=");
        QTest::newRow("F109 a code that is none") << QByteArray("code=%01");
        QTest::newRow("F109 two codes") << QByteArray("code=a&code=b");
        QTest::newRow("F109 an issuer") << QByteArray("code=a&iss=https://evil.example");
    }
    void F109_nothingUnprovenEndsASignIn()
    {
        QFETCH(const QByteArray, query);
        Listening flow(redirectUri(freePort()), {}, {}, Secret());
        const RawClient stranger(flow.uri.port, flow.get("/callback?" + query));
        QTRY_VERIFY(stranger.ended());
        QCOMPARE(stranger.status(), 400);
        QVERIFY(stranger.body().contains("Not used"));
        QTRY_COMPARE(flow.strange.size(), 1U);
        QVERIFY(flow.answers.empty() && flow.offers.isEmpty());

        const RawClient browser(flow.uri.port, flow.get("/callback?code=CANARY-code-1"));
        QTRY_COMPARE(flow.offers, QList { Secret("CANARY-code-1") });
    }
    void F109_aStrangersCodeDoesNotPushOutTheNextOne()
    {
        Listening flow(redirectUri(freePort()), { .repeat = 50ms }, {}, Secret());
        FaultBrowser browser(flow.uri.port);
        const QSignalSpy served(flow.listener.get(), &RedirectListener::browserServed);
        browser.visit(flow.get("/callback?code=a"));
        browser.visit(flow.get("/done"));
        QTRY_COMPARE(served.count(), 1);
        QVERIFY(browser.last().body().contains("Confirm in Latchkey"));
        browser.visit(flow.get("/callback?code=b"));
        QTRY_COMPARE(flow.offers, (QList { Secret("a"), Secret("b") }));
        QCOMPARE(browser.answersWith(303), 2);

        flow.listener->answerBrowser(RedirectPage::SignedIn);
        browser.visit(flow.get("/callback?code=c"));
        const RawClient &page = browser.visit(flow.get("/done")); // late, so that it tells the end
        QTRY_COMPARE(served.count(), 2);
        QTRY_VERIFY(page.ended());
        QVERIFY(page.body().contains("Signed in"));
        QCOMPARE(flow.offers.size(), 2);
        QTRY_VERIFY(!portIsOpen(flow.uri.port));
    }
};

LATCHKEY_TEST(TestLoopbackListenerUnproven)
#include "tst_loopbacklistener_unproven.moc"
