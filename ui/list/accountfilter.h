// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/expiry.h"

#include <QCollator>
#include <QHash>
#include <QSortFilterProxyModel>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <unordered_map>

class QPushButton;

namespace latchkey {

class AccountTableModel;

// The accounts that are shown, in their order. Both change when the user asks for it or an account really
// changed, never by the passing of time: a row does not run away from under the pointer.
class AccountFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit AccountFilter(QObject *parent = nullptr);

    void setSearch(const QString &typed); // every word must occur
    void setState(std::optional<AccountState> state); // nothing: all of them
    [[nodiscard]] std::optional<AccountState> state() const { return m_state; }
    [[nodiscard]] QList<AccountId> shown() const;
    // Sorts and filters again, once, when the event loop comes round.
    void arrangeSoon();

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    void filterAgain();
    [[nodiscard]] QCollatorSortKey sortKey(const QString &name) const;

    QStringList m_words;
    std::optional<AccountState> m_state;
    // The states when the filter was last applied. A state that changes later removes no row.
    QHash<AccountId, int> m_states;
    QTimer m_arranging;
    QCollator m_collator;
    mutable std::unordered_map<QString, QCollatorSortKey> m_sortKeys; // by name
};

// "All 6", "Valid 2", "Expiring 1": one chip a state that occurs, of which one is chosen.
class AccountFilterBar final : public QWidget
{
    Q_OBJECT

public:
    explicit AccountFilterBar(const AccountTableModel &model, QWidget *parent = nullptr);

    void choose(std::optional<AccountState> state);

Q_SIGNALS:
    void chosen(std::optional<latchkey::AccountState> state);

private:
    struct Chip
    {
        std::optional<AccountState> state;
        QPushButton *button = nullptr;
    };
    void count();

    const AccountTableModel &m_model;
    QList<Chip> m_chips;
};

} // namespace latchkey
