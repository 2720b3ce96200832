// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/authorizationoperation.h"
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/list/accounttable.h"
#include "ui/list/sidepanel.h"
#include "ui/list/tokenview.h"
#include "ui/window/emptystate.h"
#include "ui/window/mainwindow.h"
#include "ui/window/refreshallbar.h"

#include <QAccessible>
#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestMainWindow final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void touchesNoKeychainToStart();
    void everyControlHasAName();
    void tabGoesFromTopToBottom();
    void invitesToAddTheFirstAccount();
    void findsWhileTyping();
    void keysReachTheirActs();
    void copiesWithOneClickAndTellsSo();
    void tellsWhyARefreshFailed();
    void refreshesAllThatIsShownSixAtOnce();
    void canStopRefreshingAll();
    void theTickerRestsWhileNothingIsSeen();
    void hidesTheTokenWhenMinimised();
    void saysWhereSecretsAreKept();
    void warnsBeforeUnsavedTokensAreLost();
    void tellsOfAClockThatWasSet();
    void clearsTheClipboardWhenClosed();
    void everyActOfTheMenuOpensItsDialog_data();
    void everyActOfTheMenuOpensItsDialog();
    void keysOpenDialogsToo();
    void theButtonFollowsTheUsersOwnFormats();
    void asksForTheVaultsPassphrase();
    void offersToUnlockWhatFailed();
    void saysThatTheActivityCouldNotBeRecorded();
    void theMenuOfAnAccountThatIsGoneCloses();

private:
    void open(bool withVault = false);
    [[nodiscard]] QPushButton *button(const QString &name) const;
    [[nodiscard]] QString status() const
    {
        return m_window->findChild<QLabel *>(u"status"_s)->accessibleName();
    }
    [[nodiscard]] AccountTable &table() const { return *m_window->findChild<AccountTable *>(); }
    [[nodiscard]] bool says(const QString &text) const;
    static constexpr auto goodAnswer =
        R"({"access_token":"CANARY-access-token-2","token_type":"Bearer","expires_in":"3599"})";

    std::unique_ptr<FakeUiServices> m_world;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::init()
{
    m_world = std::make_unique<FakeUiServices>();
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_world.reset();
}

void TestMainWindow::open(bool withVault)
{
    m_world->keychain.calls.clear();
    m_window = std::make_unique<MainWindow>(withVault ? m_world->servicesWithVault() : m_world->services());
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

QPushButton *TestMainWindow::button(const QString &name) const
{
    for (auto *each : m_window->findChildren<QPushButton *>())
        if (each->accessibleName() == name && each->isVisible())
            return each;
    return nullptr;
}

bool TestMainWindow::says(const QString &text) const
{
    const auto labels = m_window->findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&text](const QLabel *label) {
        return label->isVisible() && label->text().contains(text);
    });
}

// F68
void TestMainWindow::touchesNoKeychainToStart()
{
    for (int at = 0; at < 200; ++at)
        putSample(*m_world, { .name = u"Account %1"_s.arg(at) });

    open();

    QCOMPARE(m_window->windowTitle(), u"Latchkey"_s);
    QCOMPARE(table().model()->rowCount(), 200);
    QVERIFY(m_world->keychain.calls.isEmpty());
    QVERIFY(m_world->http.requests.isEmpty());
}

void TestMainWindow::everyControlHasAName()
{
    putSample(*m_world, { .name = u"A"_s });
    putSample(*m_world, { .name = u"B"_s, .providerId = u"rev"_s, .hasToken = false });
    m_world->tokens.keepInMemory();
    open();

    for (auto *widget : m_window->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
            || widget->objectName().startsWith(u"qt_"_s))
            continue;
        const auto *interface = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(),
                 widget->metaObject()->className());
    }
    for (const auto *each : m_window->findChildren<QPushButton *>())
        QVERIFY2(!each->accessibleName().isEmpty(), qPrintable(each->text()));
}

void TestMainWindow::tabGoesFromTopToBottom()
{
    putSample(*m_world, { .name = u"A"_s, .providerId = u"rev"_s });
    open();
    QStringList names;
    QWidget *const first = button(u"Add account"_s);
    QWidget *widget = first;
    do {
        if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0
            && !widget->accessibleName().isEmpty())
            names << widget->accessibleName();
        widget = widget->nextInFocusChain();
    } while (widget != first);

    const QStringList expected { u"Add account"_s,
                                 u"Refresh all"_s,
                                 u"Search accounts"_s,
                                 u"More"_s,
                                 u"Show All 1"_s,
                                 u"Show Valid 1"_s,
                                 u"Accounts"_s,
                                 u"Reveal token"_s,
                                 u"Copy header value"_s,
                                 u"Choose what to copy"_s,
                                 u"Refresh"_s,
                                 u"Sign in"_s,
                                 u"Edit…"_s,
                                 u"Test"_s,
                                 u"Duplicate"_s,
                                 u"Remove"_s };
    QCOMPARE(names, expected);
}

void TestMainWindow::invitesToAddTheFirstAccount()
{
    open();
    QSignalSpy demo(m_window.get(), &MainWindow::demoRequested);

    QVERIFY(button(u"Add the first account"_s));
    QVERIFY(!table().isVisible());
    button(u"Try the demo"_s)->click();
    QCOMPARE(demo.count(), 1);

    putSample(*m_world, { .name = u"A"_s });
    QVERIFY(table().isVisible());
}

void TestMainWindow::findsWhileTyping()
{
    putSample(*m_world, { .name = u"Contact centre"_s });
    putSample(*m_world, { .name = u"Video"_s, .providerId = u"rev"_s });
    open();
    auto *search = m_window->findChild<QLineEdit *>();

    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(search->hasFocus());
    search->setText(u"vid"_s);
    QCOMPARE(table().model()->rowCount(), 1);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(table().hasFocus());
    QVERIFY(table().selected().isValid());

    search->setText(u"zebra"_s);
    QVERIFY(!table().isVisible());
    button(u"Show all accounts"_s)->click();
    QCOMPARE(table().model()->rowCount(), 2);
    QVERIFY(search->text().isEmpty());
}

void TestMainWindow::keysReachTheirActs()
{
    putSample(*m_world, { .name = u"A"_s });
    open();
    table().setFocus();

    QTest::keyClick(&table(), Qt::Key_F5);
    QTRY_COMPARE(m_world->http.requests.size(), 1);
    m_world->http.answer(200, goodAnswer);
    QTRY_COMPARE(status(), u"Refreshed “A”."_s);

    QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(status().startsWith(u"Copied “A”"_s));
    QVERIFY(QGuiApplication::clipboard()->text() == u"Bearer CANARY-access-token-2"_s);
}

void TestMainWindow::copiesWithOneClickAndTellsSo()
{
    putSample(*m_world, { .name = u"A"_s });
    open();

    button(u"Copy header value"_s)->click();

    QTRY_VERIFY(status().startsWith(u"Copied “A”"_s));
    QVERIFY(says(u"Clipboard clears in 30 s"_s));
    m_world->now = m_world->now.addSecs(3);
    m_window->ticker().tick();
    QVERIFY(says(u"Clipboard clears in 27 s"_s));

    button(u"Clear the clipboard now"_s)->click();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    QVERIFY(!button(u"Clear the clipboard now"_s));
}

void TestMainWindow::tellsWhyARefreshFailed()
{
    putSample(*m_world, { .name = u"A"_s });
    open();

    button(u"Refresh"_s)->click();
    QTRY_COMPARE(m_world->http.unanswered(), 1);
    QVERIFY(!button(u"Refresh"_s)->isEnabled());
    m_world->http.answer(400, R"({"error":"invalid_client"})");

    QTRY_COMPARE(status(), u"“A” could not be refreshed."_s);
    QVERIFY(button(u"Edit account"_s));
    QVERIFY(button(u"Copy header value"_s)); // what is left is still good
}

void TestMainWindow::refreshesAllThatIsShownSixAtOnce()
{
    for (int at = 0; at < 8; ++at)
        putSample(*m_world, { .name = u"Shown %1"_s.arg(at) });
    putSample(*m_world, { .name = u"Other"_s });
    open();
    m_window->findChild<QLineEdit *>()->setText(u"shown"_s);

    button(u"Refresh all"_s)->click();
    QTRY_COMPARE(m_world->http.unanswered(), 6);
    QVERIFY(says(u"0 of 8"_s));
    QVERIFY(!button(u"Refresh all"_s)->isEnabled());
    for (int at = 0; at < 8; ++at) {
        QTRY_VERIFY(m_world->http.unanswered() > 0);
        m_world->http.answer(at == 3 ? 500 : 200, goodAnswer);
    }

    QTRY_VERIFY(button(u"Refresh all"_s)->isEnabled());
    QVERIFY(status().contains(u"7 of 8"_s));
    QVERIFY(m_world->browser.opened.isEmpty());
    QCOMPARE(m_world->http.requests.size(), 8);
}

void TestMainWindow::canStopRefreshingAll()
{
    for (int at = 0; at < 8; ++at)
        putSample(*m_world, { .name = u"A %1"_s.arg(at) });
    open();
    button(u"Refresh all"_s)->click();
    QTRY_COMPARE(m_world->http.unanswered(), 6);

    button(u"Cancel refreshing all accounts"_s)->click();
    while (m_world->http.unanswered() > 0)
        m_world->http.answer(200, goodAnswer);

    QCoreApplication::sendPostedEvents();
    QCOMPARE(m_world->http.requests.size(), 6);
    QVERIFY(status().contains(u"Stopped"_s));
}

void TestMainWindow::theTickerRestsWhileNothingIsSeen()
{
    open();
    QVERIFY(m_window->ticker().isRunning());

    m_window->showMinimized();
    QTRY_VERIFY(!m_window->ticker().isRunning());
    m_window->showNormal();
    QTRY_VERIFY(m_window->ticker().isRunning());
    m_window->hide();
    QVERIFY(!m_window->ticker().isRunning());
}

void TestMainWindow::hidesTheTokenWhenMinimised()
{
    putSample(*m_world, { .name = u"A"_s });
    open();
    auto *token = m_window->findChild<TokenView *>();
    button(u"Reveal token"_s)->click();
    QTRY_VERIFY(token->isRevealed());

    m_window->showMinimized();

    QTRY_VERIFY(!token->isRevealed());
}

void TestMainWindow::saysWhereSecretsAreKept()
{
    open();
    QVERIFY(says(u"No secrets are kept yet"_s));
    const auto ask = [this] { m_world->secrets.probe({ m_window.get(), [](const auto &) {} }); };
    m_world->keychain.failure = SecretStoreError { SecretStoreError::Kind::NoService, {} }; // F57
    ask();
    QTRY_VERIFY(says(u"There is no keychain: no secrets are kept yet"_s));
    QVERIFY(m_world->profile.recordSecretBackend(m_world->keychain.backend));
    m_world->keychain.failure.reset();
    ask();
    QTRY_VERIFY(says(u"Secrets in the OS keychain"_s) && !says(u"not there"_s));
    m_world->keychain.failure = SecretStoreError { SecretStoreError::Kind::NoBus, {} };
    ask();
    QTRY_VERIFY(says(u"Secrets in the OS keychain, which is not there"_s));

    m_world->tokens.keepInMemory();

    QVERIFY(says(u"Secrets in memory"_s));
    QVERIFY(says(u"kept in memory for this run"_s));
}

// R41
void TestMainWindow::warnsBeforeUnsavedTokensAreLost()
{
    putSample(*m_world, { .name = u"A"_s });
    open();
    m_world->keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Failed, {} };
    button(u"Refresh"_s)->click();
    QTRY_COMPARE(m_world->http.unanswered(), 1);
    m_world->http.answer(200, goodAnswer);
    QTRY_VERIFY(button(u"Store again"_s));

    QVERIFY(!m_window->close());
    auto *box = m_window->findChild<QMessageBox *>();
    QVERIFY(box);
    box->reject();

    m_world->keychain.writeFailure.reset();
    button(u"Store again"_s)->click();
    QTRY_VERIFY(m_world->tokens.unsaved().isEmpty());
    QVERIFY(m_window->close());
}

void TestMainWindow::tellsOfAClockThatWasSet()
{
    putSample(*m_world, { .name = u"A"_s });
    open();

    m_window->ticker().watchWallClock([] { return std::chrono::seconds(-7200); });
    m_window->ticker().tick();

    QVERIFY(says(u"clock was set back"_s));
    QVERIFY(m_world->http.requests.isEmpty());
}

// R55, F85: that it will be lost is said while it can still be pasted.
void TestMainWindow::clearsTheClipboardWhenClosed()
{
    putSample(*m_world, { .name = u"A"_s });
    open();
    button(u"Copy header value"_s)->click();
    QTRY_VERIFY(status().startsWith(u"Copied “A”"_s));
    const auto labels = m_window->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->isVisible() && label->toolTip().contains("before you close Latchkey"_L1);
    }));

    QVERIFY(m_window->close());

    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestMainWindow::everyActOfTheMenuOpensItsDialog_data()
{
    QTest::addColumn<QString>("item");
    QTest::addColumn<QString>("title");
    QTest::newRow("export") << u"Export…"_s << u"Export"_s;
    QTest::newRow("export templates") << u"Export templates…"_s << u"Export templates"_s;
    QTest::newRow("import templates") << u"Import templates…"_s << u"Import templates"_s;
    QTest::newRow("doctor") << u"Doctor…"_s << u"Doctor"_s;
    QTest::newRow("activity") << u"Activity…"_s << u"Activity"_s;
    QTest::newRow("own formats") << u"Own formats…"_s << u"Own formats"_s;
    QTest::newRow("place of the secrets") << u"Where secrets are kept…"_s << u"Where secrets are kept"_s;
    QTest::newRow("settings") << u"Settings…"_s << u"Settings"_s;
}

void TestMainWindow::everyActOfTheMenuOpensItsDialog()
{
    QFETCH(QString, item);
    QFETCH(QString, title);
    putSample(*m_world, { .name = u"A"_s });
    open();

    button(u"More"_s)->click();
    for (QAction *action : m_window->findChild<QMenu *>()->actions()) {
        if (action->text().section(u'\t', 0, 0) == item)
            action->trigger();
    }

    const auto dialogs = m_window->findChildren<QDialog *>();
    QVERIFY(std::any_of(dialogs.begin(), dialogs.end(), [&title](const QDialog *dialog) {
        return dialog->isVisible() && dialog->windowTitle() == title;
    }));
}

void TestMainWindow::keysOpenDialogsToo()
{
    putSample(*m_world, { .name = u"A"_s, .providerId = u"rev"_s });
    open();
    table().setFocus();
    const auto dialog = [this](const QString &title) -> QDialog * {
        for (auto *each : m_window->findChildren<QDialog *>()) {
            if (each->isVisible() && each->windowTitle() == title)
                return each;
        }
        return nullptr;
    };
    const auto opens = [this, dialog](Qt::Key key, Qt::KeyboardModifier modifier, const QString &title) {
        m_window->activateWindow();
        QTest::keyClick(&table(), key, modifier);
        QTRY_VERIFY2(dialog(title), qPrintable(title));
        dialog(title)->close();
    };
    opens(Qt::Key_F6, Qt::NoModifier, u"Test A"_s);
    opens(Qt::Key_F8, Qt::NoModifier, u"Doctor"_s);
    opens(Qt::Key_H, Qt::ControlModifier, u"Activity"_s);
    opens(Qt::Key_E, Qt::ControlModifier, u"Export"_s);
}

void TestMainWindow::theButtonFollowsTheUsersOwnFormats()
{
    const AccountId id = putSample(*m_world, { .name = u"A"_s });
    QVERIFY(m_world->handouts.saveOwn({ u"mine"_s, u"Mine"_s, u"{{token}}"_s }));
    m_world->accounts.rememberCopy(id, u"mine"_s);
    open();
    QVERIFY(button(u"Copy: Mine"_s));

    button(u"Copy: Mine"_s)->click();
    QTRY_VERIFY(status().startsWith(u"Copied “A”: Mine"_s));
    QVERIFY(m_world->handouts.removeOwn(u"mine"_s));
    QVERIFY(button(u"Copy header value"_s));
}

void TestMainWindow::asksForTheVaultsPassphrase()
{
    putSample(*m_world, { .name = u"A"_s });
    open(true);
    QVERIFY(says(u"The vault is locked."_s));
    QVERIFY(says(u"Secrets in the vault, locked"_s));

    button(u"Unlock…"_s)->click();
    auto *dialog = m_window->findChild<QDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    m_world->lockedVault.setLocked(false);

    QVERIFY(!dialog->isVisible());
    QVERIFY(!says(u"The vault is locked."_s));
    QVERIFY(says(u"Secrets in the vault, open"_s));
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    QTRY_VERIFY(says(u"Secrets in the vault, locked"_s));
}

void TestMainWindow::offersToUnlockWhatFailed()
{
    putSample(*m_world, { .name = u"A"_s });
    open(true);
    m_world->lockedVault.setLocked(false);
    m_world->keychain.failure = SecretStoreError { SecretStoreError::Kind::VaultLocked, {} };
    button(u"Refresh"_s)->click();
    QTRY_VERIFY(button(u"Try again"_s)); // in the side panel, beside the words on what is locked
    m_world->lockedVault.setLocked(true);

    button(u"Unlock…"_s)->click();
    auto *dialog = m_window->findChild<QDialog *>();
    QVERIFY(dialog->isVisible());
    m_world->lockedVault.setLocked(false);

    QVERIFY(!dialog->isVisible());
    QVERIFY(!button(u"Unlock…"_s));
    QVERIFY(says(u"is open now"_s));
    m_world->keychain.failure.reset();
    button(u"Try again"_s)->click();
    QTRY_COMPARE(m_world->http.unanswered(), 1);
}

void TestMainWindow::saysThatTheActivityCouldNotBeRecorded()
{
    putSample(*m_world, { .name = u"A"_s });
    open();
    m_world->activityStore.failure = AccountStoreError { AccountStoreError::Kind::Full, {} };

    button(u"Copy header value"_s)->click();

    QTRY_VERIFY(status().startsWith(u"Copied “A”"_s)); // the token is not withheld
    QVERIFY(says(u"could not be recorded"_s));
}

void TestMainWindow::theMenuOfAnAccountThatIsGoneCloses()
{
    const AccountId id = putSample(*m_world, { .name = u"A"_s });
    putSample(*m_world, { .name = u"B"_s });
    open();
    table().select(id);
    Q_EMIT table().menuRequested(id, {});
    const auto *menu = m_window->findChild<QMenu *>();
    QVERIFY(menu && menu->isVisible());

    m_world->accounts.remove(id, { m_window.get(), [](const Result<void, Problem> &) {} });

    QTRY_VERIFY(!menu->isVisible());
    QVERIFY(table().selected().isValid()); // the other one
}

LATCHKEY_TEST(TestMainWindow)

#include "tst_mainwindow.moc"
