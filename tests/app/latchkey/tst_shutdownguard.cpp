// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey/shutdownguard.h"
#include "core/provider/providers.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QWidget>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The window was closed, and a token is on its way or waits for the keychain (F67).
class TestShutdownGuard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void endsAtOnceWhenNothingIsOnItsWay();
    void waitsForTheAnswerAndItsStoring_F67();
    void saysWhatItWaitsForAndEndsOnTheWord_F67();
    void closesTheWindowWhenAskedFromOutside_F67();
    void comesBackWithATokenThatCouldNotBeStored_F67();
    void givesUpInTheEnd_F67();

private:
    // A refresh whose answer has not come; the account's lock is held.
    void beginRefresh();
    void answerRefresh()
    {
        m_world->http.answer(200, R"({"access_token":"CANARY-access-2","expires_in":60})");
    }
    // Outside of the program's own loop Qt does not say that the last window is closed.
    void closeWindow()
    {
        QVERIFY(m_window->close());
        Q_EMIT qApp->lastWindowClosed();
    }
    static QPushButton *button(const QString &text);

    std::unique_ptr<FakeWorld> m_world;
    std::unique_ptr<WatchedLock> m_lock;
    std::unique_ptr<FlowContext> m_watched;
    std::unique_ptr<TokenService> m_tokens;
    std::unique_ptr<QWidget> m_window;
};

void TestShutdownGuard::init()
{
    m_world = std::make_unique<FakeWorld>();
    m_lock = std::make_unique<WatchedLock>(m_world->lock);
    m_watched = std::make_unique<FlowContext>(
        FlowContext { m_world->http, m_world->browser, *m_lock, [] { return nullptr; }, m_world->clock });
    m_tokens = std::make_unique<TokenService>(*m_watched, m_world->repository);
    m_window = std::make_unique<QWidget>();
    m_window->show();
}

void TestShutdownGuard::cleanup()
{
    m_tokens.reset();
    m_window.reset();
    m_watched.reset();
    m_lock.reset();
    m_world.reset();
}

void TestShutdownGuard::beginRefresh()
{
    const AccountDraft draft = priavaDraft();
    Account made;
    made.name = draft.name;
    made.providerId = draft.providerId;
    made.fields = completeFields(*findProvider(draft.providerId), draft.fields);
    made.token = TokenFacts { m_world->now, m_world->now.addSecs(300), u"Bearer"_s, {}, {}, {} };
    AccountSecrets secrets;
    secrets.fields = { { u"client_secret"_s, Secret("CANARY-client-secret") } };
    secrets.token = TokenSet { Secret("CANARY-access-1"), Secret("CANARY-refresh-1"), *made.token };
    const AccountId id = m_world->put(made, secrets);
    m_tokens->refresh(id, { m_tokens.get(), [](const Result<void, Problem> &) {} });
    QCOMPARE(m_world->http.unanswered(), 1);
    QVERIFY(!m_lock->isIdle());
}

QPushButton *TestShutdownGuard::button(const QString &text)
{
    for (QWidget *window : QApplication::topLevelWidgets()) {
        const auto buttons = window->findChildren<QPushButton *>();
        for (QPushButton *each : buttons) {
            if (window->isVisible() && each->text() == text)
                return each;
        }
    }
    return nullptr;
}

void TestShutdownGuard::endsAtOnceWhenNothingIsOnItsWay()
{
    ShutdownGuard ending(*m_lock, *m_tokens, *m_window);
    QSignalSpy over(&ending, &ShutdownGuard::over);

    closeWindow();

    QTRY_COMPARE(over.count(), 1);
}

void TestShutdownGuard::waitsForTheAnswerAndItsStoring_F67()
{
    beginRefresh();
    ShutdownGuard ending(*m_lock, *m_tokens, *m_window);
    QSignalSpy over(&ending, &ShutdownGuard::over);
    m_world->keychain.holdsBack = true; // it asks its user
    closeWindow();
    answerRefresh();
    QVERIFY(!m_lock->isIdle());
    QCOMPARE(over.count(), 0);

    m_world->keychain.release();

    QTRY_COMPARE(over.count(), 1);
    QVERIFY(m_lock->isIdle());
    QVERIFY(insideOf(m_world->keychain.values.first()).contains("CANARY-access-2"));
}

void TestShutdownGuard::saysWhatItWaitsForAndEndsOnTheWord_F67()
{
    beginRefresh();
    ShutdownGuard ending(*m_lock, *m_tokens, *m_window, { .untilSaid = 0ms });
    QSignalSpy over(&ending, &ShutdownGuard::over);
    closeWindow();
    QTRY_VERIFY(button(u"Wait"_s));
    QCOMPARE(over.count(), 0);

    button(u"End now"_s)->click();

    QCOMPARE(over.count(), 1);
}

void TestShutdownGuard::closesTheWindowWhenAskedFromOutside_F67()
{
    beginRefresh();
    ShutdownGuard ending(*m_lock, *m_tokens, *m_window, { .untilSaid = 0ms });
    QSignalSpy over(&ending, &ShutdownGuard::over);

    ending.begin();

    QVERIFY(!m_window->isVisible());
    QTRY_VERIFY(button(u"Wait"_s));
    button(u"Wait"_s)->click();
    QCOMPARE(over.count(), 0);
    answerRefresh();
    QTRY_COMPARE(over.count(), 1);
}

void TestShutdownGuard::comesBackWithATokenThatCouldNotBeStored_F67()
{
    beginRefresh();
    ShutdownGuard ending(*m_lock, *m_tokens, *m_window, { .untilSaid = 0ms });
    QSignalSpy over(&ending, &ShutdownGuard::over);
    closeWindow();
    QTRY_VERIFY(button(u"Wait"_s));
    m_world->keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Failed, {} };

    answerRefresh();

    QTRY_VERIFY(m_window->isVisible());
    QVERIFY(!button(u"Wait"_s));
    QCOMPARE(over.count(), 0);
}

void TestShutdownGuard::givesUpInTheEnd_F67()
{
    beginRefresh();
    ShutdownGuard ending(*m_lock, *m_tokens, *m_window, { .longest = 20ms });
    QSignalSpy over(&ending, &ShutdownGuard::over);

    closeWindow();

    QTRY_COMPARE(over.count(), 1);
}

LATCHKEY_TEST(TestShutdownGuard)

#include "tst_shutdownguard.moc"
