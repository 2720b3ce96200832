// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/clock.h"
#include "ui/acts/actions.h"
#include "ui/acts/clipboardguard.h"
#include "ui/acts/uiservices.h"
#include "ui/list/accountfilter.h"
#include "ui/list/accounttablemodel.h"
#include "ui/window/ticker.h"

#include <QMainWindow>

class QStackedWidget;

namespace latchkey {

class AccountActRunner;
class AccountFilterBar;
class AccountTable;
class Footer;
class MainToolbar;
class RefreshAllBar;
class SidePanel;
class WindowActRunner;
class WindowBanners;

// The window: the accounts, what is selected of them, and every act within reach of one click or key.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const UiServices &services, QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Ticker &ticker() { return m_ticker; } // the one pulse of everything in the window
    void showDemo(); // says that nothing here is real
    void showNotice(const Problem &problem); // of the profile as a whole
    void showRemark(const QString &sentence); // likewise; nothing for an empty one
    void showClockLag(std::chrono::seconds lag); // see clockLag(); nothing for 0
    // Masks tokens and fields in every window, and clears the clipboard of our secrets (F91).
    void hideSecrets();

Q_SIGNALS:
    void demoRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeList();
    void connectAll();
    void connectActs();
    void showWhatFits();
    void applyPreferences();
    void connectActions();
    void tellFailure(const AccountId &id, const QString &what, const Problem &problem,
                     std::optional<AccountAct> again);
    void showVault();
    void warnOfLoss();
    void watch(); // runs the ticker while the window can be seen

    UiServices m_services;
    Ticker m_ticker;
    ClipboardGuard m_clipboard;
    AccountTableModel m_model;
    AccountFilter m_filter;
    HostConsent m_consent;
    QList<AccountId> m_mayLose; // the user allowed the next close to lose these tokens

    Actions *m_actions;
    WindowActRunner *m_windowActs;
    AccountActRunner *m_accountActs;
    MainToolbar *m_toolbar;
    AccountTable *m_table;
    AccountFilterBar *m_filterBar;
    WindowBanners *m_banners;
    RefreshAllBar *m_refreshAllBar;
    SidePanel *m_panel;
    Footer *m_footer;
    QStackedWidget *m_pages;
};

} // namespace latchkey
