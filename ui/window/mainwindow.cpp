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
#include "ui/form/secretfieldeditor.h"
#include "ui/list/accountfilterbar.h"
#include "ui/list/accounttable.h"
#include "ui/list/sidepanel.h"
#include "ui/widgets/messagebox.h"
#include "ui/widgets/searchfield.h"
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
#include "ui/window/windowkeys.h"

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

// Below this the side panel gives room to the list.
constexpr int widthForWidePanel = 1040;

enum Page { ListPage, NothingMatchesPage, NoAccountsPage };

} // namespace

MainWindow::MainWindow(const UiServices &services, QWidget *parent)
    : QMainWindow(parent),
      m_services(services),
      m_ticker(services.clock),
      m_clipboard(QGuiApplication::clipboard(), services.clock),
      m_model(services.accounts, services.tokens, services.clock),
      m_windowActs(new WindowActRunner(services, m_consent, this)),
      m_actions(new AccountActRunner(services, *m_windowActs, m_consent, m_clipboard, this))
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
    // The order in which they are made is the order of the tab key.
    m_toolbar = new MainToolbar(services.vault, this);
    column->addWidget(m_toolbar);
    middle->addWidget(makeList(), 1);
    m_panel = new SidePanel(services, this);
    m_footer = new Footer(m_clipboard, this);
    middle->addWidget(m_panel);
    column->addLayout(middle, 1);
    column->addWidget(m_footer);

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

QWidget *MainWindow::makeList()
{
    auto *list = new QWidget(this);
    m_filterBar = new AccountFilterBar(m_model, list);
    m_banners = new WindowBanners(m_services.tokens, m_services.vault, m_services.moves, list);
    m_refreshAllBar = new RefreshAllBar(m_services.tokens, list);
    m_table = new AccountTable(m_filter, list);
    auto *nothing = new EmptyState(EmptyState::Reason::NothingMatches, list);
    auto *empty = new EmptyState(EmptyState::Reason::NoAccounts, list);
    m_pages = new QStackedWidget(list);
    m_pages->insertWidget(ListPage, m_table);
    m_pages->insertWidget(NothingMatchesPage, nothing);
    m_pages->insertWidget(NoAccountsPage, empty);
    connect(empty, &EmptyState::addRequested, m_actions, &AccountActRunner::add);
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
    for (const auto change : { &AccountService::accountAdded, &AccountService::accountChanged })
        connect(&m_services.accounts, change, this, [this] { m_filter.arrangeSoon(); });
    connect(&m_services.accounts, &AccountService::accountChanged, m_banners, &WindowBanners::clearFailure);
    connect(&m_services.accounts, &AccountService::accountRemoved, m_banners, &WindowBanners::clearFailure);
    for (const auto change : { &QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved })
        connect(&m_filter, change, this, &MainWindow::showWhatFits);
    // The filter gives a row up before the model does: of the last account it is too early to tell.
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &MainWindow::showWhatFits);
    connect(m_table, &AccountTable::selectedChanged, m_panel, &SidePanel::setAccount);
    AccountSecretStore &secrets = m_services.repository.secrets();
    for (const auto change :
         { &AccountSecretStore::keepInMemoryChanged, &AccountSecretStore::lacksKeychainChanged })
        connect(&secrets, change, this, &MainWindow::showVault);
    // With its first secret the profile has a place.
    for (const auto change : { &AccountService::accountAdded, &AccountService::accountChanged })
        connect(&m_services.accounts, change, this, &MainWindow::showVault);
    connect(&m_services.vault, &VaultService::lockedChanged, this, [this](bool isLocked) {
        showVault();
        if (isLocked)
            m_footer->announce(tr("The vault is locked."), Tone::Muted);
    });
    connect(&m_services.moves, &SecretMoveService::changed, this, &MainWindow::showVault);
    showVault();
    connect(new UseWatch(this), &UseWatch::used, this, [this] { m_services.vault.noteUse(); });
}

void MainWindow::connectActs()
{
    // Who presses a button through a screen reader moves neither key nor mouse.
    connect(m_table, &AccountTable::actRequested, this, [this] { m_services.vault.noteUse(); });
    connect(m_panel, &SidePanel::actRequested, this, [this] { m_services.vault.noteUse(); });
    connect(m_table, &AccountTable::actRequested, m_actions, &AccountActRunner::perform);
    connect(m_table, &AccountTable::menuRequested, m_actions, &AccountActRunner::openMenu);
    connect(m_table, &AccountTable::copyMenuRequested, m_actions, &AccountActRunner::openCopyMenu);
    connect(m_panel, &SidePanel::actRequested, m_actions, &AccountActRunner::perform);
    connect(m_panel, &SidePanel::copyMenuRequested, m_actions, &AccountActRunner::openCopyMenu);
    connect(m_banners, &WindowBanners::actRequested, m_actions, &AccountActRunner::perform);
    connect(m_banners, &WindowBanners::announced, m_footer,
            [this](const QString &text) { m_footer->announce(text, Tone::Warning); });
    connect(m_actions, &AccountActRunner::announced, m_footer, &Footer::announce);
    connect(m_actions, &AccountActRunner::accountSaved, this, &MainWindow::select);

    connect(m_actions, &AccountActRunner::failed, this, &MainWindow::tellFailure);
    connect(m_panel, &SidePanel::revealFailed, this, [this](const AccountId &id, const Problem &problem) {
        tellFailure(id, tr("The token could not be revealed."), problem, std::nullopt);
        if (problem.kind == Problem::Kind::VaultLocked)
            m_windowActs->unlock();
    });
    auto *keys = new WindowKeys(this);
    connect(keys, &WindowKeys::actRequested, this, &MainWindow::perform);
    connect(keys, &WindowKeys::accountActRequested, this,
            [this](AccountAct act) { m_actions->perform(act, m_table->selected()); });
    connect(m_toolbar, &MainToolbar::actRequested, this, &MainWindow::perform);
    connect(m_windowActs, &WindowActRunner::announced, m_footer, &Footer::announce);
    connect(m_windowActs, &WindowActRunner::failed, m_banners,
            [this](const QString &what, const Problem &problem) {
                m_banners->showFailure({}, what, problem, nullptr, std::nullopt);
            });
    connect(&m_services.activity, &ActivityService::recordFailed, m_banners, [this](const Problem &problem) {
        m_banners->showFailure({}, tr("What was handed out could not be recorded."), problem, nullptr,
                               std::nullopt);
    });
    connect(m_banners, &WindowBanners::unlockRequested, m_windowActs, &WindowActRunner::unlock);
    connect(m_footer, &Footer::lockRequested, this, [this] { perform(WindowAct::LockVault); });
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
    m_toolbar->setCanRefreshAll(m_filter.rowCount() > 0 && !m_refreshAllBar->isRunning());
}

void MainWindow::showVault()
{
    const bool isLocked = m_services.vault.isLocked();
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

void MainWindow::perform(WindowAct act)
{
    m_services.vault.noteUse();
    switch (act) {
    case WindowAct::AddAccount: m_actions->add(); break;
    case WindowAct::RefreshAll:
        m_windowActs->whenOpen([this, shown = m_filter.shown()] { m_refreshAllBar->start(shown); });
        break;
    case WindowAct::Search:
        m_toolbar->search().setFocus(Qt::ShortcutFocusReason);
        m_toolbar->search().selectAll();
        break;
    default: m_windowActs->perform(act, m_filter.shown()); break;
    }
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

// A token that could not be stored would be lost, and with it perhaps the only way to renew it (R41).
void MainWindow::closeEvent(QCloseEvent *event)
{
    const QList<AccountId> lost = m_services.tokens.unsaved();
    // The yes is for what was asked about, and once: others may have come meanwhile.
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
