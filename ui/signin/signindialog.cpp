// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/signindialog.h"

#include "core/flow/token/authorizationoperation.h"
#include "core/provider/providers.h"
#include "ui/secrets/secretoffers.h"
#include "ui/signin/signinpaste.h"
#include "ui/signin/signinsteps.h"
#include "ui/widgets/dialoghead.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/windowheight.h"

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
    static QString noticeFor(const AuthorizationProgress &now);
    void showNotice(const AuthorizationProgress &now);
    void askAboutPort(const QString &product);
    void askAboutCode(const AuthorizationProgress &now, const QString &product);
    void offerMissingState(const QString &product);
    void tell(RedirectNotice what);
    void tellOfStrangeAnswer(const AuthorizationProgress &now, const QString &product);
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
    if (now.step == Step::Waiting || now.step == Step::Confirming || now.step == Step::ConfirmingPort)
        ticker->start();
    else
        ticker->stop();
}

// One thing at a time, the most urgent first. The text names it, so that a tick does not build it anew.
QString SignInDialog::Private::noticeFor(const AuthorizationProgress &now)
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

void SignInDialog::Private::showNotice(const AuthorizationProgress &now)
{
    const Provider *provider = findProvider(now.providerId);
    const QString product = provider == nullptr ? tr("The provider") : providerText(provider->displayName);
    const QString wanted = noticeFor(now);
    if (wanted == noticeShown)
        return;
    noticeShown = wanted;
    if (wanted.isEmpty())
        return notice->clear();
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
        notice->showText(tr("Answers of another sign-in were refused: %1").arg(now.foreignAnswers),
                         tr("Finish the sign-in in the page that was opened last, or open it again."));
}

void SignInDialog::Private::askAboutPort(const QString &product)
{
    notice->showText(tr("The code would go to another program. Go on by pasting it?"),
                     tr("%1 gives the token to whoever has the code, so that program could use it before "
                        "you do.")
                         .arg(product));
    QObject::connect(notice->addAction(tr("Go on")), &QPushButton::clicked, &q,
                     [this] { operation->confirm(true); });
}

void SignInDialog::Private::askAboutCode(const AuthorizationProgress &now, const QString &product)
{
    if (now.heldCodes > 1)
        notice->showText(
            tr("Several different codes arrived from the browser. Use the first one?"),
            tr("At most one of them can be yours, and any page can send one. Better say no to each and "
               "authorize Latchkey in %1 again.")
                .arg(product));
    else
        notice->showText(
            tr("A code arrived from the browser. Use it?"),
            tr("%1 sent it without the mark that ties it to this sign-in. Say yes only if you have "
               "just authorized Latchkey there.")
                .arg(product));
    QPushButton *yes = notice->addAction(tr("Yes, use it"), now.heldCodes > 1 ? "" : "primary");
    QObject::connect(yes, &QPushButton::clicked, &q, [this] { operation->confirm(true); });
    QObject::connect(notice->addAction(tr("No, wait on")), &QPushButton::clicked, &q,
                     [this] { operation->confirm(false); });
}

void SignInDialog::Private::offerMissingState(const QString &product)
{
    notice->showText(
        tr("An answer without Latchkey's mark was refused."),
        tr("Did you begin the authorization in %1 itself? Then it can't know the mark: accept the "
           "next such answer, and send it again from there.")
            .arg(product));
    QPushButton *accept = notice->addAction(tr("Accept the next answer"));
    QObject::connect(accept, &QPushButton::clicked, &q, [this] { operation->acceptMissingState(); });
}

void SignInDialog::Private::tell(RedirectNotice what)
{
    switch (what) {
    case RedirectNotice::TriedWithTls:
        return notice->showText(tr("The browser came with https, but the redirect URI says http."),
                                tr("Copy the address of the page you landed on and paste it below."));
    case RedirectNotice::TooLarge:
        return notice->showText(
            tr("The browser sent more than Latchkey reads, so it was not taken."),
            tr("Copy the address of the page you landed on and paste it below, or delete the browser's "
               "cookies of localhost and 127.0.0.1 and load that page again."));
    case RedirectNotice::OtherUser:
        return notice->showText(
            tr("A program of another user of this computer sent an answer, which was not used."),
            tr("Latchkey still waits for yours. If it was yours, run browser and Latchkey as the same "
               "user, or paste the address you landed on."));
    }
}

void SignInDialog::Private::tellOfStrangeAnswer(const AuthorizationProgress &now, const QString &product)
{
    notice->showText(now.strangeWord.isEmpty()
                         ? tr("A page sent something that is no code. Still waiting.")
                         : tr("A page said \"%1\". Still waiting.").arg(now.strangeWord),
                     tr("Any page can send this. If you declined in %1 yourself, cancel.").arg(product));
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
