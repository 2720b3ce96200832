// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/list/accounttable.h"
#include "ui/list/sidepanel.h"
#include "ui/signin/signindialog.h"
#include "ui/widgets/problemview.h"
#include "ui/window/accountactrunner.h"
#include "ui/window/mainwindow.h"
#include "ui/window/windowbanners.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// What the window says of the profile and of clocks, and that nothing else happens because of it.
class TestMainWindowNotices final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysThatTheClockWasSet_data();
    void saysThatTheClockWasSet();
    void asksForNothingAfterANightsSleep();
    void saysThatTheClockIsBehind();
    void saysThatABackupIsInUse();
    void countsDownUntilTheProviderMayBeAsked_data();
    void countsDownUntilTheProviderMayBeAsked();
    void namesTheAccountThatWasRemovedDuringItsSignIn();
    void losesOnlyTheTokensItAskedAbout();
    void copiesOnlyToTheHostItAskedAbout();
    void readsNoNameAsMarkup();

private:
    // The words of every banner that can be seen.
    [[nodiscard]] QString notices() const
    {
        QString said;
        for (const auto *banner : m_window->findChildren<Banner *>()) {
            if (banner->isVisible())
                said += banner->text() + u'\n';
        }
        return said;
    }

    std::unique_ptr<FakeUiServices> m_world;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindowNotices::init()
{
    m_world = std::make_unique<FakeUiServices>();
    for (const QString &name : { u"A"_s, u"B"_s, u"C"_s })
        putSample(*m_world, { .name = name });
    m_window = std::make_unique<MainWindow>(m_world->services());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestMainWindowNotices::cleanup()
{
    m_window.reset();
    m_world.reset();
}

void TestMainWindowNotices::saysThatTheClockWasSet_data()
{
    QTest::addColumn<qint64>("jump"); // seconds
    QTest::addColumn<QString>("said");
    QTest::newRow("F80 +2 h") << qint64(7200) << u"forward by 2 h"_s;
    QTest::newRow("F80 -2 h") << qint64(-7200) << u"back by 2 h"_s;
    QTest::newRow("F80 +10 y") << qint64(10) * 365 * 86400 << u"forward by 3650 d"_s;
    QTest::newRow("F80 1970") << qint64(-1'768'478'400) << u"back by 204"_s;
    QTest::newRow("F80 a few seconds") << qint64(5) << QString();
}

void TestMainWindowNotices::saysThatTheClockWasSet()
{
    QFETCH(const qint64, jump);
    QFETCH(const QString, said);
    std::chrono::seconds offset {};
    m_window->ticker().watchWallClock([&offset] { return offset; });
    m_window->ticker().tick();
    QCOMPARE(notices(), QString());

    offset = std::chrono::seconds(jump);
    m_window->ticker().tick();
    if (said.isEmpty())
        QCOMPARE(notices(), QString());
    else
        QVERIFY2(notices().contains(said), qPrintable(notices()));
    QVERIFY2(m_world->http.requests.isEmpty(), "F80 no mass refresh");
    for (const Account &account : m_world->accounts.accounts())
        QVERIFY(account.token->expiresAt == m_world->now.addSecs(3000));
}

// F81, R42: nothing is refreshed by itself, so neither is anything after sleep.
void TestMainWindowNotices::asksForNothingAfterANightsSleep()
{
    m_world->now = m_world->now.addSecs(8 * 3600);
    m_window->ticker().tick();
    m_window->ticker().tick();
    QCOMPARE(notices(), QString());
    QVERIFY(m_world->http.requests.isEmpty());
}

void TestMainWindowNotices::saysThatTheClockIsBehind()
{
    m_window->showClockLag(0s);
    QCOMPARE(notices(), QString());
    m_window->showClockLag(7200s); // F80
    QVERIFY2(notices().contains(u"behind by 2 h"_s), qPrintable(notices()));
    QVERIFY(m_world->http.requests.isEmpty());
}

void TestMainWindowNotices::saysThatABackupIsInUse()
{
    const QDateTime made(QDate(2026, 1, 14), QTime(9, 30), Qt::UTC);
    m_window->showNotice(
        { Problem::Kind::ProfileRestored, u"/home/me/profile.sqlite.corrupt-1"_s, {}, made, {} });
    // F72: what happened, where the damaged file is, what the backup lacks, and what to do.
    for (const QString &words : { u"last good backup"_s, u"profile.sqlite.corrupt-1"_s, u"is missing"_s,
                                  u"is back"_s, u"sign in again"_s, u"delete the damaged file"_s })
        QVERIFY2(notices().contains(words), qPrintable(words));
}

void TestMainWindowNotices::countsDownUntilTheProviderMayBeAsked_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("said");
    QTest::newRow("F27 5") << 429 << QByteArray("5") << 5 << u"Try again in 5 s."_s;
    QTest::newRow("F27 10^9, an hour at most")
        << 429 << QByteArray("1000000000") << 3600 << u"Try again in 1 h 00 min."_s;
    QTest::newRow("F27 garbage, the usual pause")
        << 429 << QByteArray("soon") << 30 << u"Try again in 30 s."_s;
    QTest::newRow("F28 503 with Retry-After") << 503 << QByteArray("42") << 42 << u"Try again in 42 s."_s;
}

// R40: nothing is sent before, and the words go by themselves.
void TestMainWindowNotices::countsDownUntilTheProviderMayBeAsked()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, retryAfter);
    QFETCH(const int, seconds);
    QFETCH(const QString, said);
    auto &panel = *m_window->findChild<SidePanel *>();
    auto &problem = *panel.findChild<ProblemView *>();
    const auto says = [&problem](const QString &text) {
        return shownTexts(problem).contains(text) && problem.accessibleDescription().contains(text);
    };
    HttpResponse busy;
    busy.status = status;
    busy.retryAfter = retryAfter;
    buttonCalled(panel, u"Refresh"_s)->click();
    QTRY_COMPARE(m_world->http.unanswered(), 1);
    m_world->http.answer(busy);
    QTRY_VERIFY(problem.isVisible());
    QVERIFY2(says(said), qPrintable(problem.accessibleDescription()));

    m_world->now = m_world->now.addSecs(seconds - 2);
    m_window->ticker().tick();
    QVERIFY2(says(u"Try again in 2 s."_s), qPrintable(problem.accessibleDescription()));
    buttonCalled(panel, u"Try again"_s)->click();
    QCOMPARE(m_world->http.requests.size(), 1);

    m_world->now = m_world->now.addSecs(2);
    m_window->ticker().tick();
    QVERIFY2(says(u"Try again."_s), qPrintable(problem.accessibleDescription()));
    buttonCalled(panel, u"Try again"_s)->click();
    QTRY_COMPARE(m_world->http.requests.size(), 2);
}

// F51
void TestMainWindowNotices::namesTheAccountThatWasRemovedDuringItsSignIn()
{
    const AccountId id = putSample(*m_world, { .name = u"D"_s, .providerId = u"rev"_s });
    m_window->findChild<AccountActRunner *>()->perform(AccountAct::SignIn, id);
    const QPointer<SignInDialog> dialog = m_window->findChild<SignInDialog *>();
    QVERIFY(dialog);
    QCOMPARE(m_world->browser.opened.size(), 1);

    m_world->profile.accounts.remove(id);
    m_world->profile.changedElsewhere = true;
    m_world->repository.catchUp();
    QVERIFY(shownTexts(*dialog).contains(u"does not exist any more"_s));
    QVERIFY(!buttonCalled(*dialog, u"Try again"_s));
    buttonCalled(*dialog, u"Close"_s)->click();

    QCOMPARE(m_window->findChild<QLabel *>(u"status"_s)->accessibleName(), u"Not signed in to “D”."_s);
    QTRY_VERIFY(!dialog);
}

// Between question and answer: a second token could not be stored.
void TestMainWindowNotices::losesOnlyTheTokensItAskedAbout()
{
    m_world->keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Failed, {} };
    const auto refresh = [this](int at) {
        const AccountId id = m_world->accounts.accounts()[at].id;
        m_world->tokens.refresh(id, { m_window.get(), [](const Result<void, Problem> &) {} });
        QTRY_COMPARE(m_world->http.unanswered(), 1);
        m_world->http.answer(
            200, R"({"access_token":"CANARY-access-token-2","token_type":"Bearer","expires_in":"3599"})");
        QTRY_COMPARE(m_world->tokens.unsaved().size(), at + 1);
    };
    const auto lose = [this] {
        for (QAbstractButton *each : m_window->findChild<QMessageBox *>()->buttons()) {
            if (each->text() == u"Close and lose them"_s)
                return each->click();
        }
    };
    refresh(0);
    QVERIFY(!m_window->close());
    refresh(1);
    lose();
    QVERIFY(m_window->isVisible());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    lose();
    QVERIFY(!m_window->isVisible());
}

// Between question and answer: another process gave the account another address.
void TestMainWindowNotices::copiesOnlyToTheHostItAskedAbout()
{
    const auto setAddress = [this](const QString &address) {
        Account account = m_world->accounts.accounts().constFirst();
        account.fields.insert(u"test_url"_s, address);
        account.copyChoice = u"curl"_s;
        QVERIFY(m_world->repository.storeAccount(account).has_value());
    };
    QGuiApplication::clipboard()->clear();
    setAddress(u"https://elsewhere.example/ping"_s);
    m_window->findChild<AccountTable *>()->select(m_world->accounts.accounts().constFirst().id);
    QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(m_window->findChild<QMessageBox *>());
    auto *box = m_window->findChild<QMessageBox *>();
    QVERIFY(box->text().contains(u"elsewhere.example"_s));
    setAddress(u"https://hostile.example/ping"_s);

    for (QAbstractButton *each : box->buttons()) {
        if (each->text() == u"Copy all the same"_s)
            each->click();
    }

    const auto asksAnew = [this] {
        const auto boxes = m_window->findChildren<QMessageBox *>();
        return std::any_of(boxes.begin(), boxes.end(), [](const QMessageBox *each) {
            return each->text().contains(u"hostile.example"_s);
        });
    };
    QTRY_VERIFY(asksAnew());
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

// F113: neither a name, nor a format of the user's own, nor what a server said.
void TestMainWindowNotices::readsNoNameAsMarkup()
{
    const QString hostile = u"<h1>x</h1><img src=file:///dev/zero>"_s;
    m_world->recipeStore.recipes = { { u"mine"_s, hostile, u"{{token}}"_s } };
    Account account = m_world->accounts.accounts().constFirst();
    account.name = hostile;
    account.copyChoice = u"mine"_s;
    account.lastProblem = Problem { Problem::Kind::ProviderRefused, hostile, hostile, m_world->now, {} };
    QVERIFY(m_world->repository.storeAccount(account).has_value());
    m_window->findChild<AccountTable *>()->select(account.id);
    QVERIFY(!notices().contains(QChar(0x2060)));
    QCOMPARE(test::labelsThatReadMarkup(*m_window), 0);

    const auto buttons = m_window->findChildren<QPushButton *>();
    QVERIFY(std::any_of(buttons.begin(), buttons.end(), [&hostile](const QPushButton *button) {
        return button->toolTip().remove(QChar(0x2060)).contains(hostile);
    }));
}

LATCHKEY_TEST(TestMainWindowNotices)
#include "tst_mainwindow_notices.moc"
