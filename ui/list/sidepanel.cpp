// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/sidepanel.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/vaultservice.h"
#include "core/flow/token/tokenservice.h"
#include "core/provider/providers.h"
#include "core/text/accounttext.h"
#include "core/text/problemtext.h"
#include "ui/acts/actions.h"
#include "ui/list/accountfacts.h"
#include "ui/list/accounttablemodel.h"
#include "ui/list/tokenview.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/momenttext.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// One button of the panel is what the user most likely wants now.
void setPrimary(QPushButton *button, const QString &iconName, bool isPrimary)
{
    button->setProperty("kind", isPrimary ? u"primary"_s : QString());
    setButtonIcon(button, iconName, isPrimary ? Tone::OnAccent : Tone::Text);
    button->style()->unpolish(button);
    button->style()->polish(button);
}

} // namespace

SidePanel::SidePanel(const UiServices &services, const Actions &actions, QWidget *parent)
    : QFrame(parent),
      m_services(services),
      m_actions(actions),
      m_content(new QWidget(this)),
      m_nothing(newPlainLine(tr("Select an account to see its token."), "muted")),
      m_problem(new ProblemView(this)),
      m_token(new TokenView(services.tokens, services.clock, this)),
      m_tokenFacts(new FactList(this)),
      m_fieldFacts(new FactList(this))
{
    setProperty("bar", u"side"_s);
    setAccessibleName(tr("Selected account"));
    m_content->setProperty("surface", u"panel"_s);
    m_nothing->setAlignment(Qt::AlignCenter);

    auto *inner = new QWidget;
    inner->setProperty("surface", u"panel"_s);
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(18, 18, 18, 12);
    column->setSpacing(14);
    column->addWidget(makeHeading());
    column->addWidget(m_problem);
    column->addWidget(m_token);
    column->addWidget(makeCopyButtons());
    column->addWidget(makeTokenButtons());
    column->addWidget(m_tokenFacts);
    column->addWidget(newDivider());
    column->addWidget(newPlainLine(tr("SETTINGS"), "caption"));
    column->addWidget(m_fieldFacts);
    column->addStretch();

    auto *scroll = new QScrollArea(m_content);
    scroll->setProperty("surface", u"panel"_s);
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(0);
    content->addWidget(scroll, 1);
    content->addWidget(makeAccountButtons());
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    outer->addWidget(m_content);
    outer->addWidget(m_nothing, 1);

    connect(m_token, &TokenView::failed, this, &SidePanel::revealFailed);
    connect(&services.repository, &AccountRepository::accountChanged, this, [this](const AccountId &id) {
        if (id == m_id)
            update();
    });
    connect(&services.tokens, &TokenService::refreshingChanged, this, [this](const AccountId &id) {
        if (id == m_id)
            tick(m_services.clock());
    });
    connect(&services.vault, &VaultService::lockedChanged, this, &SidePanel::update);
    setAccount({});
}

QWidget *SidePanel::makeHeading()
{
    auto *heading = new QWidget(this);
    m_picture = new VendorPicture(44, heading);
    m_name = new ElidedLabel(heading);
    m_name->setProperty("look", u"heading"_s);
    m_vendor = new ElidedLabel(heading);
    m_vendor->setProperty("look", u"muted"_s);
    m_stateIcon = new IconLabel(14, heading);
    m_state = newPlainLine();

    auto *state = new QHBoxLayout;
    state->setSpacing(6);
    state->addWidget(m_stateIcon);
    state->addWidget(m_state, 1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_name);
    texts->addWidget(m_vendor);
    texts->addLayout(state);
    auto *row = new QHBoxLayout(heading);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_picture, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    return heading;
}

QPushButton *SidePanel::makeButton(AccountAct act, ButtonTip tip)
{
    auto *button = new QPushButton(this);
    bindButton(button, m_actions.of(act), tip);
    return button;
}

// Two buttons, since a button with a split menu cannot be pressed through the accessibility tree.
QWidget *SidePanel::makeCopyButtons()
{
    auto *pair = new QWidget(this);
    m_copy = makeButton(AccountAct::Copy, ButtonTip::Shown);
    m_copyMenu = new QPushButton(pair);
    for (QPushButton *button : { m_copy, m_copyMenu })
        button->setProperty("size", u"big"_s);
    m_copy->setProperty("joined", u"left"_s);
    m_copyMenu->setProperty("joined", u"right"_s);
    const QString choose = m_actions.of(AccountAct::ChooseCopy)->text();
    m_copyMenu->setAccessibleName(choose);
    m_copyMenu->setToolTip(plainToolTip(choose));
    connect(m_copyMenu, &QPushButton::clicked, this,
            [this] { Q_EMIT copyMenuRequested(m_id, m_copy->mapToGlobal(QPoint(0, m_copy->height() + 4))); });
    auto *row = new QHBoxLayout(pair);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_copy, 1);
    row->addWidget(m_copyMenu);
    setTabOrder(m_copy, m_copyMenu);
    return pair;
}

QWidget *SidePanel::makeTokenButtons()
{
    auto *buttons = new QWidget(this);
    m_refresh = makeButton(AccountAct::Refresh);
    setButtonIcon(m_refresh, u"refresh"_s);
    m_signIn = makeButton(AccountAct::SignIn);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_refresh, 1);
    row->addWidget(m_signIn, 1);
    return buttons;
}

QWidget *SidePanel::makeAccountButtons()
{
    auto *buttons = new QFrame(this);
    buttons->setProperty("bar", u"bottom"_s);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(18, 10, 18, 10);
    row->setSpacing(8);
    auto *kept = new FlowLayout; // the words are longer in other languages
    kept->setSpacing(8);
    for (const auto act : { AccountAct::Edit, AccountAct::Test, AccountAct::Duplicate })
        kept->addWidget(makeButton(act));
    row->addLayout(kept, 1);
    auto *removal = makeButton(AccountAct::Remove);
    removal->setProperty("kind", u"danger"_s);
    row->addWidget(removal, 0, Qt::AlignBottom);
    return buttons;
}

void SidePanel::setAccount(const AccountId &id)
{
    m_id = id;
    update();
}

void SidePanel::setExpiringThreshold(std::chrono::seconds threshold)
{
    m_threshold = threshold;
    tick(m_services.clock());
}

void SidePanel::conceal()
{
    m_token->conceal();
}

void SidePanel::update()
{
    const Account *account = m_services.accounts.find(m_id);
    m_content->setVisible(account != nullptr);
    m_nothing->setVisible(account == nullptr);
    if (!account) {
        m_id = {};
        conceal();
        return;
    }
    const Provider *provider = findProvider(account->providerId);
    m_picture->setProvider(provider);
    m_name->setText(account->name);
    m_vendor->setText(provider ? QCoreApplication::translate("Provider", provider->displayName)
                              + (*provider->variant
                                     ? u" · "_s + QCoreApplication::translate("Provider", provider->variant)
                                     : QString())
                               : account->providerId);
    m_token->setAccount(*account);
    m_fieldFacts->setFacts(fieldFacts(*account));
    showProblem(*account);
    showButtons(*account);
    tick(m_services.clock());
}

void SidePanel::tick(const QDateTime &now)
{
    m_token->tick(now);
    const Account *account = m_services.accounts.find(m_id);
    if (!account)
        return;
    showState(*account, now);
    m_tokenFacts->setFacts(tokenFacts(*account, now));
    const QString wait = m_shownProblem ? retryText(*m_shownProblem, now) : QString();
    if (!wait.isEmpty())
        m_problem->setNext(wait);
}

void SidePanel::showState(const Account &account, const QDateTime &now)
{
    const bool isRefreshing = m_services.tokens.isRefreshing(m_id);
    const AccountState state = accountState(account, now, m_threshold);
    const StateLook look = isRefreshing ? StateLook { u"refresh"_s, Tone::Accent } : stateLook(state);
    m_stateIcon->setIcon(look.icon, look.tone);
    QString text = isRefreshing ? tr("Refreshing…") : stateText(state);
    if (!isRefreshing && account.token && account.token->expiresAt)
        text += u" · "_s + countdownText(*account.token, now);
    m_state->setText(text);
    m_state->setAccessibleName(text);
    setLook(m_state, lookOf(look.tone));
}

void SidePanel::showProblem(const Account &account)
{
    // What was locked and is open now is only to be tried again.
    const bool wasLocked = account.lastProblem && account.lastProblem->kind == Problem::Kind::VaultLocked
        && m_services.vault.isUsed() && m_services.vault.exists() && !m_services.vault.isLocked();
    if (account.lastProblem == m_shownProblem && wasLocked == m_showsWasLocked
        && m_problem->isVisibleTo(m_content) == account.lastProblem.has_value())
        return;
    m_shownProblem = account.lastProblem;
    m_showsWasLocked = wasLocked;
    if (!account.lastProblem) {
        m_problem->clear();
        return;
    }
    const Provider *provider = findProvider(account.providerId);
    if (wasLocked)
        m_problem->showText(tr("The vault was locked, and is open now."), {});
    else
        m_problem->showProblem(*account.lastProblem, provider);
    for (const NextAct &next : nextActs(*account.lastProblem, provider)) {
        if (wasLocked && next.act == AccountAct::Unlock)
            continue;
        QPushButton *button = m_problem->addAction(next.text);
        button->setAccessibleName(next.text);
        connect(button, &QPushButton::clicked, this,
                [this, act = next.act] { Q_EMIT actRequested(act, m_id); });
    }
}

void SidePanel::showButtons(const Account &account)
{
    const Provider *provider = findProvider(account.providerId);
    const bool canSignIn = signsIn(provider);
    const bool needsSignIn = canSignIn && (account.needsSignIn || !account.token);
    m_signIn->setVisible(canSignIn);
    // A token that is still valid can be used, even if it can't be renewed any more.
    m_copy->parentWidget()->setVisible(account.token || !canSignIn);
    m_refresh->setVisible(!needsSignIn);
    setPrimary(m_signIn, u"sign-in"_s, needsSignIn);
    setPrimary(m_copy, u"copy"_s, !needsSignIn);
    setPrimary(m_copyMenu, u"down"_s, !needsSignIn);
}

} // namespace latchkey
