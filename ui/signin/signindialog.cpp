// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/signindialog.h"

#include "core/flow/token/authorizationoperation.h"
#include "core/provider/providers.h"
#include "ui/secrets/secretoffers.h"
#include "ui/signin/signinpaste.h"
#include "ui/signin/signinsteps.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QHBoxLayout>
#include <QPointer>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Step = AuthorizationProgress::Step;

SignInDialog::SignInDialog(std::unique_ptr<AuthorizationOperation> operation, Clock clock, QWidget *parent)
    : QDialog(parent), m_clock(std::move(clock))
{
    build();
    take(std::move(operation));
}

SignInDialog::SignInDialog(const MakeOperation &make, Clock clock, QWidget *parent)
    : SignInDialog(make(), std::move(clock), parent)
{
    m_make = make;
}

SignInDialog::~SignInDialog() = default;

void SignInDialog::setOffers(const SecretOffers &offers)
{
    m_offers.emplace(offers);
}

void SignInDialog::open()
{
    QDialog::open();
    m_pasteArea->setFocus();
    m_operation->start();
}

void SignInDialog::done(int result)
{
    if (!m_operation)
        return QDialog::done(result); // closed already
    const Problem problem =
        m_operation->progress().problem.value_or(Problem { .kind = Problem::Kind::SignInCancelled,
                                                           .detail = {},
                                                           .description = {},
                                                           .at = m_clock(),
                                                           .retryAt = {} });
    letGo();
    QDialog::done(result);
    if (m_signedInId)
        Q_EMIT signedIn(*m_signedInId);
    else
        Q_EMIT failed(problem);
}

void SignInDialog::build()
{
    const DialogFrame frame = frameDialog(*this, {}, {});
    m_head = frame.head;
    m_steps = new SignInSteps;
    m_notice = new ProblemView;
    m_pasteArea = new SignInPaste;
    m_close = addDialogButton(frame, {});
    m_ticker = new QTimer(this);
    m_ticker->setInterval(250ms); // so that no second is skipped
    layout()->setSpacing(14);
    frame.body->setSpacing(14);
    frame.body->addWidget(m_steps);
    frame.body->addWidget(m_notice);
    frame.body->addWidget(m_pasteArea);
    frame.body->addStretch();
    resize(560, 430);

    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ticker, &QTimer::timeout, this, &SignInDialog::showProgress);
    connect(m_pasteArea, &SignInPaste::used, this, &SignInDialog::paste);
    connect(m_steps, &SignInSteps::openAgainPressed, this, [this] { m_operation->openBrowserAgain(); });
}

void SignInDialog::take(std::unique_ptr<AuthorizationOperation> next)
{
    m_operation = std::move(next);
    connect(m_operation.get(), &AuthorizationOperation::progressChanged, this, &SignInDialog::showProgress);
    connect(m_operation.get(), &AuthorizationOperation::finished, this,
            [this](const Result<AccountId, Problem> &result) {
                showProgress();
                if (result) {
                    m_signedInId = *result;
                    accept();
                }
            });
    showProgress();
}

// Deleted later: it may be the one that is calling.
void SignInDialog::letGo()
{
    m_ticker->stop();
    m_pasteArea->forget();
    if (!m_operation)
        return;
    m_operation->disconnect(this);
    m_operation->setParent(this); // so that it never outlives the dialog
    m_operation.release()->deleteLater();
}

void SignInDialog::again()
{
    letGo();
    m_notice->clear();
    m_noticeShown.clear();
    take(m_make());
    m_operation->start();
}

void SignInDialog::showProgress()
{
    const AuthorizationProgress &now = m_operation->progress();
    const Provider *provider = findProvider(now.providerId);
    const QString product = provider == nullptr ? tr("the provider") : providerText(provider->displayName);
    const bool isOver = now.step == Step::Failed || now.step == Step::Done;
    const bool mayPaste = now.step == Step::Waiting || now.step == Step::OpeningBrowser;

    QString subtitle = tr("Finish signing in in your browser. Latchkey takes the answer from there.");
    if (now.authorizationUrl.isEmpty())
        subtitle = tr("Authorize Latchkey in %1, then bring the answer here.").arg(product);
    else if (now.listeningOn.isEmpty())
        subtitle = tr("Finish signing in in your browser, then bring the answer here.");
    if (!now.accountName.isEmpty()) // which only an account has that is still there
        setWindowTitle(tr("Sign in to %1").arg(now.accountName));
    m_head->show(provider, windowTitle(), subtitle);
    m_steps->showProgress(now, product, m_clock());
    m_pasteArea->setVisible(mayPaste);
    m_pasteArea->explain(now, provider);
    m_close->setText(isOver ? tr("Close") : tr("Cancel"));
    m_close->setAccessibleName(m_close->text());
    if (now.step == Step::Failed)
        showFailure(now);
    else
        showNotice(now);
    growToFit(*this);
    if (now.step == Step::Waiting || now.step == Step::Confirming || now.step == Step::ConfirmingPort)
        m_ticker->start();
    else
        m_ticker->stop();
}

// One thing at a time, the most urgent first. The text names it, so that a tick does not build it again.
QString SignInDialog::noticeFor(const AuthorizationProgress &now)
{
    if (now.step == Step::ConfirmingPort)
        return u"port"_s;
    if (now.step == Step::Confirming)
        return u"confirm %1"_s.arg(now.heldCodes);
    if (now.step != Step::Waiting)
        return {};
    if (now.mayAcceptMissingState)
        return u"accept"_s;
    if (!now.notices.isEmpty())
        return u"notice %1"_s.arg(static_cast<int>(now.notices.constLast()));
    if (now.strangeAnswers > 0)
        return u"strange "_s + now.strangeWord;
    return now.foreignAnswers > 0 ? u"foreign %1"_s.arg(now.foreignAnswers) : QString();
}

void SignInDialog::showNotice(const AuthorizationProgress &now)
{
    const Provider *provider = findProvider(now.providerId);
    const QString product = provider == nullptr ? tr("The provider") : providerText(provider->displayName);
    const QString wanted = noticeFor(now);
    if (wanted == m_noticeShown)
        return;
    m_noticeShown = wanted;
    if (wanted.isEmpty())
        return m_notice->clear();
    if (now.step == Step::ConfirmingPort)
        askAboutPort(product);
    else if (now.step == Step::Confirming)
        askAboutCode(now, product);
    else if (now.mayAcceptMissingState)
        offerMissingState(product);
    else if (!now.notices.isEmpty())
        tell(now.notices.constLast());
    else if (now.strangeAnswers > 0)
        tellOfStrangeAnswer(now, product);
    else
        m_notice->showText(tr("Answers of another sign-in were refused: %1").arg(now.foreignAnswers),
                           tr("Finish the sign-in in the page that was opened last, or open it again."));
}

void SignInDialog::askAboutPort(const QString &product)
{
    m_notice->showText(
        tr("The code would go to another program. Go on by pasting it?"),
        tr("%1 gives the token to anyone who has the code, so that program could use it before "
           "you do.")
            .arg(product));
    connect(m_notice->addAction(tr("Go on")), &QPushButton::clicked, this,
            [this] { m_operation->confirm(true); });
}

void SignInDialog::askAboutCode(const AuthorizationProgress &now, const QString &product)
{
    if (now.heldCodes > 1)
        m_notice->showText(
            tr("Several different codes arrived from the browser. Use the first one?"),
            tr("At most one of them can be yours, and any page can send one. Better say no to each and "
               "authorize Latchkey in %1 again.")
                .arg(product));
    else
        m_notice->showText(
            tr("A code arrived from the browser. Use it?"),
            tr("%1 sent it without the mark that ties it to this sign-in. Say yes only if you have "
               "just authorized Latchkey there.")
                .arg(product));
    QPushButton *yes = m_notice->addAction(tr("Yes, use it"), now.heldCodes > 1 ? "" : "primary");
    connect(yes, &QPushButton::clicked, this, [this] { m_operation->confirm(true); });
    connect(m_notice->addAction(tr("No, wait on")), &QPushButton::clicked, this,
            [this] { m_operation->confirm(false); });
}

void SignInDialog::offerMissingState(const QString &product)
{
    m_notice->showText(
        tr("An answer without Latchkey's mark was refused."),
        tr("Did you begin the authorization in %1 itself? Then it can't know the mark: accept the "
           "next such answer, and send it again from there.")
            .arg(product));
    QPushButton *accept = m_notice->addAction(tr("Accept the next answer"));
    connect(accept, &QPushButton::clicked, this, [this] { m_operation->acceptMissingState(); });
}

void SignInDialog::tell(RedirectNotice what)
{
    switch (what) {
    case RedirectNotice::TriedWithTls:
        return m_notice->showText(tr("The browser came with https, but the redirect URI says http."),
                                  tr("Copy the address of the page you landed on and paste it below."));
    case RedirectNotice::TooLarge:
        return m_notice->showText(
            tr("The browser sent more than Latchkey reads, so it was not taken."),
            tr("Copy the address of the page you landed on and paste it below, or delete the browser's "
               "cookies of localhost and 127.0.0.1 and load that page again."));
    case RedirectNotice::OtherUser:
        return m_notice->showText(
            tr("A program of another user of this computer sent an answer, which was not used."),
            tr("Latchkey still waits for yours. If it was yours, run browser and Latchkey as the same "
               "user, or paste the address you landed on."));
    }
}

void SignInDialog::tellOfStrangeAnswer(const AuthorizationProgress &now, const QString &product)
{
    m_notice->showText(now.strangeWord.isEmpty()
                           ? tr("A page sent something that is no code. Still waiting.")
                           : tr("A page said \"%1\". Still waiting.").arg(now.strangeWord),
                       tr("Any page can send this. If you declined in %1 yourself, cancel.").arg(product));
}

void SignInDialog::showFailure(const AuthorizationProgress &now)
{
    if (m_noticeShown == "failed"_L1)
        return;
    m_noticeShown = u"failed"_s;
    const Problem problem =
        now.problem.value_or(Problem { .detail = {}, .description = {}, .at = {}, .retryAt = {} });
    m_notice->showProblem(problem, findProvider(now.providerId));
    // What was removed comes back by no other try.
    if (!m_make || problem.kind == Problem::Kind::NoSuchAccount)
        return;
    if (m_offers)
        m_offers->addTo(*m_notice, problem, this, [this] { again(); });
    QPushButton *retry = m_notice->addAction(tr("Try again"), "primary");
    connect(retry, &QPushButton::clicked, this, &SignInDialog::again);
}

void SignInDialog::paste(const QString &text)
{
    // The operation may be over, and this dialog closed, when paste() returns.
    const QPointer<SignInDialog> guard(this);
    const std::optional<Problem> problem = m_operation->paste(text);
    if (!guard || !m_operation)
        return;
    if (problem)
        m_pasteArea->showProblem(*problem, findProvider(m_operation->progress().providerId));
    else
        m_pasteArea->forget();
    growToFit(*this);
}

} // namespace latchkey
