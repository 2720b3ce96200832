// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/expiry.h"
#include "ui/acts/actions.h"
#include "ui/acts/uiservices.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace latchkey {

class Actions;
class FactList;
class IconLabel;
class ProblemView;
class TokenView;
class VendorPicture;

// Everything about the selected account, and all that can be done with it as real buttons.
class SidePanel final : public QFrame
{
    Q_OBJECT

public:
    SidePanel(const UiServices &services, const Actions &actions, QWidget *parent = nullptr);

    void setAccount(const AccountId &id); // invalid: none
    void setExpiringThreshold(std::chrono::seconds threshold);
    void tick(const QDateTime &now);
    void conceal(); // hides a revealed token

Q_SIGNALS:
    void actRequested(latchkey::AccountAct act, const latchkey::AccountId &id);
    void copyMenuRequested(const latchkey::AccountId &id, const QPoint &globalPosition);
    void revealFailed(const latchkey::AccountId &id, const latchkey::Problem &problem);

private:
    QWidget *makeHeading();
    QWidget *makeCopyButtons();
    QWidget *makeTokenButtons();
    QWidget *makeAccountButtons();
    QPushButton *makeButton(AccountAct act, ButtonTip tip = ButtonTip::None);
    void update();
    void showState(const Account &account, const QDateTime &now);
    void showProblem(const Account &account);
    void showButtons(const Account &account);

    UiServices m_services;
    const Actions &m_actions;
    std::chrono::seconds m_threshold = defaultExpiringThreshold;
    AccountId m_id;
    std::optional<Problem> m_shownProblem;
    bool m_showsWasLocked = false;

    QWidget *m_content;
    QLabel *m_nothing;
    VendorPicture *m_picture;
    QLabel *m_name;
    QLabel *m_vendor;
    IconLabel *m_stateIcon;
    QLabel *m_state;
    ProblemView *m_problem;
    TokenView *m_token;
    QPushButton *m_copy;
    QPushButton *m_copyMenu;
    QPushButton *m_refresh;
    QPushButton *m_signIn;
    FactList *m_tokenFacts;
    FactList *m_fieldFacts;
};

} // namespace latchkey
