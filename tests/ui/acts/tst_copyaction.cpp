// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/acts/clipboardguard.h"
#include "ui/acts/copyaction.h"
#include "ui/acts/uiservices.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestCopyAction final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QGuiApplication::clipboard()->setText(u"as it was"_s); }
    void copiesAFreshTokenWithoutARequest();
    void copiesWhatWasChosen_data();
    void copiesWhatWasChosen();
    void asksBeforeATokenGoesToAnotherHost();
    void remembersTheLastChoice();
    void refreshesATokenThatEndsSoon();
    void copiesWithAWarningWhenRefreshingFails();
    void leavesTheClipboardWhenTheTokenIsExpired();
    void saysThatTheClipboardDidNotTakeIt();
    void keepsTheClipboardAsLongAsPreferred();

private:
    [[nodiscard]] static bool clipboardIs(const QByteArray &text)
    {
        return QGuiApplication::clipboard()->text().toUtf8() == text;
    }
};

void TestCopyAction::copiesAFreshTokenWithoutARequest()
{
    FakeUiServices world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    ClipboardGuard guard(QGuiApplication::clipboard(), world.clock);
    HostConsent consent;
    CopyAction action(world.services(), consent, guard);
    QSignalSpy copied(&action, &CopyAction::copied);

    action.copy(id);

    QTRY_COMPARE(copied.count(), 1);
    QVERIFY(clipboardIs("Bearer CANARY-access-token-1"));
    QVERIFY(world.http.requests.isEmpty());
    QVERIFY(!copied[0][2].value<std::optional<Problem>>());
}

void TestCopyAction::copiesWhatWasChosen_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("recipe");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("header value") << u"rev"_s << u"header-value"_s
                                  << QByteArray("VBrick CANARY-access-token-1");
    QTest::newRow("token") << u"rev"_s << u"token"_s << QByteArray("CANARY-access-token-1");
    QTest::newRow("header line") << u"rev"_s << u"header"_s
                                 << QByteArray("Authorization: VBrick CANARY-access-token-1");
    QTest::newRow("curl") << u"configapi"_s << u"curl"_s
                          << QByteArray("curl -H 'Authorization: Bearer CANARY-access-token-1' "
                                        "'https://acme.example.com'");
}

void TestCopyAction::copiesWhatWasChosen()
{
    QFETCH(QString, provider);
    QFETCH(QString, recipe);
    QFETCH(QByteArray, text);
    FakeUiServices world;
    const AccountId id = putSample(world, { .name = u"A"_s, .providerId = provider });
    ClipboardGuard guard(QGuiApplication::clipboard(), world.clock);
    HostConsent consent;
    CopyAction action(world.services(), consent, guard);
    QSignalSpy copied(&action, &CopyAction::copied);

    action.copy(id, recipe);

    QTRY_COMPARE(copied.count(), 1);
    QVERIFY(clipboardIs(text));
}

void TestCopyAction::asksBeforeATokenGoesToAnotherHost()
{
    FakeUiServices world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    Account account = *world.accounts.find(id);
    account.fields.insert(u"test_url"_s, u"https://elsewhere.example/ping"_s);
    QVERIFY(world.repository.storeAccount(account).has_value());
    ClipboardGuard guard(QGuiApplication::clipboard(), world.clock);
    HostConsent consent;
    CopyAction action(world.services(), consent, guard);
    QSignalSpy copied(&action, &CopyAction::copied);
    QSignalSpy asked(&action, &CopyAction::asksAboutHost);

    action.copy(id, u"curl"_s);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked[0][2].toString(), u"elsewhere.example"_s);
    QVERIFY(clipboardIs("as it was"));
    action.copy(id, u"header-value"_s); // names no host
    QTRY_COMPARE(copied.count(), 1);

    consent.allow(id, u"elsewhere.example"_s);
    action.copy(id, u"curl"_s);
    QTRY_COMPARE(copied.count(), 2);
    QCOMPARE(asked.count(), 1);
    QVERIFY(QGuiApplication::clipboard()->text().contains("elsewhere.example"_L1));
}

void TestCopyAction::remembersTheLastChoice()
{
    FakeUiServices world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    ClipboardGuard guard(QGuiApplication::clipboard(), world.clock);
    HostConsent consent;
    CopyAction action(world.services(), consent, guard);
    QSignalSpy copied(&action, &CopyAction::copied);
    action.copy(id, u"token"_s);
    QTRY_COMPARE(copied.count(), 1);

    action.copy(id);

    QTRY_COMPARE(copied.count(), 2);
    QCOMPARE(copied[1][1].toString(), u"token"_s);
    QCOMPARE(world.accounts.find(id)->copyChoice, u"token"_s);
}

void TestCopyAction::refreshesATokenThatEndsSoon()
{
    FakeUiServices world;
    const AccountId id = putSample(world, { .name = u"A"_s, .left = 119s });
    ClipboardGuard guard(QGuiApplication::clipboard(), world.clock);
    HostConsent consent;
    CopyAction action(world.services(), consent, guard);
    QSignalSpy copied(&action, &CopyAction::copied);

    action.copy(id);
    QTRY_COMPARE(world.http.requests.size(), 1);
    QVERIFY(clipboardIs("as it was"));
    world.http.answer(
        200, R"({"access_token":"CANARY-access-token-2","token_type":"Bearer","expires_in":"3599",})");

    QTRY_COMPARE(copied.count(), 1);
    QVERIFY(clipboardIs("Bearer CANARY-access-token-2"));
}

void TestCopyAction::copiesWithAWarningWhenRefreshingFails()
{
    FakeUiServices world;
    const AccountId id = putSample(world, { .name = u"A"_s, .left = 90s });
    ClipboardGuard guard(QGuiApplication::clipboard(), world.clock);
    HostConsent consent;
    CopyAction action(world.services(), consent, guard);
    QSignalSpy copied(&action, &CopyAction::copied);

    action.copy(id);
    QTRY_COMPARE(world.http.unanswered(), 1);
    world.http.answer(400, R"({"error":"invalid_client"})");

    QTRY_COMPARE(copied.count(), 1);
    QVERIFY(clipboardIs("Bearer CANARY-access-token-1"));
    QVERIFY(copied[0][2].value<std::optional<Problem>>());
}

void TestCopyAction::leavesTheClipboardWhenTheTokenIsExpired()
{
    FakeUiServices world;
    const AccountId id = putSample(world, { .name = u"A"_s, .left = -10s });
    ClipboardGuard guard(QGuiApplication::clipboard(), world.clock);
    HostConsent consent;
    CopyAction action(world.services(), consent, guard);
    QSignalSpy failed(&action, &CopyAction::failed);

    action.copy(id);
    QTRY_COMPARE(world.http.unanswered(), 1);
    world.http.answer(400, R"({"error":"invalid_client"})");

    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(clipboardIs("as it was"));
    QCOMPARE(failed[0][1].value<Problem>().kind, Problem::Kind::InvalidClient);
}

// F89
void TestCopyAction::saysThatTheClipboardDidNotTakeIt()
{
    FakeUiServices world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    ClipboardGuard guard(nullptr, world.clock);
    HostConsent consent;
    CopyAction action(world.services(), consent, guard);
    QSignalSpy refused(&action, &CopyAction::clipboardRefused);

    action.copy(id, u"token"_s);

    QTRY_COMPARE(refused.count(), 1);
    QVERIFY(world.accounts.find(id)->copyChoice.isEmpty());
}

void TestCopyAction::keepsTheClipboardAsLongAsPreferred()
{
    FakeUiServices world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    Preferences preferences;
    preferences.clipboardLife = 45s;
    QVERIFY(world.preferences.change(preferences));
    ClipboardGuard guard(QGuiApplication::clipboard(), world.clock);
    HostConsent consent;
    CopyAction action(world.services(), consent, guard);

    action.copy(id);

    QTRY_COMPARE(guard.left(), 45s);
}

LATCHKEY_TEST(TestCopyAction)

#include "tst_copyaction.moc"
