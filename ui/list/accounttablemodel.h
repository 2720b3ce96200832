// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/expiry.h"
#include "core/base/clock.h"
#include "ui/widgets/theme.h"

#include <QAbstractTableModel>

namespace latchkey {

class AccountService;
class TokenService;

// How a state looks: its pictogram and its colour. The words are core/text's.
struct StateLook
{
    QString icon;
    Tone tone = Tone::Text;
};
[[nodiscard]] StateLook stateLook(AccountState state);

// The accounts, and how long each token still lives. Holds no secret: a copy is asked of the service at
// the moment the user wants it.
class AccountTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { AccountColumn, StateColumn, ExpiryColumn, RefreshColumn, ActionsColumn, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole, // moments, never countdowns, so that a tick changes no order
        SearchRole, // case folded: name, vendor, environment, user
        IdRole,
        StateRole, // int(AccountState)
        ProviderRole, // its id
        SubtitleRole, // under the name, or under the countdown
        FractionRole, // of the lifetime left, 0.0 to 1.0; invalid without one
        RefreshingRole,
        SignInRole, // signing in is what the row's button should offer
    };

    AccountTableModel(AccountService &accounts, TokenService &tokens, Clock clock, QObject *parent = nullptr);

    void setExpiringThreshold(std::chrono::seconds threshold);
    // Call once a second. Announces only rows whose state changed; a view repaints the countdowns it shows.
    void tick();
    [[nodiscard]] int rowOf(const AccountId &id) const; // -1: no such account
    [[nodiscard]] int countOf(AccountState state) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void statesChanged(); // countOf() gives other numbers

private:
    struct Row
    {
        Account account;
        QString subtitle;
        QString search;
        AccountState state = AccountState::NeedsSignIn;
        bool isRefreshing = false;
        bool canSignIn = false;
    };

    [[nodiscard]] Row rowFor(const Account &account) const;
    [[nodiscard]] QVariant accountData(const Row &row, int role) const;
    [[nodiscard]] QVariant stateData(const Row &row, int role) const;
    [[nodiscard]] QVariant expiryData(const Row &row, int role) const;
    [[nodiscard]] QVariant refreshData(const Row &row, int role) const;
    [[nodiscard]] QVariant actionsData(const Row &row, int role) const;
    void add(const AccountId &id);
    void change(const AccountId &id);
    void remove(const AccountId &id);

    AccountService &m_accounts;
    TokenService &m_tokens;
    Clock m_clock;
    std::chrono::seconds m_threshold = defaultExpiringThreshold;
    QList<Row> m_rows;
};

} // namespace latchkey
