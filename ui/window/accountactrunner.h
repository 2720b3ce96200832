// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "ui/acts/actions.h"
#include "ui/acts/copyaction.h"
#include "ui/acts/uiservices.h"
#include "ui/widgets/theme.h"

#include <QObject>
#include <QPoint>

class QMenu;
class QWidget;

namespace latchkey {

class ClipboardGuard;
class HostConsent;
class SecretOffers;
class WindowActRunner;

// Carries out what the user asks for an account, wherever it was asked: starts the act, opens the dialog
// it needs, and says how it went.
class AccountActRunner final : public QObject
{
    Q_OBJECT

public:
    AccountActRunner(const UiServices &services, const Actions &actions, WindowActRunner &windowActs,
                     HostConsent &consent, ClipboardGuard &clipboard, QWidget *window);

    void perform(AccountAct act, const AccountId &id);
    void add();
    // `id` is selected: the actions of the menu are about it.
    void openMenu(const AccountId &id, const QPoint &globalPosition);
    void openCopyMenu(const AccountId &id, const QPoint &globalPosition);

Q_SIGNALS:
    void announced(const QString &text, latchkey::Tone tone);
    // `what` says which act failed, `again` is the act that tries it again; the problem says why and what
    // next.
    void failed(const latchkey::AccountId &id, const QString &what, const latchkey::Problem &problem,
                latchkey::AccountAct again);
    void accountSaved(const latchkey::AccountId &id);

private:
    void refresh(const AccountId &id);
    void signIn(const AccountId &id);
    void test(const AccountId &id);
    void copy(const AccountId &id, const QString &recipeId = {});
    [[nodiscard]] SecretOffers offers() const;
    void openAccountDialog(AccountAct act, const AccountId &id);
    void remove(const AccountId &id);
    void keepInMemory(const AccountId &id);
    void listenToCopying();
    void askAboutHost(const AccountId &id, const QString &recipeId, const QString &host);
    void addCopyLines(QMenu &menu, const Account &account);
    [[nodiscard]] QString nameOf(const AccountId &id) const;

    UiServices m_services;
    const Actions &m_actions;
    WindowActRunner &m_windowActs;
    HostConsent &m_consent;
    QWidget *m_window;
    QMenu *m_menu = nullptr;
    CopyAction m_copy;
};

} // namespace latchkey
