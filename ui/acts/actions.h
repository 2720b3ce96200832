// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "ui/acts/uiservices.h"

#include <QAction>
#include <QMap>

class QPushButton;

namespace latchkey {

struct Provider;

// What the user can do with an account, from its row, its menu, the side panel or the keyboard.
enum class AccountAct {
    Copy,
    ChooseCopy,
    Refresh,
    SignIn,
    Test,
    Edit,
    Duplicate,
    Export,
    Doctor,
    Activity,
    Remove,
    KeepInMemory,
    Unlock,
};

// What the user can do that belongs to no account.
enum class WindowAct {
    AddAccount,
    RefreshAll,
    Search,
    Export,
    ExportTemplates,
    ImportTemplates,
    OwnRecipes,
    Doctor,
    Activity,
    LockVault, // or unlock it
    Secrets, // where they are kept
    Settings,
    About,
    Quit,
};

// Every act of the window: its words, its pictogram, its keys, and whether it can be done now. Menus, buttons
// and tool tips show these actions and trigger them. What an act does is connected by the window.
class Actions final : public QObject
{
    Q_OBJECT

public:
    // The keys work anywhere in the window.
    Actions(const UiServices &services, QWidget *window);

    [[nodiscard]] QAction *of(WindowAct act) const { return m_ofWindow.value(act); }
    // For the selected account. Without one for KeepInMemory and Unlock, which only a problem offers.
    [[nodiscard]] QAction *of(AccountAct act) const { return m_ofAccount.value(act); }
    [[nodiscard]] const QMap<AccountAct, QAction *> &ofAccount() const { return m_ofAccount; }
    // The menu "More", in groups.
    [[nodiscard]] QList<QList<QAction *>> moreMenu() const;

    // What Copy does with this account: "Copy header value", "Copy curl command". Empty: there is none.
    [[nodiscard]] QString copyWords(const AccountId &id) const;

    void setAccount(const AccountId &id); // the one that is selected; invalid: none
    void update(); // after a change of the vault or of where secrets are kept

Q_SIGNALS:
    void accountChanged(); // another account is selected

private:
    [[nodiscard]] QAction *newAction(const QString &iconName, const QString &text,
                                     const QList<QKeySequence> &keys);
    QAction *add(WindowAct act, const QString &iconName, const QString &text,
                 const QList<QKeySequence> &keys = {});
    QAction *add(AccountAct act, const QString &iconName, const QString &text,
                 const QList<QKeySequence> &keys = {});
    void addOfWindow();
    void addOfAccount();
    void updateVault() const;

    UiServices m_services;
    QWidget *m_window;
    AccountId m_account;
    QMap<WindowAct, QAction *> m_ofWindow;
    QMap<AccountAct, QAction *> m_ofAccount;
};

enum class ButtonTip { None, Shown };

// Makes the button trigger the action, and show its words, whether it is enabled, and on request its tool
// tip. An accessible name that the button has already stays.
void bindButton(QPushButton *button, QAction *action, ButtonTip tip = ButtonTip::None);

// A button that helps with a problem.
struct NextAct
{
    AccountAct act = AccountAct::Refresh;
    QString text;
};
[[nodiscard]] QList<NextAct> nextActs(const Problem &problem, const Provider *provider);

// Does the user sign in to this vendor through the browser?
[[nodiscard]] bool signsIn(const Provider *provider);

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::AccountAct)
