// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acts/actions.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/vaultservice.h"
#include "core/flow/token/tokenservice.h"
#include "core/provider/provider.h"
#include "core/recipe/recipe.h"
#include "core/text/problemtext.h"
#include "ui/acts/copyaction.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QCoreApplication>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// For a tool tip: the words, and the keys that do the same.
QString withKeys(const QString &text, const QAction &action)
{
    return u"%1 (%2)"_s.arg(text, action.shortcut().toString(QKeySequence::NativeText));
}

} // namespace

Actions::Actions(const UiServices &services, QWidget *window)
    : QObject(window), m_services(services), m_window(window)
{
    addOfWindow();
    addOfAccount();
    const auto updateIfSelected = [this](const AccountId &id) {
        if (id == m_account)
            update();
    };
    connect(&services.repository, &AccountRepository::accountChanged, this, updateIfSelected);
    connect(&services.tokens, &TokenService::refreshingChanged, this, updateIfSelected);
    connect(&services.handouts, &HandoutService::recipesChanged, this, &Actions::update);
    update();
}

QAction *Actions::newAction(const QString &iconName, const QString &text, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(icon(iconName), text, this);
    action->setShortcuts(keys);
    m_window->addAction(action);
    return action;
}

QAction *Actions::add(WindowAct act, const QString &iconName, const QString &text,
                      const QList<QKeySequence> &keys)
{
    return *m_ofWindow.insert(act, newAction(iconName, text, keys));
}

QAction *Actions::add(AccountAct act, const QString &iconName, const QString &text,
                      const QList<QKeySequence> &keys)
{
    return *m_ofAccount.insert(act, newAction(iconName, text, keys));
}

void Actions::addOfWindow()
{
    QAction *addAccount = add(WindowAct::AddAccount, u"add"_s, tr("Add account"), { Qt::CTRL | Qt::Key_N });
    addAccount->setToolTip(plainToolTip(withKeys(addAccount->text(), *addAccount)));
    QAction *all = add(WindowAct::RefreshAll, u"refresh-all"_s, tr("Refresh all"), { Qt::CTRL | Qt::Key_R });
    all->setToolTip(plainToolTip(withKeys(tr("Refresh every account that is shown"), *all)));
    add(WindowAct::Search, u"search"_s, tr("Search accounts"),
        { Qt::CTRL | Qt::Key_K, Qt::CTRL | Qt::Key_F });
    add(WindowAct::Export, u"export"_s, tr("Export…"), { Qt::CTRL | Qt::Key_E });
    add(WindowAct::ExportTemplates, u"template"_s, tr("Export templates…"));
    add(WindowAct::ImportTemplates, u"import"_s, tr("Import templates…"));
    add(WindowAct::Doctor, u"doctor"_s, tr("Doctor…"), { Qt::Key_F8 });
    add(WindowAct::Activity, u"activity"_s, tr("Activity…"), { Qt::CTRL | Qt::Key_H });
    add(WindowAct::OwnRecipes, u"recipes"_s, tr("Own formats…"));
    add(WindowAct::LockVault, u"lock"_s, tr("Lock the vault"), { Qt::CTRL | Qt::Key_L });
    add(WindowAct::Secrets, u"key"_s, tr("Where secrets are kept…"));
    add(WindowAct::Settings, u"settings"_s, tr("Settings…"), { Qt::CTRL | Qt::Key_Comma });
    add(WindowAct::About, u"info"_s, tr("About Latchkey"));
    add(WindowAct::Quit, u"quit"_s, tr("Quit"), { Qt::CTRL | Qt::Key_Q });
}

void Actions::addOfAccount()
{
    add(AccountAct::Copy, u"copy"_s, {}, { QKeySequence(QKeySequence::Copy) }); // its words say the format
    add(AccountAct::ChooseCopy, u"down"_s, tr("Choose what to copy"));
    add(AccountAct::Refresh, u"refresh"_s, tr("Refresh"), { Qt::Key_F5 });
    add(AccountAct::SignIn, u"sign-in"_s, tr("Sign in…"))->setIconText(tr("Sign in"));
    add(AccountAct::Test, u"test"_s, tr("Test…"), { Qt::Key_F6 })->setIconText(tr("Test"));
    add(AccountAct::Export, u"export"_s, tr("Export…"));
    add(AccountAct::Doctor, u"doctor"_s, tr("Doctor…"));
    add(AccountAct::Activity, u"activity"_s, tr("Activity…"));
    add(AccountAct::Edit, u"edit"_s, tr("Edit…"), { Qt::Key_F2 })->setIconText(tr("Edit…", "on a button"));
    add(AccountAct::Duplicate, u"duplicate"_s, tr("Duplicate…"))->setIconText(tr("Duplicate"));
    add(AccountAct::Remove, u"remove"_s, tr("Remove…"), { QKeySequence(QKeySequence::Delete) })
        ->setIconText(tr("Remove"));
}

QList<QList<QAction *>> Actions::moreMenu() const
{
    return {
        { of(WindowAct::Export), of(WindowAct::ExportTemplates), of(WindowAct::ImportTemplates) },
        { of(WindowAct::Doctor), of(WindowAct::Activity), of(WindowAct::OwnRecipes) },
        { of(WindowAct::LockVault), of(WindowAct::Secrets), of(WindowAct::Settings), of(WindowAct::About) },
        { of(WindowAct::Quit) },
    };
}

void Actions::setAccount(const AccountId &id)
{
    const bool isOther = id != m_account;
    m_account = id;
    update();
    if (isOther)
        Q_EMIT accountChanged();
}

void Actions::update()
{
    updateVault();
    of(AccountAct::Refresh)->setEnabled(!m_services.tokens.isRefreshing(m_account));
    const QString words = copyWords(m_account);
    if (words.isEmpty())
        return;
    QAction *copy = of(AccountAct::Copy);
    copy->setText(QString(words).replace(u'&', u"&&"_s));
    copy->setIconText(words);
    copy->setToolTip(plainToolTip(words));
}

QString Actions::copyWords(const AccountId &id) const
{
    const Account *account = m_services.accounts.find(id);
    if (!account)
        return {};
    const HandoutService &handouts = m_services.handouts;
    const auto chosen = handouts.recipe(account->copyChoice);
    return copyText(chosen ? *chosen : *handouts.recipe(recipeOrDefault({}).id));
}

void Actions::updateVault() const
{
    QAction *lock = of(WindowAct::LockVault);
    const bool isLocked = m_services.vault.isLocked();
    lock->setVisible(m_services.vault.isUsed());
    lock->setText(isLocked ? tr("Unlock the vault…") : tr("Lock the vault"));
    lock->setIconText(isLocked ? tr("Unlock…") : tr("Lock"));
    lock->setIcon(icon(isLocked ? u"unlock"_s : u"lock"_s));
    lock->setToolTip(plainToolTip(withKeys(lock->text(), *lock)));
}

void bindButton(QPushButton *button, QAction *action, ButtonTip tip)
{
    const bool hasOwnName = !button->accessibleName().isEmpty();
    const auto follow = [button, action, tip, hasOwnName] {
        const QString words = action->iconText();
        button->setText(QString(words).replace(u'&', u"&&"_s));
        if (!hasOwnName)
            button->setAccessibleName(words);
        if (tip == ButtonTip::Shown)
            button->setToolTip(plainToolTip(action->toolTip()));
        button->setEnabled(action->isEnabled());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
}

bool signsIn(const Provider *provider)
{
    return provider && provider->grant == GrantKind::AuthorizationCode;
}

QList<NextAct> nextActs(const Problem &problem, const Provider *provider)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("NextAct", text); };
    const NextAct tryAgain { AccountAct::Refresh, say(QT_TRANSLATE_NOOP("NextAct", "Try again")) };
    const NextAct signIn { AccountAct::SignIn, say(QT_TRANSLATE_NOOP("NextAct", "Sign in again")) };
    const NextAct edit { AccountAct::Edit, say(QT_TRANSLATE_NOOP("NextAct", "Edit account")) };
    if (problem.kind == Problem::Kind::VaultLocked)
        return { { AccountAct::Unlock, say(QT_TRANSLATE_NOOP("NextAct", "Unlock…")) }, tryAgain };
    switch (problemText(problem, provider).step) {
    case NextStep::None: return {};
    case NextStep::TryAgain: return { tryAgain };
    case NextStep::SignIn: return { signsIn(provider) ? signIn : edit };
    case NextStep::TryAgainOrSignIn:
        return signsIn(provider) ? QList<NextAct> { tryAgain, signIn } : QList<NextAct> { tryAgain };
    case NextStep::EditAccount: return { edit };
    case NextStep::ChooseMemory:
        return { { AccountAct::KeepInMemory, say(QT_TRANSLATE_NOOP("NextAct", "Keep in memory")) } };
    }
    Q_UNREACHABLE();
}

} // namespace latchkey
