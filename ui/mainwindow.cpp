// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "core/flow/accountservice.h"
#include "core/flow/preferencesservice.h"
#include "core/flow/tokenservice.h"
#include "core/provider/providers.h"
#include "ui/accountactions.h"
#include "ui/accountfilterbar.h"
#include "ui/accounttable.h"
#include "ui/emptystate.h"
#include "ui/footer.h"
#include "ui/icon.h"
#include "ui/refreshallbar.h"
#include "ui/searchfield.h"
#include "ui/settingsdialog.h"
#include "ui/sidepanel.h"
#include "ui/theme.h"
#include "ui/windowbanners.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Below this the side panel gives room to the list.
constexpr int widthForWidePanel = 1040;

enum Page { ListPage, NothingMatchesPage, NoAccountsPage };

} // namespace

MainWindow::MainWindow(AccountService &accounts, TokenService &tokens, PreferencesService &preferences,
                       Clock clock, QWidget *parent)
    : QMainWindow(parent),
      m_accounts(accounts),
      m_tokens(tokens),
      m_preferences(preferences),
      m_clock(std::move(clock)),
      m_ticker(m_clock),
      m_clipboard(QGuiApplication::clipboard(), m_clock),
      m_model(accounts, tokens, m_clock),
      m_actions(new AccountActions(accounts, tokens, preferences, m_clipboard, m_clock, this))
{
    m_filter.setSourceModel(&m_model);
    setWindowTitle(u"Latchkey"_s);
    setWindowIcon(QIcon(u":/icons/latchkey.svg"_s));
    setMinimumSize(820, 480);
    resize(1180, 680);

    auto *centre = new QWidget(this);
    setCentralWidget(centre);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeToolbar());
    // The order in which they are made is the order of the tab key.
    middle->addWidget(makeList(), 1);
    m_panel = new SidePanel(accounts, tokens, m_clock, this);
    m_footer = new Footer(m_clipboard, this);
    middle->addWidget(m_panel);
    column->addLayout(middle, 1);
    column->addWidget(m_footer);

    makeKeys();
    connectAll();
    connectActs();
    applyPreferences();
    showWhatFits();
    if (m_filter.rowCount() > 0) {
        m_table->selectRow(0);
        m_table->setFocus();
    } else {
        centre->setFocus(); // and so no button stands out before the keyboard is used
    }
}

MainWindow::~MainWindow() = default;

QWidget *MainWindow::makeToolbar()
{
    auto *bar = new QFrame(this);
    bar->setProperty("bar", u"top"_s);
    auto *add = new QPushButton(tr("Add account"), bar);
    setButtonIcon(add, u"add"_s, Tone::OnAccent);
    add->setProperty("kind", u"primary"_s);
    add->setAccessibleName(tr("Add account"));
    add->setToolTip(tr("Add account (Ctrl+N)"));
    connect(add, &QPushButton::clicked, m_actions, &AccountActions::add);
    m_refreshAll = new QPushButton(tr("Refresh all"), bar);
    setButtonIcon(m_refreshAll, u"refresh-all"_s);
    m_refreshAll->setAccessibleName(tr("Refresh all"));
    m_refreshAll->setToolTip(tr("Refresh every account that is shown (Ctrl+R)"));
    connect(m_refreshAll, &QPushButton::clicked, this, &MainWindow::refreshAll);
    m_search = new SearchField(bar);

    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 11, 16, 11);
    row->setSpacing(10);
    row->addWidget(add);
    row->addWidget(m_refreshAll);
    row->addStretch(1);
    row->addWidget(m_search, 3);
    row->addWidget(makeMenuButton());
    return bar;
}

QPushButton *MainWindow::makeMenuButton()
{
    auto *button = new QPushButton(icon(u"more"_s), {}, this);
    button->setAccessibleName(tr("More"));
    button->setToolTip(tr("Settings, about, quit"));
    connect(button, &QPushButton::clicked, this, [this, button] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(icon(u"settings"_s), tr("Settings …\tCtrl+,"), this, &MainWindow::openSettings);
        menu->addAction(icon(u"info"_s), tr("About Latchkey"), this, &MainWindow::openAbout);
        menu->addSeparator();
        menu->addAction(icon(u"quit"_s), tr("Quit\tCtrl+Q"), this, &QWidget::close);
        menu->popup(
            button->mapToGlobal(QPoint(button->width() - menu->sizeHint().width(), button->height() + 4)));
    });
    return button;
}

QWidget *MainWindow::makeList()
{
    auto *list = new QWidget(this);
    m_filterBar = new AccountFilterBar(m_model, list);
    m_banners = new WindowBanners(m_tokens, list);
    m_refreshAllBar = new RefreshAllBar(m_tokens, list);
    m_table = new AccountTable(m_filter, list);
    auto *nothing = new EmptyState(EmptyState::Reason::NothingMatches, list);
    auto *empty = new EmptyState(EmptyState::Reason::NoAccounts, list);
    m_pages = new QStackedWidget(list);
    m_pages->insertWidget(ListPage, m_table);
    m_pages->insertWidget(NothingMatchesPage, nothing);
    m_pages->insertWidget(NoAccountsPage, empty);
    connect(empty, &EmptyState::addRequested, m_actions, &AccountActions::add);
    connect(empty, &EmptyState::demoRequested, this, &MainWindow::demoRequested);
    connect(nothing, &EmptyState::showAllRequested, this, [this] {
        m_search->clear();
        m_filterBar->choose(std::nullopt);
        m_table->setFocus();
    });

    auto *above = new QVBoxLayout;
    above->setContentsMargins(0, 0, 12, 0);
    above->setSpacing(8);
    above->addWidget(m_filterBar);
    above->addWidget(m_banners);
    above->addWidget(m_refreshAllBar);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(16, 10, 4, 0);
    column->setSpacing(6);
    column->addLayout(above);
    column->addWidget(m_pages, 1);
    return list;
}

void MainWindow::addKey(const QKeySequence &keys, const std::function<void()> &act)
{
    auto *shortcut = new QShortcut(keys, this);
    connect(shortcut, &QShortcut::activated, this, act);
}

void MainWindow::addActKey(const QKeySequence &keys, AccountAct act)
{
    addKey(keys, [this, act] { m_actions->perform(act, m_table->selected()); });
}

void MainWindow::makeKeys()
{
    addActKey(QKeySequence::Copy, AccountAct::Copy);
    addActKey(QKeySequence(Qt::Key_F5), AccountAct::Refresh);
    addActKey(QKeySequence(Qt::Key_F2), AccountAct::Edit);
    addActKey(QKeySequence(Qt::Key_Delete), AccountAct::Remove);
    addKey(QKeySequence(Qt::CTRL | Qt::Key_R), [this] { refreshAll(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_N), [this] { m_actions->add(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Comma), [this] { openSettings(); });
    addKey(QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
    for (const QKeySequence &keys :
         { QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence(Qt::CTRL | Qt::Key_F) })
        addKey(keys, [this] {
            m_search->setFocus(Qt::ShortcutFocusReason);
            m_search->selectAll();
        });
}

void MainWindow::connectAll()
{
    connect(&m_ticker, &Ticker::ticked, this, [this](const QDateTime &now) {
        m_model.tick();
        m_table->repaintCountdowns();
        m_panel->tick(now);
        m_footer->tick();
    });
    connect(&m_ticker, &Ticker::clockJumped, m_banners, &WindowBanners::showClockJump);
    connect(&m_preferences, &PreferencesService::changed, this, &MainWindow::applyPreferences);
    connect(m_search, &SearchField::textChanged, this, [this](const QString &text) {
        m_filter.setSearch(text);
        showWhatFits();
    });
    connect(m_search, &SearchField::left, this, [this] {
        if (m_table->selectionModel()->selectedRows().isEmpty())
            m_table->selectRow(0);
        m_table->setFocus();
    });
    connect(m_filterBar, &AccountFilterBar::chosen, this, [this](std::optional<AccountState> state) {
        m_filter.setState(state);
        showWhatFits();
    });
    for (const auto change : { &AccountService::accountAdded, &AccountService::accountChanged })
        connect(&m_accounts, change, this, [this] { m_filter.arrangeSoon(); });
    connect(&m_accounts, &AccountService::accountChanged, m_banners, &WindowBanners::clearFailure);
    connect(&m_accounts, &AccountService::accountRemoved, m_banners, &WindowBanners::clearFailure);
    for (const auto change : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(&m_filter, change, this, &MainWindow::showWhatFits);
    connect(m_table, &AccountTable::selectedChanged, m_panel, &SidePanel::setAccount);
    connect(&m_tokens, &TokenService::keepInMemoryChanged, m_footer, &Footer::setKeepsInMemory);
    m_footer->setKeepsInMemory(m_tokens.keepsInMemory());
}

void MainWindow::connectActs()
{
    connect(m_table, &AccountTable::actRequested, m_actions, &AccountActions::perform);
    connect(m_table, &AccountTable::menuRequested, m_actions, &AccountActions::openMenu);
    connect(m_table, &AccountTable::copyMenuRequested, m_actions, &AccountActions::openCopyMenu);
    connect(m_panel, &SidePanel::actRequested, m_actions, &AccountActions::perform);
    connect(m_panel, &SidePanel::copyMenuRequested, m_actions, &AccountActions::openCopyMenu);
    connect(m_banners, &WindowBanners::actRequested, m_actions, &AccountActions::perform);
    connect(m_banners, &WindowBanners::announced, m_footer,
            [this](const QString &text) { m_footer->announce(text, Tone::Warning); });
    connect(m_actions, &AccountActions::announced, m_footer, &Footer::announce);
    connect(m_actions, &AccountActions::accountSaved, this, &MainWindow::select);

    const auto fail = [this](const AccountId &id, const QString &what, const Problem &problem,
                             std::optional<AccountAct> again) {
        const Account *account = m_accounts.find(id);
        if (account && account->lastProblem == problem && id == m_table->selected()) {
            m_footer->announce(what, Tone::Bad); // the side panel says the rest
            return;
        }
        m_banners->showFailure(id, what, problem, account ? findProvider(account->providerId) : nullptr,
                               again);
    };
    connect(m_actions, &AccountActions::failed, this, fail);
    connect(m_panel, &SidePanel::revealFailed, this, [fail](const AccountId &id, const Problem &problem) {
        fail(id, tr("The token could not be revealed."), problem, std::nullopt);
    });
    connect(m_refreshAllBar, &RefreshAllBar::runningChanged, m_refreshAll, &QWidget::setDisabled);
    connect(m_refreshAllBar, &RefreshAllBar::finished, this, [this](int done, int failed) {
        m_footer->announce(failed == 0 ? tr("Refreshed %n account(s).", nullptr, done)
                                       : tr("Refreshed %1 of %2 accounts. Select one in error to see why.")
                                             .arg(done - failed)
                                             .arg(done),
                           failed == 0 ? Tone::Ok : Tone::Warning);
    });
    connect(m_refreshAllBar, &RefreshAllBar::cancelled, this, [this](int done, int total) {
        m_footer->announce(tr("Stopped after %1 of %2 accounts.").arg(done).arg(total), Tone::Muted);
    });
}

void MainWindow::showWhatFits()
{
    const bool hasAccounts = m_model.rowCount() > 0;
    m_pages->setCurrentIndex(!hasAccounts                  ? NoAccountsPage
                                 : m_filter.rowCount() > 0 ? ListPage
                                                           : NothingMatchesPage);
    m_panel->setVisible(hasAccounts);
    m_filterBar->setVisible(hasAccounts);
    m_search->setEnabled(hasAccounts);
    m_refreshAll->setEnabled(m_filter.rowCount() > 0 && !m_refreshAllBar->isRunning());
}

void MainWindow::showDemo()
{
    m_banners->showDemo();
}

void MainWindow::applyPreferences()
{
    const Preferences &now = m_preferences.current();
    applyTheme(*qApp, now.appearance);
    m_model.setExpiringThreshold(now.expiringThreshold);
    m_panel->setExpiringThreshold(now.expiringThreshold);
}

void MainWindow::refreshAll()
{
    m_refreshAllBar->start(m_filter.shown());
}

void MainWindow::openSettings()
{
    (new SettingsDialog(m_preferences, this))->open();
}

void MainWindow::openAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Latchkey"));
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setText(u"Latchkey %1"_s.arg(QCoreApplication::applicationVersion()).trimmed());
    box->setInformativeText(
        tr("Gets access tokens, shows how long they live, and copies them where they are needed.\n\n"
           "Free software under the GNU General Public License, version 3 or later."));
    box->open();
}

void MainWindow::select(const AccountId &id)
{
    m_table->select(id);
}

void MainWindow::watch()
{
    const bool isSeen = isVisible() && !isMinimized();
    if (!isSeen)
        m_panel->conceal();
    m_ticker.setRunning(isSeen);
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    watch();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    watch();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        watch();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_panel->setFixedWidth(width() < widthForWidePanel ? 290 : 340);
}

// A token that could not be stored would be lost, and with it perhaps the only way to renew it (SECURITY
// R41).
void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_mayLoseTokens || m_tokens.unsaved().isEmpty()) {
        m_clipboard.clear();
        event->accept();
        return;
    }
    event->ignore();
    warnOfLoss();
}

void MainWindow::warnOfLoss()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(tr("Tokens are not stored"));
    box->setText(tr("%n new token(s) could not be stored and will be lost.", nullptr,
                    static_cast<int>(m_tokens.unsaved().size())));
    box->setInformativeText(
        tr("You would have to sign in again. Unlock the keychain and choose “Store again” first."));
    QPushButton *stay = box->addButton(tr("Stay"), QMessageBox::RejectRole);
    QPushButton *leave = box->addButton(tr("Close and lose them"), QMessageBox::DestructiveRole);
    leave->setProperty("kind", u"danger"_s);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    connect(leave, &QPushButton::clicked, this, [this] {
        m_mayLoseTokens = true;
        close();
    });
    box->open();
}

} // namespace latchkey
