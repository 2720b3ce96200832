// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signindialog.h"

#include "core/flow/authorizationoperation.h"
#include "core/provider/providers.h"
#include "ui/dialoghead.h"
#include "ui/plainlabel.h"
#include "ui/problemview.h"
#include "ui/secretoffers.h"
#include "ui/signinpaste.h"
#include "ui/signinsteps.h"
#include "ui/windowheight.h"

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

class SignInDialog::Private
{
public:
    Private(SignInDialog &dialog, Clock theClock) : q(dialog), clock(std::move(theClock)) {}

    void build();
    void take(std::unique_ptr<AuthorizationOperation> next);
    void letGo();
    void again();
    void show();
    void showNotice(const AuthorizationProgress &now);
    void showFailure(const AuthorizationProgress &now);
    void paste(const QString &text);

    SignInDialog &q;
    Clock clock;
    MakeOperation make;
    std::optional<SecretOffers> offers;
    std::unique_ptr<AuthorizationOperation> operation;
    std::optional<AccountId> signedInId;

    DialogHead *head = nullptr;
    SignInSteps *steps = nullptr;
    ProblemView *notice = nullptr;
    QString noticeShown; // what the notice asks, so that a tick does not build it anew
    SignInPaste *pasteArea = nullptr;
    QPushButton *close = nullptr;
    QTimer *ticker = nullptr;
};

SignInDialog::SignInDialog(std::unique_ptr<AuthorizationOperation> operation, Clock clock, QWidget *parent)
    : QDialog(parent), d(std::make_unique<Private>(*this, std::move(clock)))
{
    d->build();
    d->take(std::move(operation));
}

SignInDialog::SignInDialog(const MakeOperation &make, Clock clock, QWidget *parent)
    : QDialog(parent), d(std::make_unique<Private>(*this, std::move(clock)))
{
    d->make = make;
    d->build();
    d->take(make());
}

SignInDialog::~SignInDialog() = default;

void SignInDialog::setOffers(const SecretOffers &offers)
{
    d->offers.emplace(offers);
}

void SignInDialog::open()
{
    QDialog::open();
    d->pasteArea->setFocus();
    d->operation->start();
}

void SignInDialog::done(int result)
{
    if (!d->operation)
        return QDialog::done(result); // closed already
    const Problem problem =
        d->operation->progress().problem.value_or(Problem { .kind = Problem::Kind::SignInCancelled,
                                                            .detail = {},
                                                            .description = {},
                                                            .at = d->clock(),
                                                            .retryAt = {} });
    d->letGo();
    QDialog::done(result);
    if (d->signedInId)
        Q_EMIT signedIn(*d->signedInId);
    else
        Q_EMIT failed(problem);
}

void SignInDialog::Private::build()
{
    q.setAttribute(Qt::WA_DeleteOnClose);
    head = new DialogHead;
    steps = new SignInSteps;
    notice = new ProblemView;
    pasteArea = new SignInPaste;
    close = new QPushButton;
    close->setAutoDefault(false);
    ticker = new QTimer(&q);
    ticker->setInterval(250ms); // so that no second is skipped

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(&q);
    layout->setContentsMargins(24, 22, 24, 20);
    layout->setSpacing(14);
    layout->addWidget(head);
    layout->addWidget(steps);
    layout->addWidget(notice);
    layout->addWidget(pasteArea);
    layout->addStretch();
    layout->addLayout(buttons);
    q.resize(560, 430);

    QObject::connect(close, &QPushButton::clicked, &q, &QDialog::reject);
    QObject::connect(ticker, &QTimer::timeout, &q, [this] { show(); });
    QObject::connect(pasteArea, &SignInPaste::used, &q, [this](const QString &text) { paste(text); });
    QObject::connect(steps, &SignInSteps::openAgainPressed, &q, [this] { operation->openBrowserAgain(); });
}

void SignInDialog::Private::take(std::unique_ptr<AuthorizationOperation> next)
{
    operation = std::move(next);
    QObject::connect(operation.get(), &AuthorizationOperation::progressChanged, &q, [this] { show(); });
    QObject::connect(operation.get(), &AuthorizationOperation::finished, &q,
                     [this](const Result<AccountId, Problem> &result) {
                         show();
                         if (result) {
                             signedInId = *result;
                             q.accept();
                         }
                     });
    show();
}

// Deleted later: it may be the one that is calling.
void SignInDialog::Private::letGo()
{
    ticker->stop();
    pasteArea->forget();
    if (!operation)
        return;
    operation->disconnect(&q);
    operation->setParent(&q); // so that it never outlives the dialog
    operation.release()->deleteLater();
}

void SignInDialog::Private::again()
{
    letGo();
    notice->clear();
    noticeShown.clear();
    take(make());
    operation->start();
}

void SignInDialog::Private::show()
{
    const AuthorizationProgress &now = operation->progress();
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
        q.setWindowTitle(tr("Sign in to %1").arg(now.accountName));
    head->show(provider, q.windowTitle(), subtitle);
    steps->showProgress(now, product, clock());
    pasteArea->setVisible(mayPaste);
    pasteArea->explain(now, provider);
    close->setText(isOver ? tr("Close") : tr("Cancel"));
    if (now.step == Step::Failed)
        showFailure(now);
    else
        showNotice(now);
    growToFit(q);
    if (now.step == Step::Waiting || now.step == Step::Confirming)
        ticker->start();
    else
        ticker->stop();
}

// One thing at a time, the most urgent first.
void SignInDialog::Private::showNotice(const AuthorizationProgress &now)
{
    const Provider *provider = findProvider(now.providerId);
    const QString product = provider == nullptr ? tr("The provider") : providerText(provider->displayName);
    QString wanted;
    if (now.step == Step::Confirming)
        wanted = u"confirm"_s;
    else if (now.step == Step::Waiting && now.mayAcceptMissingState)
        wanted = u"accept"_s;
    else if (now.step == Step::Waiting && now.triedWithTls)
        wanted = u"tls"_s;
    else if (now.step == Step::Waiting && now.foreignAnswers > 0)
        wanted = u"foreign %1"_s.arg(now.foreignAnswers);
    if (wanted == noticeShown)
        return;
    noticeShown = wanted;
    if (wanted.isEmpty())
        return notice->clear();
    if (wanted == "confirm"_L1) {
        notice->showText(
            tr("A code arrived from the browser. Use it?"),
            tr("%1 sent it without the mark that ties it to this sign-in. Say yes only if you have "
               "just authorized Latchkey there.")
                .arg(product));
        QPushButton *yes = notice->addAction(tr("Yes, use it"), "primary");
        QObject::connect(yes, &QPushButton::clicked, &q, [this] { operation->confirm(true); });
        QObject::connect(notice->addAction(tr("No")), &QPushButton::clicked, &q,
                         [this] { operation->confirm(false); });
    } else if (wanted == "accept"_L1) {
        notice->showText(
            tr("An answer without Latchkey's mark was refused."),
            tr("Did you begin the authorization in %1 itself? Then it can't know the mark: accept the "
               "next such answer, and send it again from there.")
                .arg(product));
        QPushButton *accept = notice->addAction(tr("Accept the next answer"));
        QObject::connect(accept, &QPushButton::clicked, &q, [this] { operation->acceptMissingState(); });
    } else if (wanted == "tls"_L1) {
        notice->showText(tr("The browser came with https, but the redirect URI says http."),
                         tr("Copy the address of the page you landed on and paste it below."));
    } else {
        notice->showText(tr("Answers of another sign-in were refused: %1").arg(now.foreignAnswers),
                         tr("Finish the sign-in in the page that was opened last, or open it again."));
    }
}

void SignInDialog::Private::showFailure(const AuthorizationProgress &now)
{
    if (noticeShown == "failed"_L1)
        return;
    noticeShown = u"failed"_s;
    const Problem problem =
        now.problem.value_or(Problem { .detail = {}, .description = {}, .at = {}, .retryAt = {} });
    notice->showProblem(problem, findProvider(now.providerId));
    // What was removed comes back by no other try.
    if (!make || problem.kind == Problem::Kind::NoSuchAccount)
        return;
    if (offers)
        offers->addTo(*notice, problem, &q, [this] { again(); });
    QPushButton *retry = notice->addAction(tr("Try again"), "primary");
    QObject::connect(retry, &QPushButton::clicked, &q, [this] { again(); });
}

void SignInDialog::Private::paste(const QString &text)
{
    // The operation may be over, and this dialog closed, when paste() returns.
    const QPointer<SignInDialog> guard(&q);
    const std::optional<Problem> problem = operation->paste(text);
    if (!guard || !operation)
        return;
    if (problem)
        pasteArea->showProblem(*problem, findProvider(operation->progress().providerId));
    else
        pasteArea->forget();
    growToFit(q);
}

} // namespace latchkey
