// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/accounttablemodel.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/token/tokenservice.h"
#include "core/provider/providers.h"
#include "core/text/accounttext.h"
#include "core/text/durationtext.h"
#include "core/text/problemtext.h"
#include "ui/acts/actions.h"
#include "ui/widgets/momenttext.h"
#include "ui/widgets/plainlabel.h"

#include <QCoreApplication>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace {

QString problemTextOf(const Account &account)
{
    return account.lastProblem ? problemText(*account.lastProblem, findProvider(account.providerId)).whole()
                               : QString();
}

} // namespace

StateLook stateLook(AccountState state)
{
    switch (state) {
    case AccountState::NeedsSignIn: return { u"state-sign-in"_s, Tone::Bad };
    case AccountState::Expired: return { u"state-expired"_s, Tone::Bad };
    case AccountState::Error: return { u"state-error"_s, Tone::Bad };
    case AccountState::Expiring: return { u"state-expiring"_s, Tone::Warning };
    case AccountState::Valid: return { u"state-valid"_s, Tone::Ok };
    case AccountState::UnknownLifetime: return { u"state-unknown"_s, Tone::Muted };
    }
    Q_UNREACHABLE();
}

AccountTableModel::AccountTableModel(AccountService &accounts, TokenService &tokens, Clock clock,
                                     QObject *parent)
    : QAbstractTableModel(parent), m_accounts(accounts), m_tokens(tokens), m_clock(std::move(clock))
{
    m_rows.reserve(accounts.accounts().size());
    for (const Account &account : accounts.accounts())
        m_rows.append(rowFor(account));
    connect(&accounts.repository(), &AccountRepository::accountAdded, this, &AccountTableModel::add);
    connect(&accounts.repository(), &AccountRepository::accountChanged, this, &AccountTableModel::change);
    connect(&accounts.repository(), &AccountRepository::accountRemoved, this, &AccountTableModel::remove);
    connect(&tokens, &TokenService::refreshingChanged, this, [this](const AccountId &id, bool isRefreshing) {
        const int at = rowOf(id);
        if (at < 0 || m_rows[at].isRefreshing == isRefreshing)
            return;
        m_rows[at].isRefreshing = isRefreshing;
        Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1), { Qt::DisplayRole, RefreshingRole });
    });
}

void AccountTableModel::setExpiringThreshold(seconds threshold)
{
    m_threshold = threshold;
    tick();
}

void AccountTableModel::tick()
{
    const QDateTime now = m_clock();
    bool changed = false;
    for (int at = 0; at < m_rows.size(); ++at) {
        Row &row = m_rows[at];
        const AccountState state = accountState(row.account, now, m_threshold);
        if (state == row.state)
            continue;
        row.state = state;
        changed = true;
        Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1),
                           { Qt::DisplayRole, StateRole, SignInRole });
    }
    if (changed)
        Q_EMIT statesChanged();
}

int AccountTableModel::rowOf(const AccountId &id) const
{
    const auto found = std::ranges::find(m_rows, id, [](const Row &row) { return row.account.id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int AccountTableModel::countOf(AccountState state) const
{
    return static_cast<int>(std::ranges::count(m_rows, state, &Row::state));
}

int AccountTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AccountTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AccountTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};

    const Row &row = m_rows.at(index.row());
    switch (role) {
    case IdRole: return QVariant::fromValue(row.account.id);
    case StateRole: return static_cast<int>(row.state);
    case ProviderRole: return row.account.providerId;
    case RefreshingRole: return row.isRefreshing;
    case SearchRole: return row.search;
    case SignInRole: return row.canSignIn && row.state == AccountState::NeedsSignIn;
    default: break;
    }
    switch (index.column()) {
    case AccountColumn: return accountData(row, role);
    case StateColumn: return stateData(row, role);
    case ExpiryColumn: return expiryData(row, role);
    case RefreshColumn: return refreshData(row, role);
    case ActionsColumn: return actionsData(row, role);
    default: return {};
    }
}

QVariant AccountTableModel::accountData(const Row &row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case SortRole: return row.account.name;
    case SubtitleRole: return row.subtitle;
    case Qt::AccessibleTextRole:
        return u"%1, %2, %3"_s.arg(row.account.name, row.subtitle, stateText(row.state));
    default: return {};
    }
}

QVariant AccountTableModel::stateData(const Row &row, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return row.isRefreshing ? tr("Refreshing…") : stateText(row.state);
    case SortRole: return static_cast<int>(row.state);
    case Qt::ToolTipRole: return plainToolTip(problemTextOf(row.account));
    default: return {};
    }
}

QVariant AccountTableModel::expiryData(const Row &row, int role) const
{
    if (role == SortRole) {
        if (!row.account.token)
            return QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
        // Unknown lifetimes come last, behind every moment that is known.
        return row.account.token->expiresAt.value_or(QDateTime(QDate(9999, 12, 31), QTime(0, 0), Qt::UTC));
    }
    if (!row.account.token) {
        if (role == Qt::AccessibleTextRole)
            return tr("no token");
        return role == Qt::DisplayRole ? u"–"_s : QVariant();
    }
    const TokenFacts &facts = *row.account.token;
    const QDateTime now = m_clock();
    const auto left = remaining(facts, now);
    switch (role) {
    case Qt::DisplayRole: return countdownText(facts, now);
    case SubtitleRole:
        return left ? tr("of %1").arg(lifetimeText(lifetime(facts).value_or(0s))) : tr("until refused");
    case FractionRole: return left ? QVariant(remainingFraction(facts, now)) : QVariant();
    case Qt::AccessibleTextRole:
        if (!left)
            return tr("lifetime unknown");
        return *left > 0s ? tr("expires in %1").arg(countdownText(facts, now))
                          : tr("expired %1").arg(countdownText(facts, now));
    case Qt::ToolTipRole: return plainToolTip(left ? momentText(*facts.expiresAt, now) : QString());
    default: return {};
    }
}

QVariant AccountTableModel::refreshData(const Row &row, int role) const
{
    const QDateTime &at = row.account.lastRefreshAt;
    switch (role) {
    case SortRole: return at.isValid() ? at : QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return at.isValid() ? agoText(std::max(0s, seconds(at.secsTo(m_clock())))) : tr("never");
    case Qt::ToolTipRole: return plainToolTip(at.isValid() ? momentText(at, m_clock()) : QString());
    default: return {};
    }
}

QVariant AccountTableModel::actionsData(const Row &row, int role) const
{
    switch (role) {
    case Qt::AccessibleTextRole:
        return row.canSignIn && row.state == AccountState::NeedsSignIn ? tr("Sign in") : tr("Refresh, Copy");
    case SortRole: return row.canSignIn && row.state == AccountState::NeedsSignIn ? 0 : 1;
    default: return {};
    }
}

QVariant AccountTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (section) {
    case AccountColumn: return tr("Account");
    case StateColumn: return tr("State");
    case ExpiryColumn: return tr("Expires in");
    case RefreshColumn: return tr("Last refresh");
    case ActionsColumn: return tr("Actions");
    default: return {};
    }
}

AccountTableModel::Row AccountTableModel::rowFor(const Account &account) const
{
    Row row;
    row.account = account;
    QStringList parts;
    if (const Provider *provider = findProvider(account.providerId)) {
        parts << QCoreApplication::translate("Provider", provider->displayName);
        if (provider->environment)
            parts << provider->environment(account.fields);
        row.canSignIn = signsIn(provider);
    } else {
        parts << account.providerId;
    }
    if (account.token && !account.token->user.isEmpty())
        parts << account.token->user;
    parts.removeAll(QString());
    row.subtitle = parts.join(u" · "_s);
    row.search = (account.name + u'\n' + row.subtitle).toCaseFolded();
    row.state = accountState(account, m_clock(), m_threshold);
    row.isRefreshing = m_tokens.isRefreshing(account.id);
    return row;
}

void AccountTableModel::add(const AccountId &id)
{
    const Account *account = m_accounts.find(id);
    if (!account || rowOf(id) >= 0)
        return;
    const int at = static_cast<int>(m_rows.size());
    beginInsertRows({}, at, at);
    m_rows.append(rowFor(*account));
    endInsertRows();
    Q_EMIT statesChanged();
}

void AccountTableModel::change(const AccountId &id)
{
    const Account *account = m_accounts.find(id);
    const int at = rowOf(id);
    if (!account || at < 0)
        return;
    m_rows[at] = rowFor(*account);
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
    Q_EMIT statesChanged();
}

void AccountTableModel::remove(const AccountId &id)
{
    const int at = rowOf(id);
    if (at < 0)
        return;
    beginRemoveRows({}, at, at);
    m_rows.removeAt(at);
    endRemoveRows();
    Q_EMIT statesChanged();
}

} // namespace latchkey
