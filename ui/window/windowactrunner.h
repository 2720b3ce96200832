// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "ui/acts/uiservices.h"
#include "ui/acts/windowact.h"
#include "ui/widgets/colours.h"

#include <QObject>

#include <functional>
#include <optional>

class QWidget;

namespace latchkey {

class HostConsent;

// Opens the dialogs that belong to the window, and says how they ended.
class WindowActRunner final : public QObject
{
    Q_OBJECT

public:
    WindowActRunner(UiServices services, HostConsent &consent, QWidget *window);

    // Acts of the list itself (adding, searching, refreshing all) are not done here. `shown` are the accounts
    // the user sees.
    void perform(WindowAct act, const QList<AccountId> &shown);
    void openExport(const QList<AccountId> &ids);
    void openDoctor(const std::optional<AccountId> &id);
    void openActivity(const std::optional<AccountId> &id);
    void openOwnRecipes();
    void unlock();
    // At once where no vault is locked; else once its passphrase was entered, or never.
    void whenOpen(const std::function<void()> &then);

Q_SIGNALS:
    void announced(const QString &text, latchkey::Tone tone);
    void failed(const QString &what, const latchkey::Problem &problem);

private:
    void exportTemplates(const QList<AccountId> &ids);
    void chooseTemplates();
    void importTemplates(const QString &path);
    void lockOrUnlock();
    void openSettings();
    void openSecrets(QWidget *over);
    void openAbout();
    [[nodiscard]] QList<AccountId> withToken(const QList<AccountId> &ids) const;

    UiServices m_services;
    HostConsent &m_consent;
    QWidget *m_window;
};

} // namespace latchkey
