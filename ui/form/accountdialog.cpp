// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/accountdialog.h"

#include "core/account/problemtable.h"
#include "core/flow/account/accountservice.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/flow/token/tokenservice.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"
#include "ui/form/accountform.h"
#include "ui/form/providerchooser.h"
#include "ui/secrets/secretoffers.h"
#include "ui/signin/signindialog.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int chooserHeight = 480;
constexpr int formHeight = 720;

} // namespace

AccountDialog::AccountDialog(AccountService &accounts, TokenService &tokens, const SecretOffers &offers,
                             Clock clock, QWidget *parent)
    : QDialog(parent), m_accounts(accounts), m_tokens(tokens), m_offers(offers), m_clock(std::move(clock))
{
    const DialogFrame frame = frameDialog(*this, {}, {});
    m_head = frame.head;
    m_scroll = newScrollArea();
    m_scroll->setMinimumHeight(160);
    m_chooser = new ProviderChooser(providers());
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_chooser);
    m_pages->addWidget(m_scroll);
    m_line = newDivider();
    m_problem = new ProblemView;
    m_status = newPlainLabel({}, "muted");
    m_bar = newBusyBar(tr("Progress"));
    frame.body->setSpacing(16);
    frame.body->addWidget(m_pages, 1);
    frame.body->addWidget(m_line);
    frame.body->addWidget(m_problem);
    frame.body->addWidget(m_bar);
    frame.body->addWidget(m_status);
    m_back = new QPushButton(tr("Back"));
    m_back->setAutoDefault(false);
    frame.buttons->insertWidget(0, m_back);
    m_cancel = addDialogButton(frame, tr("Cancel"));
    m_saveButton = addDialogButton(frame, tr("Save"), "primary");
    setBusy({});
    resize(600, chooserHeight);

    connect(m_back, &QPushButton::clicked, this, &AccountDialog::showChooser);
    connect(m_cancel, &QPushButton::clicked, this, [this] { done(Rejected); });
    connect(m_saveButton, &QPushButton::clicked, this, &AccountDialog::save);
    connect(m_chooser, &ProviderChooser::chosen, this, [this](const QString &id) {
        showForm(m_accounts.proposed({ .id = {}, .name = {}, .providerId = id, .fields = {}, .secrets = {} }),
                 {});
    });
    connect(&m_tokens.secrets(), &AccountSecretStore::waitingChanged, this, [this](bool isWaiting) {
        if (!m_bar->isHidden() && isWaiting)
            m_status->setText(tr("Waiting for the keychain or the vault. A keychain may be asking you to "
                                 "unlock it in a window of its own."));
    });
}

void AccountDialog::startAdding()
{
    showChooser();
    open();
}

void AccountDialog::startEditing(const AccountId &id)
{
    if (const Account *account = m_accounts.find(id)) {
        showForm({ .id = id,
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
    const Account *account = m_accounts.find(id);
    showForm(m_accounts.duplicate(id),
             account == nullptr ? QString() : tr("Duplicate %1").arg(account->name));
    open();
}

void AccountDialog::reject()
{
    if (m_isDirty && !m_asksToDiscard)
        askToDiscard();
    else
        QDialog::reject();
}

void AccountDialog::done(int result)
{
    for (AccountForm *form : std::as_const(m_forms))
        form->forgetSecrets();
    QDialog::done(result);
}

void AccountDialog::showTitle(const Provider *provider, const QString &title, const QString &subtitle)
{
    m_head->show(provider, title, subtitle);
    setWindowTitle(title);
}

void AccountDialog::showChooser()
{
    showTitle(nullptr, tr("Add an account"), tr("Which service does the token belong to?"));
    m_pages->setCurrentWidget(m_chooser);
    m_line->hide();
    m_problem->clear();
    m_back->hide();
    m_saveButton->hide();
    m_chooser->setFocus();
}

void AccountDialog::showForm(const AccountDraft &draft, const QString &heading)
{
    const Provider *provider = findProvider(draft.providerId);
    if (provider == nullptr)
        return;
    const QString name = providerText(provider->displayName);
    const QString variant = providerText(provider->variant);
    // Back and forth between the pages keeps what was typed for each vendor.
    m_form = m_forms.value(provider->id);
    if (m_form == nullptr)
        m_form = newForm(*provider, draft);
    if (QWidget *other = m_scroll->widget(); other != m_form) {
        if (m_scroll->takeWidget() != nullptr)
            other->setParent(this);
        m_scroll->setWidget(m_form);
    }
    showTitle(provider, heading.isEmpty() ? tr("Add a %1 account").arg(name) : heading,
              variant.isEmpty() ? providerText(provider->summary) : variant);
    m_pages->setCurrentWidget(m_scroll);
    m_line->show();
    growTo(*this, formHeight);
    m_back->setVisible(heading.isEmpty());
    m_saveButton->show();
    check();
    m_form->setFocus();
}

AccountForm *AccountDialog::newForm(const Provider &provider, const AccountDraft &draft)
{
    auto *made = new AccountForm(provider);
    made->setProperty("surface", u"none"_s);
    made->setContentsMargins(0, 0, 10, 0);
    const Account *edited = draft.id ? m_accounts.find(*draft.id) : nullptr;
    made->fill(draft, edited ? edited->missingSecrets : QStringList());
    QStringList taken;
    for (const Account &account : m_accounts.accounts())
        taken.append(account.name);
    made->proposeName(taken);
    m_forms.insert(provider.id, made);
    connect(made, &AccountForm::changed, this, [this] {
        m_isDirty = true;
        m_isTried = false;
        if (std::exchange(m_asksToDiscard, false)) // that would lose more than was asked about
            m_problem->clear();
        check();
    });
    return made;
}

void AccountDialog::check() const
{
    const AccountDraft draft = m_form->draft();
    const QList<FieldProblem> found = m_accounts.check(draft);
    m_form->showProblems(found);
    if (found.isEmpty()) {
        const bool signsIn = m_accounts.firstToken(draft) == FirstToken::SignIn;
        m_saveButton->setText(signsIn ? tr("Save and sign in") : tr("Save"));
        m_saveButton->setAccessibleName(m_saveButton->text());
    }
}

void AccountDialog::save()
{
    const AccountDraft draft = m_form->draft();
    const QList<FieldProblem> found = m_accounts.check(draft);
    m_form->showProblems(found);
    if (!found.isEmpty()) {
        m_form->speakUp();
        // Once the sentences have found their place.
        if (QWidget *row = m_form->goToFirstProblem())
            QTimer::singleShot(0, row, [this, row] { m_scroll->ensureWidgetVisible(row, 0, 20); });
        return;
    }
    m_problem->clear();
    m_asksToDiscard = false;
    m_isTried = true;
    switch (m_accounts.firstToken(draft)) {
    case FirstToken::NotNeeded: saveAnyway({}); break;
    case FirstToken::Request:
    case FirstToken::ExchangeTypedCode: {
        const Provider &provider = m_form->provider();
        setBusy(tr("Asking %1 for a token. It is kept when it comes, even if you close this window.")
                    .arg(shownHost(provider.tokenEndpoint(completeFields(provider, draft.fields)))));
        m_accounts.saveWithToken(draft, { this, [this](const auto &result) { take(result); } });
        break;
    }
    case FirstToken::SignIn: signIn(draft); break;
    }
}

void AccountDialog::signIn(const AccountDraft &draft)
{
    auto *dialog = new SignInDialog([this, draft] { return m_tokens.signIn(draft); }, m_clock, this);
    dialog->setOffers(m_offers);
    connect(dialog, &SignInDialog::signedIn, this, &AccountDialog::finish);
    connect(dialog, &SignInDialog::failed, this, &AccountDialog::showFailure);
    dialog->open();
}

void AccountDialog::saveAnyway(const std::optional<Problem> &why)
{
    setBusy(tr("Saving…"));
    m_accounts.saveAnyway(m_form->draft(), why, { this, [this](const auto &result) { take(result); } });
}

void AccountDialog::take(const Result<AccountId, Problem> &result)
{
    setBusy({});
    if (result)
        finish(*result);
    else
        showFailure(result.error());
}

void AccountDialog::setBusy(const QString &text) const
{
    const bool isBusy = !text.isEmpty();
    setTextOrHide(m_status, text);
    m_bar->setVisible(isBusy);
    m_pages->setEnabled(!isBusy);
    m_back->setEnabled(!isBusy);
    m_saveButton->setEnabled(!isBusy);
    if (isBusy)
        m_cancel->setFocus();
    else if (m_form != nullptr)
        m_saveButton->setFocus();
}

void AccountDialog::finish(const AccountId &id)
{
    const QPointer<AccountDialog> guard(this);
    done(Accepted);
    if (guard)
        Q_EMIT saved(id);
}

void AccountDialog::showFailure(const Problem &failed)
{
    m_problem->showProblem(failed, &m_form->provider());
    m_offers.addTo(*m_problem, failed, this, [this] { save(); });
    if (canSaveAnyway(failed.kind)) {
        const bool isChange = m_form->draft().id.has_value();
        const QString text = isChange ? tr("Keep the changes anyway") : tr("Save anyway");
        connect(m_problem->addAction(text), &QPushButton::clicked, this, [this, failed] {
            if (!m_isTried)
                return save(); // what was refused was something else
            m_problem->clear();
            saveAnyway(failed);
        });
    }
    m_saveButton->setFocus();
}

void AccountDialog::askToDiscard()
{
    m_asksToDiscard = true;
    m_problem->showText(tr("Close without saving?"),
                        tr("What you typed is lost then. Press Escape again to close."));
    connect(m_problem->addAction(tr("Discard"), "danger"), &QPushButton::clicked, this,
            [this] { done(Rejected); });
    QPushButton *keep = m_problem->addAction(tr("Keep editing"));
    connect(keep, &QPushButton::clicked, this, [this] {
        m_asksToDiscard = false;
        m_problem->clear();
    });
    keep->setFocus();
}

} // namespace latchkey
