// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/accountdialog.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/flow/token/tokenservice.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"
#include "ui/form/accountform.h"
#include "ui/form/providerchooser.h"
#include "ui/secrets/secretoffers.h"
#include "ui/signin/signindialog.h"
#include "ui/widgets/dialoghead.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemoffers.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/windowheight.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMap>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

constexpr int chooserHeight = 480;
constexpr int formHeight = 720;

class AccountDialog::Private
{
public:
    Private(AccountDialog &dialog, AccountService &accountService, TokenService &tokenService,
            const SecretOffers &secretOffers, Clock theClock)
        : q(dialog),
          accounts(accountService),
          tokens(tokenService),
          offers(secretOffers),
          clock(std::move(theClock))
    {
    }

    void build();
    [[nodiscard]] QLayout *buildButtons();
    void showTitle(const Provider *provider, const QString &title, const QString &subtitle);
    void showChooser();
    [[nodiscard]] AccountForm *newForm(const Provider &provider, const AccountDraft &draft);
    void showForm(const AccountDraft &draft, const QString &heading);
    void check() const;
    void save();
    void signIn(const AccountDraft &draft);
    void saveAnyway(const std::optional<Problem> &why);
    [[nodiscard]] Reply<Result<AccountId, Problem>> reply();
    void setBusy(const QString &status) const;
    void finish(const AccountId &id);
    void showFailure(const Problem &failed);
    void askToDiscard();

    AccountDialog &q;
    AccountService &accounts;
    TokenService &tokens;
    SecretOffers offers;
    Clock clock;

    DialogHead *head = nullptr;
    QStackedWidget *pages = nullptr;
    ProviderChooser *chooser = nullptr;
    QScrollArea *scroll = nullptr;
    AccountForm *form = nullptr; // the one shown
    QMap<QString, AccountForm *> forms; // by vendor
    QFrame *line = nullptr;
    ProblemView *problem = nullptr;
    QLabel *status = nullptr;
    QProgressBar *bar = nullptr;
    QPushButton *back = nullptr;
    QPushButton *cancel = nullptr;
    QPushButton *saveButton = nullptr;
    bool isDirty = false;
    bool asksToDiscard = false;
    bool isTried = false; // what stands in the form is what was last tried
};

AccountDialog::AccountDialog(AccountService &accounts, TokenService &tokens, const SecretOffers &offers,
                             Clock clock, QWidget *parent)
    : QDialog(parent), d(std::make_unique<Private>(*this, accounts, tokens, offers, std::move(clock)))
{
    setAttribute(Qt::WA_DeleteOnClose);
    d->build();
}

AccountDialog::~AccountDialog() = default;

void AccountDialog::startAdding()
{
    d->showChooser();
    open();
}

void AccountDialog::startEditing(const AccountId &id)
{
    if (const Account *account = d->accounts.find(id)) {
        d->showForm({ .id = id,
                      .name = account->name,
                      .providerId = account->providerId,
                      .fields = account->fields,
                      .secrets = {} },
                    tr("Edit %1").arg(account->name));
    }
    open();
}

void AccountDialog::startDuplicating(const AccountId &id)
{
    const Account *account = d->accounts.find(id);
    d->showForm(d->accounts.duplicate(id),
                account == nullptr ? QString() : tr("Duplicate %1").arg(account->name));
    open();
}

void AccountDialog::reject()
{
    if (d->isDirty && !d->asksToDiscard)
        d->askToDiscard();
    else
        QDialog::reject();
}

void AccountDialog::done(int result)
{
    for (AccountForm *form : std::as_const(d->forms))
        form->forgetSecrets();
    QDialog::done(result);
}

void AccountDialog::Private::build()
{
    head = new DialogHead;
    scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setProperty("surface", u"none"_s);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumHeight(160);
    chooser = new ProviderChooser(providers());
    pages = new QStackedWidget;
    pages->addWidget(chooser);
    pages->addWidget(scroll);
    line = new QFrame;
    line->setProperty("look", u"line"_s);
    problem = new ProblemView;
    status = newPlainLabel({}, "muted");
    bar = new QProgressBar;
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("Progress"));

    auto *layout = new QVBoxLayout(&q);
    layout->setContentsMargins(24, 22, 24, 20);
    layout->setSpacing(16);
    layout->addWidget(head);
    layout->addWidget(pages, 1);
    layout->addWidget(line);
    layout->addWidget(problem);
    layout->addWidget(bar);
    layout->addWidget(status);
    layout->addLayout(buildButtons());
    setBusy({});
    q.resize(600, chooserHeight);

    QObject::connect(chooser, &ProviderChooser::chosen, &q, [this](const QString &id) {
        showForm(accounts.proposed({ .id = {}, .name = {}, .providerId = id, .fields = {}, .secrets = {} }),
                 {});
    });
    QObject::connect(&tokens, &TokenService::waitingForKeychainChanged, &q, [this](bool isWaiting) {
        if (!bar->isHidden() && isWaiting)
            status->setText(tr("Waiting for the keychain or the vault. A keychain may be asking you to "
                               "unlock it in a window of its own."));
    });
}

QLayout *AccountDialog::Private::buildButtons()
{
    back = new QPushButton(tr("Back"));
    cancel = new QPushButton(tr("Cancel"));
    saveButton = new QPushButton(tr("Save"));
    saveButton->setProperty("kind", u"primary"_s);
    back->setAutoDefault(false);
    cancel->setAutoDefault(false);
    saveButton->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(back);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(saveButton);
    QObject::connect(back, &QPushButton::clicked, &q, [this] { showChooser(); });
    QObject::connect(cancel, &QPushButton::clicked, &q, [this] { q.done(Rejected); });
    QObject::connect(saveButton, &QPushButton::clicked, &q, [this] { save(); });
    return buttons;
}

void AccountDialog::Private::showTitle(const Provider *provider, const QString &title,
                                       const QString &subtitle)
{
    head->show(provider, title, subtitle);
    q.setWindowTitle(title);
}

void AccountDialog::Private::showChooser()
{
    showTitle(nullptr, tr("Add an account"), tr("Which service does the token belong to?"));
    pages->setCurrentWidget(chooser);
    line->hide();
    problem->clear();
    back->hide();
    saveButton->hide();
    chooser->setFocus();
}

void AccountDialog::Private::showForm(const AccountDraft &draft, const QString &heading)
{
    const Provider *provider = findProvider(draft.providerId);
    if (provider == nullptr)
        return;
    const QString name = providerText(provider->displayName);
    const QString variant = providerText(provider->variant);
    // Back and forth between the pages keeps what was typed for each vendor.
    form = forms.value(provider->id);
    if (form == nullptr)
        form = newForm(*provider, draft);
    if (QWidget *other = scroll->widget(); other != form) {
        if (scroll->takeWidget() != nullptr)
            other->setParent(&q);
        scroll->setWidget(form);
    }
    showTitle(provider, heading.isEmpty() ? tr("Add a %1 account").arg(name) : heading,
              variant.isEmpty() ? providerText(provider->summary) : variant);
    pages->setCurrentWidget(scroll);
    line->show();
    growTo(q, formHeight);
    back->setVisible(heading.isEmpty());
    saveButton->show();
    check();
    form->setFocus();
}

AccountForm *AccountDialog::Private::newForm(const Provider &provider, const AccountDraft &draft)
{
    auto *made = new AccountForm(provider);
    made->setProperty("surface", u"none"_s);
    made->setContentsMargins(0, 0, 10, 0);
    const Account *edited = draft.id ? accounts.find(*draft.id) : nullptr;
    made->fill(draft, edited ? edited->missingSecrets : QStringList());
    QStringList taken;
    for (const Account &account : accounts.accounts())
        taken.append(account.name);
    made->proposeName(taken);
    forms.insert(provider.id, made);
    QObject::connect(made, &AccountForm::changed, &q, [this] {
        isDirty = true;
        isTried = false;
        if (std::exchange(asksToDiscard, false)) // that would lose more than was asked about
            problem->clear();
        check();
    });
    return made;
}

void AccountDialog::Private::check() const
{
    const AccountDraft draft = form->draft();
    const QList<FieldProblem> found = accounts.check(draft);
    form->showProblems(found);
    if (found.isEmpty()) {
        const bool signsIn = accounts.firstToken(draft) == FirstToken::SignIn;
        saveButton->setText(signsIn ? tr("Save and sign in") : tr("Save"));
    }
}

void AccountDialog::Private::save()
{
    const AccountDraft draft = form->draft();
    const QList<FieldProblem> found = accounts.check(draft);
    form->showProblems(found);
    if (!found.isEmpty()) {
        form->speakUp();
        // Once the sentences have found their place.
        if (QWidget *row = form->goToFirstProblem())
            QTimer::singleShot(0, row, [this, row] { scroll->ensureWidgetVisible(row, 0, 20); });
        return;
    }
    problem->clear();
    asksToDiscard = false;
    isTried = true;
    switch (accounts.firstToken(draft)) {
    case FirstToken::NotNeeded: saveAnyway({}); break;
    case FirstToken::Request:
    case FirstToken::ExchangeTypedCode: {
        const Provider &provider = form->provider();
        setBusy(tr("Asking %1 for a token. It is kept when it comes, even if you close this window.")
                    .arg(shownHost(provider.tokenEndpoint(completeFields(provider, draft.fields)))));
        accounts.saveWithToken(draft, reply());
        break;
    }
    case FirstToken::SignIn: signIn(draft); break;
    }
}

void AccountDialog::Private::signIn(const AccountDraft &draft)
{
    auto *dialog = new SignInDialog([this, draft] { return tokens.signIn(draft); }, clock, &q);
    dialog->setOffers(offers);
    QObject::connect(dialog, &SignInDialog::signedIn, &q, [this](const AccountId &id) { finish(id); });
    QObject::connect(dialog, &SignInDialog::failed, &q, [this](const Problem &why) { showFailure(why); });
    dialog->open();
}

void AccountDialog::Private::saveAnyway(const std::optional<Problem> &why)
{
    setBusy(tr("Saving…"));
    accounts.saveAnyway(form->draft(), why, reply());
}

Reply<Result<AccountId, Problem>> AccountDialog::Private::reply()
{
    return { &q, [this](const Result<AccountId, Problem> &result) {
                setBusy({});
                if (result)
                    finish(*result);
                else
                    showFailure(result.error());
            } };
}

void AccountDialog::Private::setBusy(const QString &text) const
{
    const bool isBusy = !text.isEmpty();
    setTextOrHide(status, text);
    bar->setVisible(isBusy);
    pages->setEnabled(!isBusy);
    back->setEnabled(!isBusy);
    saveButton->setEnabled(!isBusy);
    if (isBusy)
        cancel->setFocus();
    else if (form != nullptr)
        saveButton->setFocus();
}

void AccountDialog::Private::finish(const AccountId &id)
{
    const QPointer<AccountDialog> guard(&q);
    q.done(Accepted);
    if (guard)
        Q_EMIT q.saved(id);
}

void AccountDialog::Private::showFailure(const Problem &failed)
{
    problem->showProblem(failed, &form->provider());
    offers.addTo(*problem, failed, &q, [this] { save(); });
    if (canSaveAnyway(failed.kind)) {
        const bool isChange = form->draft().id.has_value();
        const QString text = isChange ? tr("Keep the changes anyway") : tr("Save anyway");
        QObject::connect(problem->addAction(text), &QPushButton::clicked, &q, [this, failed] {
            if (!isTried)
                return save(); // what was refused was something else
            problem->clear();
            saveAnyway(failed);
        });
    }
    saveButton->setFocus();
}

void AccountDialog::Private::askToDiscard()
{
    asksToDiscard = true;
    problem->showText(tr("Close without saving?"),
                      tr("What you typed is lost then. Press Escape again to close."));
    QObject::connect(problem->addAction(tr("Discard"), "danger"), &QPushButton::clicked, &q,
                     [this] { q.done(Rejected); });
    QPushButton *keep = problem->addAction(tr("Keep editing"));
    QObject::connect(keep, &QPushButton::clicked, &q, [this] {
        asksToDiscard = false;
        problem->clear();
    });
    keep->setFocus();
}

} // namespace latchkey
