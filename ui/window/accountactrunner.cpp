// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/accountactrunner.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/flow/token/tokenservice.h"
#include "core/provider/providers.h"
#include "ui/acts/actions.h"
#include "ui/acts/copyaction.h"
#include "ui/acts/uiservices.h"
#include "ui/dialogs/removedialog.h"
#include "ui/dialogs/testdialog.h"
#include "ui/form/accountdialog.h"
#include "ui/secrets/secretoffers.h"
#include "ui/signin/signindialog.h"
#include "ui/widgets/dialogframe.h"
#include "ui/window/windowactrunner.h"

#include <QCursor>
#include <QMenu>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

AccountActRunner::AccountActRunner(const UiServices &services, const Actions &actions,
                                   WindowActRunner &windowActs, HostConsent &consent,
                                   ClipboardGuard &clipboard, QWidget *window)
    : QObject(window),
      m_services(services),
      m_actions(actions),
      m_windowActs(windowActs),
      m_consent(consent),
      m_window(window),
      m_copy(services, consent, clipboard)
{
    listenToCopying();
}

void AccountActRunner::perform(AccountAct act, const AccountId &id)
{
    if (!m_services.accounts.find(id))
        return;
    // An act that needs a secret first asks for the passphrase of a locked vault.
    const auto withSecrets = [this, id](void (AccountActRunner::*start)(const AccountId &)) {
        m_windowActs.whenOpen([this, id, start] { (this->*start)(id); });
    };
    switch (act) {
    case AccountAct::Copy: copy(id); break;
    case AccountAct::ChooseCopy: openCopyMenu(id, QCursor::pos()); break;
    case AccountAct::Refresh: withSecrets(&AccountActRunner::refresh); break;
    case AccountAct::SignIn: withSecrets(&AccountActRunner::signIn); break;
    case AccountAct::Test: withSecrets(&AccountActRunner::test); break;
    case AccountAct::Edit:
    case AccountAct::Duplicate: openAccountDialog(act, id); break;
    case AccountAct::Export: m_windowActs.whenOpen([this, id] { m_windowActs.openExport({ id }); }); break;
    case AccountAct::Doctor: m_windowActs.openDoctor(id); break;
    case AccountAct::Activity: m_windowActs.openActivity(id); break;
    case AccountAct::Remove: withSecrets(&AccountActRunner::remove); break;
    case AccountAct::KeepInMemory: keepInMemory(id); break;
    case AccountAct::Unlock: m_windowActs.unlock(); break;
    }
}

void AccountActRunner::add()
{
    openAccountDialog(AccountAct::Copy, {});
}

void AccountActRunner::openMenu(const AccountId &id, const QPoint &globalPosition)
{
    const Account *account = m_services.accounts.find(id);
    if (!account)
        return;
    // Qt tells a screen reader of an action by the first menu that held it, so that menu stays.
    if (!m_menu) {
        m_menu = new QMenu(m_window);
        // Another process may remove the account meanwhile. The actions would then be about the next one.
        connect(&m_actions, &Actions::accountChanged, m_menu, &QMenu::close);
    }
    QMenu *menu = m_menu;
    menu->clear();
    addCopyLines(*menu, *account);
    menu->addSeparator();
    menu->addAction(m_actions.of(AccountAct::Refresh));
    if (signsIn(findProvider(account->providerId)))
        menu->addAction(m_actions.of(AccountAct::SignIn));
    menu->addAction(m_actions.of(AccountAct::Test));
    menu->addSeparator();
    for (const auto act : { AccountAct::Export, AccountAct::Doctor, AccountAct::Activity })
        menu->addAction(m_actions.of(act));
    menu->addSeparator();
    for (const auto act : { AccountAct::Edit, AccountAct::Duplicate, AccountAct::Remove })
        menu->addAction(m_actions.of(act));
    menu->popup(globalPosition);
}

void AccountActRunner::openCopyMenu(const AccountId &id, const QPoint &globalPosition)
{
    const Account *account = m_services.accounts.find(id);
    if (!account)
        return;
    auto *menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addCopyLines(*menu, *account);
    menu->popup(globalPosition);
}

void AccountActRunner::addCopyLines(QMenu &menu, const Account &account)
{
    fillCopyMenu(menu, m_services, account,
                 { [this, id = account.id](const QString &recipeId) { copy(id, recipeId); },
                   [this] { m_windowActs.openOwnRecipes(); } });
}

void AccountActRunner::copy(const AccountId &id, const QString &recipeId)
{
    m_windowActs.whenOpen([this, id, recipeId] { m_copy.copy(id, recipeId); });
}

void AccountActRunner::refresh(const AccountId &id)
{
    Q_EMIT announced(tr("Refreshing “%1”…").arg(nameOf(id)), Tone::Muted);
    m_services.tokens.refresh(id, { this, [this, id](const Result<void, Problem> &result) {
                                       if (result)
                                           Q_EMIT announced(tr("Refreshed “%1”.").arg(nameOf(id)), Tone::Ok);
                                       else
                                           Q_EMIT failed(id,
                                                         tr("“%1” could not be refreshed.").arg(nameOf(id)),
                                                         result.error(), AccountAct::Refresh);
                                   } });
}

void AccountActRunner::signIn(const AccountId &id)
{
    const QString name = nameOf(id); // the account may be gone when it fails
    auto *dialog =
        new SignInDialog([this, id] { return m_services.tokens.signIn(id); }, m_services.clock, m_window);
    dialog->setOffers(offers());
    connect(dialog, &SignInDialog::signedIn, this, [this](const AccountId &done) {
        Q_EMIT announced(tr("Signed in to “%1”.").arg(nameOf(done)), Tone::Ok);
    });
    connect(dialog, &SignInDialog::failed, this,
            [this, name] { Q_EMIT announced(tr("Not signed in to “%1”.").arg(name), Tone::Warning); });
    dialog->open();
}

void AccountActRunner::test(const AccountId &id)
{
    auto *dialog = new TestDialog(m_services, m_consent, id, m_window);
    connect(dialog, &TestDialog::actRequested, this, &AccountActRunner::perform);
    dialog->open();
    dialog->start();
}

void AccountActRunner::openAccountDialog(AccountAct act, const AccountId &id)
{
    auto *dialog =
        new AccountDialog(m_services.accounts, m_services.tokens, offers(), m_services.clock, m_window);
    connect(dialog, &AccountDialog::saved, this, [this](const AccountId &saved) {
        Q_EMIT announced(tr("Saved “%1”.").arg(nameOf(saved)), Tone::Ok);
        Q_EMIT accountSaved(saved);
    });
    if (act == AccountAct::Edit)
        dialog->startEditing(id);
    else if (act == AccountAct::Duplicate)
        dialog->startDuplicating(id);
    else
        dialog->startAdding();
}

void AccountActRunner::remove(const AccountId &id)
{
    const QString name = nameOf(id);
    auto *dialog = new RemoveDialog(m_services.accounts, id, m_window);
    connect(dialog, &QDialog::accepted, this,
            [this, name] { Q_EMIT announced(tr("Removed “%1”.").arg(name), Tone::Muted); });
    dialog->open();
}

void AccountActRunner::keepInMemory(const AccountId &id)
{
    m_services.tokens.keepInMemory();
    const Account *account = m_services.accounts.find(id);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    if (signsIn(provider))
        signIn(id);
    else
        openAccountDialog(AccountAct::Edit, id);
}

void AccountActRunner::listenToCopying()
{
    connect(&m_copy, &CopyAction::copied, this,
            [this](const AccountId &id, const QString &recipeId, const std::optional<Problem> &warning) {
                const auto recipe = m_services.handouts.recipe(recipeId);
                const QString what = recipe ? recipe->label : recipeId;
                const Account *account = m_services.accounts.find(id);
                const bool isKnown = !account || !account->token || account->token->expiresAt;
                const QString copied = isKnown ? tr("Copied “%1”: %2")
                                               : tr("Copied “%1”: %2. How long it is good is not known.");
                Q_EMIT announced(copied.arg(nameOf(id), what),
                                 warning || !isKnown ? Tone::Warning : Tone::Ok);
                if (!warning)
                    return;
                const QString old = isKnown
                    ? tr("“%1” was copied, but not refreshed first: it ends soon.")
                    : tr("“%1” was copied, but not refreshed first: how long it is good is not known.");
                Q_EMIT failed(id, old.arg(nameOf(id)), *warning, AccountAct::Refresh);
            });
    connect(&m_copy, &CopyAction::failed, this, [this](const AccountId &id, const Problem &problem) {
        Q_EMIT failed(id, tr("“%1” was not copied. The clipboard is as it was.").arg(nameOf(id)), problem,
                      AccountAct::Copy);
    });
    connect(&m_copy, &CopyAction::asksAboutHost, this, &AccountActRunner::askAboutHost);
    connect(&m_copy, &CopyAction::clipboardRefused, this, [this](const AccountId &id) {
        Q_EMIT announced(tr("“%1” was not copied: the clipboard did not take it. Try again.").arg(nameOf(id)),
                         Tone::Bad);
    });
}

void AccountActRunner::askAboutHost(const AccountId &id, const QString &recipeId, const QString &host)
{
    QMessageBox *box = newMessageBox(
        m_window, QMessageBox::Warning, tr("Another host"),
        tr("The command would send the token of “%1” to %2.").arg(nameOf(id), host),
        tr("The account's test address leads there and not to the vendor: host, port and scheme count. "
           "The server there can use the token."));
    QPushButton *copy = box->addButton(tr("Copy all the same"), QMessageBox::AcceptRole);
    QPushButton *cancel = box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(cancel);
    box->setEscapeButton(cancel);
    connect(copy, &QPushButton::clicked, this, [this, id, recipeId, host] {
        m_consent.allow(id, host);
        m_copy.copy(id, recipeId);
    });
    box->open();
}

SecretOffers AccountActRunner::offers() const
{
    return SecretOffers({ m_services.tokens, m_services.vault, m_services.moves });
}

QString AccountActRunner::nameOf(const AccountId &id) const
{
    const Account *account = m_services.accounts.find(id);
    return account ? account->name : QString();
}

} // namespace latchkey
