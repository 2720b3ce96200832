// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/acts/actions.h"

#include <QPersistentModelIndex>
#include <QStyledItemDelegate>

#include <optional>

class QAbstractItemView;

namespace latchkey {

// Paints an account's row as one card across its cells, with buttons in the last one. It only paints and
// measures: the table takes the clicks.
class AccountDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    struct Button
    {
        AccountAct act = AccountAct::Copy;
        QRect rect;
    };
    // What is under the pointer: a row, perhaps one of its buttons, and whether that is held down.
    struct Hot
    {
        QPersistentModelIndex index; // of the row's first cell
        std::optional<AccountAct> act;
        bool isPressed = false;

        friend bool operator==(const Hot &, const Hot &) = default;
    };

    AccountDelegate(const Actions &actions, QAbstractItemView *view);

    static constexpr int rowHeight = 74;

    void setHot(const Hot &hot) { m_hot = hot; }
    [[nodiscard]] const Hot &hot() const { return m_hot; }
    // The row tells its state under its name, for a table too narrow for a column of its own.
    void setCompact(bool compact) { m_isCompact = compact; }
    // In the order they are shown; `cell` is the actions cell of the row.
    [[nodiscard]] QList<Button> buttons(const QRect &cell, const QModelIndex &index) const;
    [[nodiscard]] int columnWidth(int column) const; // what a column needs

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    [[nodiscard]] QRect cardRect(const QRect &cell) const;
    void paintCard(QPainter *painter, const QStyleOptionViewItem &option, const QRect &card,
                   bool isHovered) const;
    void paintAccount(QPainter *painter, const QRect &area, const QModelIndex &index) const;
    void paintState(QPainter *painter, const QRect &area, const QModelIndex &index) const;
    void paintExpiry(QPainter *painter, const QRect &area, const QModelIndex &index) const;
    void paintLastRefresh(QPainter *painter, const QRect &area, const QModelIndex &index) const;
    void paintButton(QPainter *painter, const Button &button, const QModelIndex &index,
                     bool isSelected) const;

    // On a button that has words.
    [[nodiscard]] QString words(AccountAct act) const;

    const Actions &m_actions;
    QAbstractItemView *m_view;
    Hot m_hot;
    bool m_isCompact = false;
};

} // namespace latchkey
