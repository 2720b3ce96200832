// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/testprogram.h"
#include "ui/signin/signindialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::FakeAuthorizationOperation;
using test::shownTexts;
using Step = AuthorizationProgress::Step;

class TestSignInDialog : public QObject
{
    Q_OBJECT

    QDateTime m_now { QDate(2026, 1, 15), QTime(12, 0), Qt::UTC };
    FakeAuthorizationOperation::Shared m_shared;
    QPointer<SignInDialog> m_dialog;
    std::optional<AccountId> m_signedIn;
    std::optional<Problem> m_failed;

    SignInDialog &opened()
    {
        const auto make = [this] { return std::make_unique<FakeAuthorizationOperation>(m_shared); };
        m_dialog = new SignInDialog(make, [this] { return m_now; });
        connect(m_dialog, &SignInDialog::signedIn, this, [this](const AccountId &id) { m_signedIn = id; });
        connect(m_dialog, &SignInDialog::failed, this,
                [this](const Problem &problem) { m_failed = problem; });
        m_dialog->open();
        return *m_dialog;
    }

    void become(Step step)
    {
        AuthorizationProgress next = m_shared.current->progress();
        next.step = step;
        m_shared.current->become(next);
    }

    static Problem problem(Problem::Kind kind, const QString &detail = {})
    {
        return { kind, detail, {}, {}, {} };
    }

    static void press(const QWidget &root, const QString &words)
    {
        QAbstractButton *button = buttonCalled(root, words);
        QVERIFY2(button != nullptr, qPrintable(words));
        button->click();
    }

private Q_SLOTS:
    void init()
    {
        m_shared = {};
        m_shared.progress.step = Step::Waiting;
        m_shared.progress.accountName = u"Rev production"_s;
        m_shared.progress.providerId = u"rev"_s;
        m_shared.progress.authorizationUrl = QUrl(u"https://rev.example.com/authorize?a=b%20c"_s);
        m_shared.progress.redirectUri = u"http://127.0.0.1:53917/callback"_s;
        m_shared.progress.listeningOn = u"127.0.0.1:53917"_s;
        m_shared.progress.deadline = m_now.addSecs(300);
        m_signedIn.reset();
        m_failed.reset();
    }
    void cleanup() { delete m_dialog; }

    void startsWhenItIsOpened()
    {
        const SignInDialog &dialog = opened();
        QCOMPARE(m_shared.starts, 1);
        QCOMPARE(dialog.windowTitle(), u"Sign in to Rev production"_s);
        QCOMPARE(test::namelessControls(dialog), QStringList());
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
    }

    void showsEachStep_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<QStringList>("shown");
        QTest::addColumn<bool>("canPaste");
        QTest::newRow("not started") << int(Step::NotStarted) << QStringList { u"Open the browser"_s }
                                     << false;
        QTest::newRow("opening") << int(Step::OpeningBrowser) << QStringList { u"Open again"_s } << true;
        QTest::newRow("waiting") << int(Step::Waiting)
                                 << QStringList { u"Browser opened"_s, u"answer on 127.0.0.1:53917"_s,
                                                  u"5 min 00 s left"_s, u"Copy link"_s }
                                 << true;
        QTest::newRow("confirming") << int(Step::Confirming)
                                    << QStringList { u"A code arrived from the browser. Use it?"_s } << false;
        QTest::newRow("exchanging") << int(Step::Exchanging)
                                    << QStringList { u"Answer received"_s, u"Exchange the code"_s } << false;
        QTest::newRow("storing") << int(Step::Storing) << QStringList { u"Store the token"_s } << false;
    }
    void showsEachStep()
    {
        QFETCH(int, step);
        QFETCH(QStringList, shown);
        QFETCH(bool, canPaste);
        const SignInDialog &dialog = opened();
        become(static_cast<Step>(step));
        for (const QString &text : shown)
            QVERIFY2(shownTexts(dialog).contains(text), qPrintable(text + u"\n--\n"_s + shownTexts(dialog)));
        QCOMPARE(dialog.findChild<QLineEdit *>(u"paste"_s)->isVisibleTo(&dialog), canPaste);
    }

    void countsDownByTheClockItWasGiven()
    {
        const SignInDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"5 min 00 s left"_s));
        m_now = m_now.addSecs(48);
        QTRY_VERIFY(shownTexts(dialog).contains(u"4 min 12 s left"_s));
        m_now = m_now.addSecs(1000);
        QTRY_VERIFY(shownTexts(dialog).contains(u"0 s left"_s));
    }

    void opensAgainAndCopiesTheLink()
    {
        const SignInDialog &dialog = opened();
        press(dialog, u"Open again"_s);
        QCOMPARE(m_shared.openings, 1);
        press(dialog, u"Copy link"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"https://rev.example.com/authorize?a=b%20c"_s);
    }

    void takesAPastedAddressAndForgetsIt()
    {
        const SignInDialog &dialog = opened();
        auto *line = dialog.findChild<QLineEdit *>(u"paste"_s);
        QVERIFY(shownTexts(dialog).contains(u"http://127.0.0.1:53917/callback?auth_code=…"_s));
        m_shared.expectedPaste = u"http://127.0.0.1:53917/callback?auth_code=CANARY-code-1&state=x"_s;
        line->setText(m_shared.expectedPaste);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(m_shared.pastes, 1);
        QVERIFY(m_shared.pasteWasAsTyped);
        QVERIFY(line->text().isEmpty());
        QVERIFY(!line->isUndoAvailable());
    }

    void saysWhyAPasteWasNotUsedAndKeepsIt()
    {
        const SignInDialog &dialog = opened();
        auto *line = dialog.findChild<QLineEdit *>(u"paste"_s);
        m_shared.pasteProblem = problem(Problem::Kind::PasteOfAnotherSignIn);
        const QString code = u"CANARY-code-1"_s;
        line->setText(code);
        press(dialog, u"Use it"_s);
        QVERIFY(shownTexts(dialog).contains(u"another sign-in"_s, Qt::CaseInsensitive));
        QVERIFY(line->text() == code);
        line->setText(u"CANARY-code-2"_s);
        QVERIFY(!shownTexts(dialog).contains(u"another sign-in"_s, Qt::CaseInsensitive));
    }

    void leadsToPastingWhereItCannotListen()
    {
        m_shared.progress.listeningOn.clear();
        m_shared.progress.redirectUri = u"https://my.app.com/x?a=b"_s;
        const SignInDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"Waiting for you to paste the answer"_s));
        QVERIFY(shownTexts(dialog).contains(u"https://my.app.com/x?a=b&auth_code=…"_s));
        QCOMPARE(dialog.focusWidget(), dialog.findChild<QLineEdit *>(u"paste"_s));
    }

    void saysThatThePortIsTakenAndStillTakesAPaste_F39()
    {
        m_shared.progress.listeningOn.clear();
        m_shared.progress.listenProblem = problem(Problem::Kind::PortTaken, u"127.0.0.1:53917"_s);
        const SignInDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"Another program uses 127.0.0.1:53917"_s));
        QVERIFY(shownTexts(dialog).contains(u"The browser was not opened"_s));
        QVERIFY(!shownTexts(dialog).contains(u"Browser opened"_s));
        QVERIFY(shownTexts(dialog).contains(u"The browser's answer would go to that program."_s)); // F114
        QVERIFY(dialog.findChild<QLineEdit *>(u"paste"_s)->isVisibleTo(&dialog));
    }

    void saysThatTheBrowserDidNotOpen_F54()
    {
        m_shared.progress.browserProblem = problem(Problem::Kind::BrowserFailed);
        const SignInDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"The browser did not open"_s));
        QVERIFY(buttonCalled(dialog, u"Copy link"_s) != nullptr);
    }

    void sendsTheUserToTheVendorWhereNoPageIsKnown()
    {
        m_shared.progress.providerId = u"priava"_s;
        m_shared.progress.authorizationUrl.clear();
        const SignInDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"Begin at Priava"_s));
        QVERIFY(buttonCalled(dialog, u"Open again"_s) == nullptr);
    }

    void asksBeforeACodeWithoutStateIsUsed_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<bool>("answer");
        QTest::newRow("yes") << u"Yes, use it"_s << true;
        QTest::newRow("no") << u"No, wait on"_s << false;
    }
    void asksBeforeACodeWithoutStateIsUsed()
    {
        QFETCH(QString, button);
        QFETCH(bool, answer);
        m_shared.progress.step = Step::Confirming;
        const SignInDialog &dialog = opened();
        press(dialog, button);
        QCOMPARE(m_shared.confirmed, std::optional(answer));
    }

    void saysThatMoreThanOneCodeCame_F109()
    {
        m_shared.progress.step = Step::Confirming;
        m_shared.progress.heldCodes = 1;
        const SignInDialog &dialog = opened();
        AuthorizationProgress next = m_shared.current->progress();
        next.heldCodes = 2;
        m_shared.current->become(next);
        QVERIFY(shownTexts(dialog).contains(u"Several different codes arrived"_s));
        press(dialog, u"No, wait on"_s);
        QCOMPARE(m_shared.confirmed, std::optional(false));
    }

    void asksBeforeTheCodeGoesToAnotherProgram_F114()
    {
        m_shared.progress.step = Step::ConfirmingPort;
        m_shared.progress.listeningOn.clear();
        m_shared.progress.listenProblem = problem(Problem::Kind::PortTaken, u"127.0.0.1:53917"_s);
        const SignInDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"The browser's answer would go to that program."_s));
        QVERIFY(buttonCalled(dialog, u"Copy link"_s) == nullptr);
        QVERIFY(!dialog.findChild<QLineEdit *>(u"paste"_s)->isVisibleTo(&dialog));
        press(dialog, u"Go on"_s);
        QCOMPARE(m_shared.confirmed, std::optional(true));
    }

    void hintsAtWhatWasRefused()
    {
        const SignInDialog &dialog = opened();
        AuthorizationProgress next = m_shared.current->progress();
        next.foreignAnswers = 3;
        m_shared.current->become(next);
        QVERIFY(shownTexts(dialog).contains(u"Answers of another sign-in were refused: 3"_s));
        next.strangeAnswers = 1;
        next.strangeWord = u"access_denied"_s;
        m_shared.current->become(next);
        QVERIFY(shownTexts(dialog).contains(u"A page said \"access_denied\". Still waiting."_s)); // F109
        next.notices = { RedirectNotice::TriedWithTls };
        m_shared.current->become(next);
        QVERIFY(shownTexts(dialog).contains(u"The browser came with https"_s));
        next.notices.append(RedirectNotice::TooLarge);
        m_shared.current->become(next);
        QVERIFY(shownTexts(dialog).contains(u"The browser sent more than Latchkey reads"_s)); // F103
        next.notices.append(RedirectNotice::OtherUser);
        m_shared.current->become(next);
        QVERIFY(shownTexts(dialog).contains(u"A program of another user"_s)); // F108
        next.mayAcceptMissingState = true;
        m_shared.current->become(next);
        press(dialog, u"Accept the next answer"_s);
        QVERIFY(m_shared.missingStateAccepted);
    }

    void closesByItselfWhenTheTokenIsStored()
    {
        const SignInDialog &dialog = opened();
        const AccountId id = AccountId::create();
        become(Step::Done);
        Q_EMIT m_shared.current->finished(id);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(m_signedIn, std::optional(id));
        QVERIFY(!m_failed);
        QTRY_VERIFY(m_dialog.isNull());
        QCOMPARE(m_shared.deleted, 1);
    }

    void saysWhyItFailedAndTriesAgainWithANewOperation()
    {
        const SignInDialog &dialog = opened();
        AuthorizationProgress next = m_shared.current->progress();
        next.failedAt = Step::Exchanging;
        next.step = Step::Failed;
        next.problem = problem(Problem::Kind::SignInDeclined);
        m_shared.current->become(next);
        Q_EMIT m_shared.current->finished(failure(*next.problem));
        QVERIFY(dialog.isVisible());
        QVERIFY(buttonCalled(dialog, u"Close"_s) != nullptr);
        QVERIFY(buttonCalled(dialog, u"Keep in memory for this run"_s) == nullptr);
        press(dialog, u"Try again"_s);
        QCOMPARE(m_shared.starts, 2);
        QTRY_COMPARE(m_shared.deleted, 1);
        QVERIFY(shownTexts(dialog).contains(u"Waiting for the answer"_s));
        QVERIFY(buttonCalled(dialog, u"Try again"_s) == nullptr);
    }

    void offersNoOtherTryWhereTheAccountIsGone()
    {
        SignInDialog &dialog = opened();
        test::FakeUiServices world;
        dialog.setOffers(world.offers());
        AuthorizationProgress next = m_shared.current->progress();
        next.failedAt = Step::Waiting;
        next.step = Step::Failed;
        next.problem = problem(Problem::Kind::NoSuchAccount);
        m_shared.current->become(next);
        QVERIFY(shownTexts(dialog).contains(u"does not exist any more"_s));
        QVERIFY(buttonCalled(dialog, u"Try again"_s) == nullptr);
        QVERIFY(buttonCalled(dialog, u"Close"_s) != nullptr);
    }

    // Another try, for an account that was removed since the first.
    void keepsItsTitleWhereTheAccountIsGone()
    {
        const SignInDialog &dialog = opened();
        AuthorizationProgress next = m_shared.current->progress();
        next.step = Step::Failed;
        next.problem = problem(Problem::Kind::SignInTimedOut);
        m_shared.current->become(next);
        m_shared.progress = {};
        press(dialog, u"Try again"_s);
        QCOMPARE(dialog.windowTitle(), u"Sign in to Rev production"_s);
    }

    // R44
    void offersMemoryWhereThereIsNoKeychain_F57()
    {
        SignInDialog &dialog = opened();
        test::FakeUiServices world;
        dialog.setOffers(world.offers());
        AuthorizationProgress next = m_shared.current->progress();
        next.failedAt = Step::Storing;
        next.step = Step::Failed;
        next.problem = problem(Problem::Kind::NoKeychainService);
        m_shared.current->become(next);
        press(dialog, u"Keep in memory for this run"_s);
        QVERIFY(world.tokens.keepsInMemory());
        QCOMPARE(m_shared.starts, 2);
    }

    void cancelsTheSignInWhenItIsClosed()
    {
        SignInDialog &dialog = opened();
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
        QVERIFY(m_failed.has_value());
        QCOMPARE(m_failed->kind, Problem::Kind::SignInCancelled);
        QTRY_COMPARE(m_shared.deleted, 1);
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestSignInDialog)
#include "tst_signindialog.moc"
