// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/port/sessionevents.h"
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/form/secretfieldeditors.h"
#include "ui/list/tokenview.h"
#include "ui/widgets/secretlineedit.h"
#include "ui/window/mainwindow.h"

#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

// F91: the screen is locked, and another person may unlock it.
class TestMainWindowLockedScreen final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void hidesAShownToken();
    void showsNoTokenThatComesLate();
    void clearsTheClipboard();
    void leavesTheClipboardOfOthersAlone();
    void masksTheFieldsOfOpenDialogs();

private:
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        for (auto *each : m_window->findChildren<QPushButton *>())
            if (each->accessibleName() == name && each->isVisible())
                return each;
        return nullptr;
    }
    [[nodiscard]] TokenView &token() const { return *m_window->findChild<TokenView *>(); }
    [[nodiscard]] bool clipboardHolds(QByteArrayView text) const
    {
        return QGuiApplication::clipboard()->text().toUtf8() == text;
    }

    std::unique_ptr<FakeUiServices> m_world;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<SessionEvents> m_session;
};

void TestMainWindowLockedScreen::init()
{
    m_world = std::make_unique<FakeUiServices>();
    putSample(*m_world, { .name = u"A"_s });
    m_window = std::make_unique<MainWindow>(m_world->services());
    m_session = std::make_unique<SessionEvents>();
    connect(m_session.get(), &SessionEvents::screenLocked, m_window.get(), &MainWindow::hideSecrets);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestMainWindowLockedScreen::cleanup()
{
    m_session.reset();
    m_window.reset();
    m_world.reset();
}

void TestMainWindowLockedScreen::hidesAShownToken() // F91
{
    button(u"Reveal token"_s)->click();
    QTRY_VERIFY(token().isRevealed());

    Q_EMIT m_session->screenLocked();

    QVERIFY(!token().isRevealed());
}

void TestMainWindowLockedScreen::showsNoTokenThatComesLate() // F91
{
    m_world->keychain.duringRead = [this] { Q_EMIT m_session->screenLocked(); };
    button(u"Reveal token"_s)->click();
    QVERIFY(m_world->keychain.duringRead == nullptr);
    QCoreApplication::processEvents();
    QVERIFY(!token().isRevealed());

    button(u"Reveal token"_s)->click();
    QTRY_VERIFY(token().isRevealed());
}

void TestMainWindowLockedScreen::clearsTheClipboard() // F91
{
    button(u"Copy header value"_s)->click();
    QTRY_VERIFY(clipboardHolds("Bearer CANARY-access-token-1"));

    Q_EMIT m_session->screenLocked();

    QVERIFY(clipboardHolds(""));
}

void TestMainWindowLockedScreen::leavesTheClipboardOfOthersAlone() // F91, F87
{
    button(u"Copy header value"_s)->click();
    QTRY_VERIFY(clipboardHolds("Bearer CANARY-access-token-1"));
    QGuiApplication::clipboard()->setText(u"copied elsewhere"_s);

    Q_EMIT m_session->screenLocked();

    QVERIFY(clipboardHolds("copied elsewhere"));
}

void TestMainWindowLockedScreen::masksTheFieldsOfOpenDialogs() // F91, R51
{
    QDialog dialog(m_window.get());
    Field field;
    field.id = u"client_secret"_s;
    field.secret = true;
    SecretFieldEditor editor(field, &dialog);
    SecretLineEdit line(&dialog);
    dialog.show();
    editor.setText(u"CANARY-typed-1"_s);
    editor.findChild<QPushButton *>()->click();
    line.setRevealed(true);
    auto *typed = qobject_cast<SecretLineEdit *>(editor.control());
    QVERIFY(typed->isRevealed());

    Q_EMIT m_session->screenLocked();

    QVERIFY(!typed->isRevealed());
    QVERIFY(!editor.findChild<QPushButton *>()->isChecked());
    QVERIFY(!line.isRevealed());
    QVERIFY(typed->text() == "CANARY-typed-1"_L1); // the user goes on where they were
}

LATCHKEY_TEST(TestMainWindowLockedScreen)

#include "tst_mainwindow_lockedscreen.moc"
