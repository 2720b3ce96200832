// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/accountactions.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/flow/token/authorizationoperation.h"
#include "core/flow/token/tokenservice.h"
#include "core/provider/providers.h"
#include "ui/acts/copymenu.h"
#include "ui/acts/hostconsent.h"
#include "ui/acts/nextacts.h"
#include "ui/dialogs/removedialog.h"
#include "ui/dialogs/testdialog.h"
#include "ui/form/accountdialog.h"
#include "ui/secrets/secretoffers.h"
#include "ui/signin/signindialog.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebox.h"
#include "ui/window/windowactions.h"

#include <QCursor>
#include <QMenu>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

AccountActions::AccountActions(const Desk &desk, WindowActions &windowActions, HostConsent &consent,
                               ClipboardGuard &clipboard, QWidget *window)
    : QObject(window),
      m_desk(desk),
      m_windowActions(windowActions),
      m_consent(consent),
      m_window(window),
      m_copy(desk, consent, clipboard)
{
    listenToCopying();
}

void AccountActions::perform(AccountAct act, const AccountId &id)
{
    if (!m_desk.accounts.find(id))
        return;
    // What needs a secret asks for a locked vault's passphrase first, and goes on from there.
    const auto withSecrets = [this, id](void (AccountActions::*start)(const AccountId &)) {
        m_windowActions.whenOpen([this, id, start] { (this->*start)(id); });
    };
    switch (act) {
    case AccountAct::Copy: copy(id); break;
    case AccountAct::ChooseCopy: openCopyMenu(id, QCursor::pos()); break;
    case AccountAct::Refresh: withSecrets(&AccountActions::refresh); break;
    case AccountAct::SignIn: withSecrets(&AccountActions::signIn); break;
    case AccountAct::Test: withSecrets(&AccountActions::test); break;
    case AccountAct::Edit:
    case AccountAct::Duplicate: openAccountDialog(act, id); break;
    case AccountAct::Export:
        m_windowActions.whenOpen([this, id] { m_windowActions.openExport({ id }); });
        break;
    case AccountAct::Doctor: m_windowActions.openDoctor(id); break;
    case AccountAct::Activity: m_windowActions.openActivity(id); break;
    case AccountAct::Remove: withSecrets(&AccountActions::remove); break;
    case AccountAct::KeepInMemory: keepInMemory(id); break;
    case AccountAct::Unlock: m_windowActions.unlock(); break;
    }
}

void AccountActions::add()
{
    openAccountDialog(AccountAct::Copy, {});
}

void AccountActions::openMenu(const AccountId &id, const QPoint &globalPosition)
{
    const Account *account = m_desk.accounts.find(id);
    if (!account)
        return;
    const Provider *provider = findProvider(account->providerId);
    auto *menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu, id](const QString &name, const QString &text, AccountAct act,
                                      const QKeySequence &keys = {}) {
        // The keys are only told here; they work through the window's own actions.
        menu->addAction(icon(name),
                        keys.isEmpty() ? text : text + u'\t' + keys.toString(QKeySequence::NativeText), this,
                        [this, act, id] { perform(act, id); });
    };
    addCopyLines(*menu, *account);
    menu->addSeparator();
    add(u"refresh"_s, tr("Refresh"), AccountAct::Refresh, QKeySequence(Qt::Key_F5));
    if (signsIn(provider))
        add(u"sign-in"_s, tr("Sign in…"), AccountAct::SignIn);
    add(u"test"_s, tr("Test…"), AccountAct::Test, QKeySequence(Qt::Key_F6));
    menu->addSeparator();
    add(u"export"_s, tr("Export…"), AccountAct::Export);
    add(u"doctor"_s, tr("Doctor…"), AccountAct::Doctor);
    add(u"activity"_s, tr("Activity…"), AccountAct::Activity);
    menu->addSeparator();
    add(u"edit"_s, tr("Edit…"), AccountAct::Edit, QKeySequence(Qt::Key_F2));
    add(u"duplicate"_s, tr("Duplicate…"), AccountAct::Duplicate);
    add(u"remove"_s, tr("Remove…"), AccountAct::Remove, QKeySequence::Delete);
    menu->popup(globalPosition);
}

void AccountActions::openCopyMenu(const AccountId &id, const QPoint &globalPosition)
{
    const Account *account = m_desk.accounts.find(id);
    if (!account)
        return;
    auto *menu = new QMenu(m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addCopyLines(*menu, *account);
    menu->popup(globalPosition);
}

void AccountActions::addCopyLines(QMenu &menu, const Account &account)
{
    fillCopyMenu(menu, m_desk, account,
                 { [this, id = account.id](const QString &recipeId) { copy(id, recipeId); },
                   [this] { m_windowActions.openOwnRecipes(); } });
}

void AccountActions::copy(const AccountId &id, const QString &recipeId)
{
    m_windowActions.whenOpen([this, id, recipeId] { m_copy.copy(id, recipeId); });
}

void AccountActions::refresh(const AccountId &id)
{
    Q_EMIT announced(tr("Refreshing “%1”…").arg(nameOf(id)), Tone::Muted);
    m_desk.tokens.refresh(id, { this, [this, id](const Result<void, Problem> &result) {
                                   if (result)
                                       Q_EMIT announced(tr("Refreshed “%1”.").arg(nameOf(id)), Tone::Ok);
                                   else
                                       Q_EMIT failed(id, tr("“%1” could not be refreshed.").arg(nameOf(id)),
                                                     result.error(), AccountAct::Refresh);
                               } });
}

void AccountActions::signIn(const AccountId &id)
{
    const QString name = nameOf(id); // the account may be gone when it fails
    auto *dialog = new SignInDialog([this, id] { return m_desk.tokens.signIn(id); }, m_desk.clock, m_window);
    dialog->setOffers(offers());
    connect(dialog, &SignInDialog::signedIn, this, [this](const AccountId &done) {
        Q_EMIT announced(tr("Signed in to “%1”.").arg(nameOf(done)), Tone::Ok);
    });
    connect(dialog, &SignInDialog::failed, this,
            [this, name] { Q_EMIT announced(tr("Not signed in to “%1”.").arg(name), Tone::Warning); });
    dialog->open();
}

void AccountActions::test(const AccountId &id)
{
    auto *dialog = new TestDialog(m_desk, m_consent, id, m_window);
    connect(dialog, &TestDialog::actRequested, this, &AccountActions::perform);
    dialog->open();
    dialog->start();
}

void AccountActions::openAccountDialog(AccountAct act, const AccountId &id)
{
    auto *dialog = new AccountDialog(m_desk.accounts, m_desk.tokens, offers(), m_desk.clock, m_window);
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

void AccountActions::remove(const AccountId &id)
{
    const QString name = nameOf(id);
    auto *dialog = new RemoveDialog(m_desk.accounts, id, m_window);
    connect(dialog, &QDialog::accepted, this,
            [this, name] { Q_EMIT announced(tr("Removed “%1”.").arg(name), Tone::Muted); });
    dialog->open();
}

void AccountActions::keepInMemory(const AccountId &id)
{
    m_desk.tokens.keepInMemory();
    const Account *account = m_desk.accounts.find(id);
    const Provider *provider = account ? findProvider(account->providerId) : nullptr;
    if (signsIn(provider))
        signIn(id);
    else
        openAccountDialog(AccountAct::Edit, id);
}

void AccountActions::listenToCopying()
{
    connect(&m_copy, &CopyAction::copied, this,
            [this](const AccountId &id, const QString &recipeId, const std::optional<Problem> &warning) {
                const auto recipe = m_desk.handouts.recipe(recipeId);
                const QString what = recipe ? recipe->label : recipeId;
                const Account *account = m_desk.accounts.find(id);
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
    connect(&m_copy, &CopyAction::asksAboutHost, this, &AccountActions::askAboutHost);
    connect(&m_copy, &CopyAction::clipboardRefused, this, [this](const AccountId &id) {
        Q_EMIT announced(tr("“%1” was not copied: the clipboard did not take it. Try again.").arg(nameOf(id)),
                         Tone::Bad);
    });
}

void AccountActions::askAboutHost(const AccountId &id, const QString &recipeId, const QString &host)
{
    QMessageBox *box = newMessageBox(
        m_window, QMessageBox::Warning, tr("Another host"),
        tr("The command would send the token of “%1” to %2.").arg(nameOf(id), host),
        tr("The account's test address leads there and not to the vendor: host, port and scheme count. "
           "Whoever answers there can use the token."));
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

SecretOffers AccountActions::offers() const
{
    return SecretOffers({ m_desk.tokens, m_desk.vault, m_desk.moves });
}

QString AccountActions::nameOf(const AccountId &id) const
{
    const Account *account = m_desk.accounts.find(id);
    return account ? account->name : QString();
}

} // namespace latchkey
