// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/mainwindow.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/handout/activityservice.h"
#include "core/flow/move/secretmoveservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/preferencesservice.h"
#include "core/flow/store/vaultservice.h"
#include "core/flow/token/tokenservice.h"
#include "core/provider/providers.h"
#include "ui/form/secretfieldeditors.h"
#include "ui/list/accountfilter.h"
#include "ui/list/accounttable.h"
#include "ui/list/sidepanel.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/secretlineedit.h"
#include "ui/widgets/theme.h"
#include "ui/window/accountactrunner.h"
#include "ui/window/emptystate.h"
#include "ui/window/footer.h"
#include "ui/window/maintoolbar.h"
#include "ui/window/refreshallbar.h"
#include "ui/window/usewatch.h"
#include "ui/window/windowactrunner.h"
#include "ui/window/windowbanners.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// In a narrower window the side panel is narrower too.
constexpr int widthForWidePanel = 1040;

enum Page { ListPage, NothingMatchesPage, NoAccountsPage };

} // namespace

MainWindow::MainWindow(const UiServices &services, QWidget *parent)
    : QMainWindow(parent),
      m_services(services),
      m_ticker(services.clock),
      m_clipboard(QGuiApplication::clipboard(), services.clock),
      m_model(services.accounts, services.tokens, services.clock),
      m_actions(new Actions(services, this)),
      m_windowActs(new WindowActRunner(services, m_consent, this)),
      m_accountActs(new AccountActRunner(services, *m_actions, *m_windowActs, m_consent, m_clipboard, this))
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
    // The tab key follows the order in which the widgets are made.
    m_toolbar = new MainToolbar(*m_actions, this);
    column->addWidget(m_toolbar);
    middle->addWidget(makeList(), 1);
    m_panel = new SidePanel(services, *m_actions, this);
    m_footer = new Footer(m_clipboard, *m_actions, this);
    middle->addWidget(m_panel);
    column->addLayout(middle, 1);
    column->addWidget(m_footer);

    connectAll();
    connectActions();
    connectActs();
    applyPreferences();
    showWhatFits();
    if (m_filter.rowCount() > 0) {
        m_table->selectRow(0);
        m_table->setFocus();
    } else {
        centre->setFocus(); // else a button would look focused before the keyboard is used
    }
}

MainWindow::~MainWindow() = default;

QWidget *MainWindow::makeList()
{
    auto *list = new QWidget(this);
    m_filterBar = new AccountFilterBar(m_model, list);
    m_banners = new WindowBanners(m_services, m_actions->of(WindowAct::LockVault), list);
    m_refreshAllBar = new RefreshAllBar(m_services.tokens, list);
    m_table = new AccountTable(m_filter, *m_actions, list);
    auto *nothing = new EmptyState(EmptyState::Reason::NothingMatches, *m_actions, list);
    auto *empty = new EmptyState(EmptyState::Reason::NoAccounts, *m_actions, list);
    m_pages = new QStackedWidget(list);
    m_pages->insertWidget(ListPage, m_table);
    m_pages->insertWidget(NothingMatchesPage, nothing);
    m_pages->insertWidget(NoAccountsPage, empty);
    connect(empty, &EmptyState::demoRequested, this, &MainWindow::demoRequested);
    connect(nothing, &EmptyState::showAllRequested, this, [this] {
        m_toolbar->search().clear();
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

void MainWindow::connectAll()
{
    connect(&m_ticker, &Ticker::ticked, this, [this](const QDateTime &now) {
        m_model.tick();
        m_table->repaintCountdowns();
        m_panel->tick(now);
        m_footer->tick();
    });
    connect(&m_ticker, &Ticker::clockJumped, m_banners, &WindowBanners::showClockJump);
    connect(&m_services.preferences, &PreferencesService::changed, this, &MainWindow::applyPreferences);
    connect(&m_toolbar->search(), &SearchField::textChanged, this, [this](const QString &text) {
        m_filter.setSearch(text);
        showWhatFits();
    });
    connect(&m_toolbar->search(), &SearchField::left, this, [this] {
        if (m_table->selectionModel()->selectedRows().isEmpty())
            m_table->selectRow(0);
        m_table->setFocus();
    });
    connect(m_filterBar, &AccountFilterBar::chosen, this, [this](std::optional<AccountState> state) {
        m_filter.setState(state);
        showWhatFits();
    });
    for (const auto change : { &AccountRepository::accountAdded, &AccountRepository::accountChanged }) {
        connect(&m_services.repository, change, this, [this] { m_filter.arrangeSoon(); });
        // The first stored secret fixes which store the profile uses.
        connect(&m_services.repository, change, this, &MainWindow::showVault);
    }
    for (const auto change : { &AccountRepository::accountChanged, &AccountRepository::accountRemoved })
        connect(&m_services.repository, change, m_banners, &WindowBanners::clearFailure);
    for (const auto change : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(&m_filter, change, this, &MainWindow::showWhatFits);
    // The filter removes a row before the model does, so showWhatFits() must run after the model too.
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &MainWindow::showWhatFits);
    connect(m_table, &AccountTable::selectedChanged, m_actions, &Actions::setAccount);
    connect(m_table, &AccountTable::selectedChanged, m_panel, &SidePanel::setAccount);
    AccountSecretStore &secrets = m_services.repository.secrets();
    for (const auto change :
         { &AccountSecretStore::keepInMemoryChanged, &AccountSecretStore::lacksKeychainChanged })
        connect(&secrets, change, this, &MainWindow::showVault);
    connect(&m_services.vault, &VaultService::lockedChanged, this, [this](bool isLocked) {
        showVault();
        if (isLocked)
            m_footer->announce(tr("The vault is locked."), Tone::Muted);
    });
    connect(&m_services.moves, &SecretMoveService::changed, this, &MainWindow::showVault);
    showVault();
    connect(new UseWatch(this), &UseWatch::used, this, [this] { m_services.vault.noteUse(); });
}

void MainWindow::connectActions()
{
    // Screen readers trigger an action without key or mouse events, so count that as use.
    for (QAction *action : m_actions->findChildren<QAction *>())
        connect(action, &QAction::triggered, this, [this] { m_services.vault.noteUse(); });
    const auto on = [this](auto act, const auto &does) {
        connect(m_actions->of(act), &QAction::triggered, this, does);
    };
    on(WindowAct::AddAccount, [this] { m_accountActs->add(); });
    on(WindowAct::RefreshAll, [this] {
        m_windowActs->whenOpen([this, shown = m_filter.shown()] { m_refreshAllBar->start(shown); });
    });
    on(WindowAct::Search, [this] {
        m_toolbar->search().setFocus(Qt::ShortcutFocusReason);
        m_toolbar->search().selectAll();
    });
    on(WindowAct::Export, [this] { m_windowActs->exportShown(m_filter.shown()); });
    on(WindowAct::ExportTemplates, [this] { m_windowActs->exportTemplates(m_filter.shown()); });
    on(WindowAct::ImportTemplates, [this] { m_windowActs->chooseTemplates(); });
    on(WindowAct::OwnRecipes, [this] { m_windowActs->openOwnRecipes(); });
    on(WindowAct::Doctor, [this] { m_windowActs->openDoctor({}); });
    on(WindowAct::Activity, [this] { m_windowActs->openActivity({}); });
    on(WindowAct::LockVault, [this] { m_windowActs->lockOrUnlock(); });
    on(WindowAct::Secrets, [this] { m_windowActs->openSecrets(this); });
    on(WindowAct::Settings, [this] { m_windowActs->openSettings(); });
    on(WindowAct::About, [this] { m_windowActs->openAbout(); });
    on(WindowAct::Quit, [this] { close(); });
    for (const AccountAct act : m_actions->ofAccount().keys())
        on(act, [this, act] { m_accountActs->perform(act, m_table->selected()); });
}

void MainWindow::connectActs()
{
    connect(m_table, &AccountTable::actRequested, this, [this] { m_services.vault.noteUse(); });
    connect(m_panel, &SidePanel::actRequested, this, [this] { m_services.vault.noteUse(); });
    connect(m_table, &AccountTable::actRequested, m_accountActs, &AccountActRunner::perform);
    connect(m_table, &AccountTable::menuRequested, this, [this](const AccountId &id, const QPoint &at) {
        m_table->select(id);
        m_accountActs->openMenu(id, at);
    });
    connect(m_table, &AccountTable::copyMenuRequested, m_accountActs, &AccountActRunner::openCopyMenu);
    connect(m_panel, &SidePanel::actRequested, m_accountActs, &AccountActRunner::perform);
    connect(m_panel, &SidePanel::copyMenuRequested, m_accountActs, &AccountActRunner::openCopyMenu);
    connect(m_banners, &WindowBanners::actRequested, m_accountActs, &AccountActRunner::perform);
    connect(m_banners, &WindowBanners::announced, m_footer,
            [this](const QString &text) { m_footer->announce(text, Tone::Warning); });
    connect(m_accountActs, &AccountActRunner::announced, m_footer, &Footer::announce);
    connect(m_accountActs, &AccountActRunner::accountSaved, m_table, &AccountTable::select);

    connect(m_accountActs, &AccountActRunner::failed, this, &MainWindow::tellFailure);
    connect(m_panel, &SidePanel::revealFailed, this, [this](const AccountId &id, const Problem &problem) {
        tellFailure(id, tr("The token could not be revealed."), problem, std::nullopt);
        if (problem.kind == Problem::Kind::VaultLocked)
            m_windowActs->unlock();
    });
    connect(m_windowActs, &WindowActRunner::announced, m_footer, &Footer::announce);
    connect(m_windowActs, &WindowActRunner::failed, m_banners, &WindowBanners::showProblem);
    connect(&m_services.activity, &ActivityService::recordFailed, m_banners, [this](const Problem &problem) {
        m_banners->showProblem(tr("What was handed out could not be recorded."), problem);
    });
    connect(m_refreshAllBar, &RefreshAllBar::runningChanged, this, &MainWindow::showWhatFits);
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

void MainWindow::tellFailure(const AccountId &id, const QString &what, const Problem &problem,
                             std::optional<AccountAct> again)
{
    const Account *account = m_services.accounts.find(id);
    if (account && account->lastProblem == problem && id == m_table->selected()) {
        m_footer->announce(what, Tone::Bad); // the side panel says the rest
        return;
    }
    m_banners->showFailure(id, what, problem, account ? findProvider(account->providerId) : nullptr, again);
}

void MainWindow::showWhatFits()
{
    const bool hasAccounts = m_model.rowCount() > 0;
    m_pages->setCurrentIndex(!hasAccounts                  ? NoAccountsPage
                                 : m_filter.rowCount() > 0 ? ListPage
                                                           : NothingMatchesPage);
    m_panel->setVisible(hasAccounts);
    m_filterBar->setVisible(hasAccounts);
    m_toolbar->search().setEnabled(hasAccounts);
    m_actions->of(WindowAct::RefreshAll)
        ->setEnabled(m_filter.rowCount() > 0 && !m_refreshAllBar->isRunning());
}

void MainWindow::showVault()
{
    const bool isLocked = m_services.vault.isLocked();
    m_actions->update();
    m_footer->showPlace(secretLocation(m_services.repository.secrets(), m_services.vault));
    if (isLocked)
        m_panel->conceal();
}

void MainWindow::showDemo()
{
    m_banners->showDemo();
}

void MainWindow::hideSecrets()
{
    m_panel->conceal();
    m_clipboard.clear();
    for (QWidget *widget : QApplication::allWidgets()) {
        if (auto *field = qobject_cast<SecretFieldEditor *>(widget))
            field->conceal();
        else if (auto *line = qobject_cast<SecretLineEdit *>(widget))
            line->setRevealed(false);
    }
}

void MainWindow::showNotice(const Problem &problem)
{
    m_banners->showProfile(problem);
}

void MainWindow::showRemark(const QString &sentence)
{
    if (!sentence.isEmpty())
        m_banners->showRemark(sentence);
}

void MainWindow::showClockLag(std::chrono::seconds lag)
{
    if (lag.count() > 0)
        m_banners->showClockLag(lag.count());
}

void MainWindow::applyPreferences()
{
    const Preferences &now = m_services.preferences.current();
    applyTheme(*qApp, now.appearance);
    m_model.setExpiringThreshold(now.expiringThreshold);
    m_panel->setExpiringThreshold(now.expiringThreshold);
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

// A token that could not be stored would be lost, and with it perhaps the only way to renew it (R41).
void MainWindow::closeEvent(QCloseEvent *event)
{
    const QList<AccountId> lost = m_services.tokens.unsaved();
    // The user allowed these to be lost, and only once: there may be more by now.
    const QList<AccountId> allowed = std::exchange(m_mayLose, {});
    if (std::all_of(lost.begin(), lost.end(),
                    [&allowed](const AccountId &id) { return allowed.contains(id); })) {
        m_clipboard.clear();
        event->accept();
        return;
    }
    event->ignore();
    warnOfLoss();
}

void MainWindow::warnOfLoss()
{
    const QList<AccountId> asked = m_services.tokens.unsaved();
    QMessageBox *box = newMessageBox(
        this, QMessageBox::Warning, tr("Tokens are not stored"),
        tr("%n new token(s) could not be stored and will be lost.", nullptr, static_cast<int>(asked.size())),
        tr("You would have to sign in again. Unlock the keychain and choose “Store again” first."));
    QPushButton *stay = box->addButton(tr("Stay"), QMessageBox::RejectRole);
    QPushButton *leave = box->addButton(tr("Close and lose them"), QMessageBox::DestructiveRole);
    leave->setProperty("kind", u"danger"_s);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    connect(leave, &QPushButton::clicked, this, [this, asked] {
        m_mayLose = asked;
        close();
    });
    box->open();
}

} // namespace latchkey
