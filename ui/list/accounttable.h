// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "ui/acts/actions.h"
#include "ui/list/accountdelegate.h"

#include <QTableView>

#include <optional>

namespace latchkey {

class AccountFilter;

// The list of accounts: a real table, so that it can be read as one, painted as cards.
class AccountTable final : public QTableView
{
    Q_OBJECT

public:
    AccountTable(AccountFilter &filter, const Actions &actions, QWidget *parent = nullptr);

    [[nodiscard]] AccountId selected() const; // invalid: none
    void select(const AccountId &id);
    void repaintCountdowns(); // of the rows that are visible

Q_SIGNALS:
    void actRequested(latchkey::AccountAct act, const latchkey::AccountId &id);
    // For all copying formats, and for everything that can be done with the account.
    void copyMenuRequested(const latchkey::AccountId &id, const QPoint &globalPosition);
    void menuRequested(const latchkey::AccountId &id, const QPoint &globalPosition);
    void selectedChanged(const latchkey::AccountId &id);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    bool viewportEvent(QEvent *event) override;

private:
    struct Hit
    {
        QModelIndex index;
        std::optional<AccountDelegate::Button> button;
    };
    [[nodiscard]] Hit hitAt(const QPoint &position) const;
    [[nodiscard]] AccountId idAt(const QModelIndex &index) const;
    void heat(const Hit &hit, bool isPressed);
    void arrangeColumns();
    void setUpHeader();

    [[nodiscard]] QString tipOf(AccountAct act, const AccountId &id) const; // empty: none

    AccountFilter &m_filter;
    const Actions &m_actions;
    AccountDelegate *m_delegate;
};

} // namespace latchkey
