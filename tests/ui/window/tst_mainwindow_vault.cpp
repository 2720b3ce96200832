// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/list/tokenview.h"
#include "ui/secrets/unlockdialog.h"
#include "ui/window/maintoolbar.h"
#include "ui/window/mainwindow.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestMainWindowVault final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void locksWithOneClick();
    void hidesAShownTokenWhenTheVaultLocks();
    void asksForThePassphraseAndGoesOn_data();
    void asksForThePassphraseAndGoesOn();
    void refreshesWhatWasShownWhenItWasAskedFor();
    void doesNothingWhenTheVaultStaysLocked();
    void takesWhatThePersonDoesForUse_data();
    void takesWhatThePersonDoesForUse();
    void takesNothingOfItsOwnForUse();
    void offersToDeleteWhatAMoveLeft_data();
    void offersToDeleteWhatAMoveLeft();

private:
    void open(bool isLocked);
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        for (auto *each : m_window->findChildren<QPushButton *>())
            if (each->accessibleName() == name && each->isVisible())
                return each;
        return nullptr;
    }
    [[nodiscard]] UnlockDialog *unlocking() const { return m_window->findChild<UnlockDialog *>(); }

    std::unique_ptr<FakeUiServices> m_world;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindowVault::init()
{
    m_world = std::make_unique<FakeUiServices>();
    putSample(*m_world, { .name = u"A"_s });
}

void TestMainWindowVault::cleanup()
{
    m_window.reset();
    m_world.reset();
}

void TestMainWindowVault::open(bool isLocked)
{
    m_world->lockedVault.locked = isLocked;
    m_world->moves.catchUp();
    m_window = std::make_unique<MainWindow>(m_world->servicesWithVault());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestMainWindowVault::locksWithOneClick()
{
    open(false);
    button(u"Lock the vault"_s)->click();
    QVERIFY(m_world->vaultService.isLocked());
    QVERIFY(!button(u"Lock the vault"_s));
    QTRY_VERIFY(button(u"Unlock…"_s));
}

void TestMainWindowVault::hidesAShownTokenWhenTheVaultLocks()
{
    open(false);
    auto *token = m_window->findChild<TokenView *>();
    button(u"Reveal token"_s)->click();
    QTRY_VERIFY(token->isRevealed());

    m_world->lockedVault.setLocked(true); // by itself, or with the screen

    QVERIFY(!token->isRevealed());
}

void TestMainWindowVault::asksForThePassphraseAndGoesOn_data()
{
    QTest::addColumn<QString>("act");
    QTest::newRow("copy") << u"Copy header value"_s;
    QTest::newRow("refresh") << u"Refresh"_s;
    QTest::newRow("refresh all") << u"Refresh all"_s;
}

void TestMainWindowVault::asksForThePassphraseAndGoesOn()
{
    QFETCH(QString, act);
    open(true);
    QGuiApplication::clipboard()->clear();
    button(act)->click();
    QVERIFY(unlocking() && unlocking()->isVisible());
    QVERIFY(m_world->http.requests.isEmpty());

    m_world->lockedVault.setLocked(false);

    QVERIFY(!unlocking()->isVisible());
    QTRY_VERIFY(m_world->http.unanswered() == 1 || !QGuiApplication::clipboard()->text().isEmpty());
}

// Between question and answer: the list shows something else by the time the passphrase is entered.
void TestMainWindowVault::refreshesWhatWasShownWhenItWasAskedFor()
{
    open(true);
    auto *search = m_window->findChild<SearchField *>();
    button(u"Refresh all"_s)->click();
    putSample(*m_world, { .name = u"B"_s, .host = u"other.example.com"_s });
    search->setText(u"other"_s);

    m_world->lockedVault.setLocked(false);

    QTRY_COMPARE(m_world->http.unanswered(), 1);
    QCOMPARE(m_world->http.requests.constFirst().url.host(), u"acme.example.com"_s);
}

void TestMainWindowVault::doesNothingWhenTheVaultStaysLocked()
{
    open(true);
    QGuiApplication::clipboard()->clear();
    button(u"Copy header value"_s)->click();
    unlocking()->reject();
    m_world->lockedVault.setLocked(false);
    QCoreApplication::sendPostedEvents();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestMainWindowVault::takesWhatThePersonDoesForUse_data()
{
    QTest::addColumn<QString>("pressed");
    QTest::newRow("a key") << QString();
    // As a screen reader presses them: without a key or a pointer.
    QTest::newRow("a button of the account") << u"Copy header value"_s;
    QTest::newRow("a button of the window") << u"Refresh all"_s;
}

void TestMainWindowVault::takesWhatThePersonDoesForUse()
{
    QFETCH(QString, pressed);
    open(false);
    m_world->lockedVault.uses = 0;
    if (pressed.isEmpty())
        QTest::keyClick(m_window.get(), Qt::Key_Down);
    else
        button(pressed)->click();
    QVERIFY(m_world->lockedVault.uses > 0);
}

void TestMainWindowVault::takesNothingOfItsOwnForUse()
{
    open(false);
    m_world->lockedVault.uses = 0;
    const AccountId id = m_world->accounts.accounts().first().id;
    bool isDone = false;
    m_world->tokens.token(id, std::chrono::seconds(0),
                          { m_window.get(), [&](const auto &) { isDone = true; } });
    QTRY_VERIFY(isDone);
    m_world->tokens.refresh(id, { m_window.get(), [](const auto &) {} });
    QTRY_COMPARE(m_world->http.unanswered(), 1);
    m_window->ticker().tick();
    QCOMPARE(m_world->lockedVault.uses, 0);
}

void TestMainWindowVault::offersToDeleteWhatAMoveLeft_data()
{
    QTest::addColumn<QString>("answer");
    QTest::newRow("deletes") << u"Delete copies"_s;
    QTest::newRow("keeps") << u"Keep copies"_s;
}

void TestMainWindowVault::offersToDeleteWhatAMoveLeft()
{
    QFETCH(QString, answer);
    m_world->memory.backend = u"libsecret"_s;
    m_world->moveRows.noted =
        SecretMove { u"libsecret"_s, m_world->keychain.backend, { AccountId::create() }, false, true, false };
    open(false);
    QVERIFY(shownTexts(*m_window).contains(u"still holds copies of 1"_s));

    button(answer)->click();

    QVERIFY(!button(answer));
    QVERIFY(!m_world->moveRows.noted);
}

LATCHKEY_TEST(TestMainWindowVault)

#include "tst_mainwindow_vault.moc"
