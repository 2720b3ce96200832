// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "ui/acts/uiservices.h"
#include "ui/widgets/theme.h"

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

    void exportShown(const QList<AccountId> &shown); // proposes those that have a token
    void openExport(const QList<AccountId> &ids);
    void exportTemplates(const QList<AccountId> &ids);
    void chooseTemplates();
    void openDoctor(const std::optional<AccountId> &id);
    void openActivity(const std::optional<AccountId> &id);
    void openOwnRecipes();
    void openSettings();
    void openSecrets(QWidget *over);
    void openAbout();
    void unlock();
    void lockOrUnlock();
    // Calls `then` at once when no vault is locked. Else asks for the passphrase first; on cancel never calls
    // it.
    void whenOpen(const std::function<void()> &then);

Q_SIGNALS:
    void announced(const QString &text, latchkey::Tone tone);
    void failed(const QString &what, const latchkey::Problem &problem);

private:
    void importTemplates(const QString &path);
    [[nodiscard]] QList<AccountId> withToken(const QList<AccountId> &ids) const;

    UiServices m_services;
    HostConsent &m_consent;
    QWidget *m_window;
};

} // namespace latchkey
