// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/accounttable.h"

#include "ui/list/accountfilter.h"
#include "ui/list/accounttablemodel.h"
#include "ui/widgets/plainlabel.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace latchkey {

namespace {

// Below these widths a column is hidden; the side panel shows the same.
constexpr int widthForLastRefresh = 720;
constexpr int widthForState = 600;

} // namespace

AccountTable::AccountTable(AccountFilter &filter, const Actions &actions, QWidget *parent)
    : QTableView(parent), m_filter(filter), m_actions(actions), m_delegate(new AccountDelegate(actions, this))
{
    setModel(&filter);
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setProperty("surface", QStringLiteral("window"));
    setAccessibleName(tr("Accounts"));
    setMinimumWidth(320);
    setUpHeader();
}

void AccountTable::setUpHeader()
{
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(AccountDelegate::rowHeight);
    QHeaderView *header = horizontalHeader();
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(40);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(AccountTableModel::AccountColumn, QHeaderView::Stretch);
    header->setSortIndicatorShown(true);
    header->setAccessibleName(tr("Sort by"));
    sortByColumn(AccountTableModel::AccountColumn, Qt::AscendingOrder);
    setSortingEnabled(true);
}

AccountId AccountTable::selected() const
{
    // Do not use the current index: selecting through the accessibility tree does not move it.
    const QModelIndexList rows = selectionModel()->selectedRows();
    return rows.isEmpty() ? AccountId() : idAt(rows.first());
}

void AccountTable::select(const AccountId &id)
{
    for (int row = 0; row < m_filter.rowCount(); ++row) {
        const QModelIndex index = m_filter.index(row, 0);
        if (idAt(index) != id)
            continue;
        setCurrentIndex(index);
        scrollTo(index);
        return;
    }
}

void AccountTable::repaintCountdowns()
{
    const int first = rowAt(0);
    if (first < 0)
        return;
    const int last = rowAt(viewport()->height() - 1);
    const int top = rowViewportPosition(first);
    const int end = last < 0 ? viewport()->height() : rowViewportPosition(last) + rowHeight(last);
    for (const int column : { AccountTableModel::ExpiryColumn, AccountTableModel::RefreshColumn })
        viewport()->update(columnViewportPosition(column), top, columnWidth(column), end - top);
}

AccountId AccountTable::idAt(const QModelIndex &index) const
{
    return index.data(AccountTableModel::IdRole).value<AccountId>();
}

AccountTable::Hit AccountTable::hitAt(const QPoint &position) const
{
    Hit hit { indexAt(position), std::nullopt };
    if (hit.index.column() != AccountTableModel::ActionsColumn)
        return hit;
    for (const auto &button : m_delegate->buttons(visualRect(hit.index), hit.index))
        if (button.rect.contains(position))
            hit.button = button;
    return hit;
}

void AccountTable::heat(const Hit &hit, bool isPressed)
{
    const AccountDelegate::Hot before = m_delegate->hot();
    AccountDelegate::Hot now;
    now.index = hit.index.siblingAtColumn(AccountTableModel::AccountColumn);
    if (hit.button) {
        now.act = hit.button->act;
        now.isPressed = isPressed;
    }
    if (now == before)
        return;
    m_delegate->setHot(now);
    viewport()->setCursor(now.act ? Qt::PointingHandCursor : Qt::ArrowCursor);
    for (const QModelIndex &index : { QModelIndex(before.index), QModelIndex(now.index) })
        if (index.isValid())
            viewport()->update(0, visualRect(index).top(), viewport()->width(), AccountDelegate::rowHeight);
}

void AccountTable::mousePressEvent(QMouseEvent *event)
{
    const Hit hit = hitAt(event->position().toPoint());
    if (hit.button && event->button() == Qt::LeftButton) {
        setFocus(Qt::MouseFocusReason);
        setCurrentIndex(hit.index.siblingAtColumn(AccountTableModel::AccountColumn));
        heat(hit, true);
        return;
    }
    QTableView::mousePressEvent(event);
}

void AccountTable::mouseMoveEvent(QMouseEvent *event)
{
    const AccountDelegate::Hot &hot = m_delegate->hot();
    const Hit hit = hitAt(event->position().toPoint());
    if (event->buttons() == Qt::NoButton) {
        heat(hit, false);
    } else if (hot.isPressed) {
        // The pointer left the button, so releasing it does nothing.
        if (!hit.button || hit.index.siblingAtColumn(0) != hot.index || hit.button->act != hot.act)
            heat({}, false);
        return;
    }
    QTableView::mouseMoveEvent(event);
}

void AccountTable::mouseReleaseEvent(QMouseEvent *event)
{
    const AccountDelegate::Hot hot = m_delegate->hot();
    if (!hot.isPressed) {
        QTableView::mouseReleaseEvent(event);
        return;
    }
    const Hit hit = hitAt(event->position().toPoint());
    heat(hit, false);
    if (!hit.button || hit.index.siblingAtColumn(0) != hot.index || hit.button->act != hot.act)
        return;
    const AccountId id = idAt(hit.index);
    if (hit.button->act == AccountAct::ChooseCopy)
        Q_EMIT copyMenuRequested(id, viewport()->mapToGlobal(hit.button->rect.bottomLeft() + QPoint(0, 4)));
    else
        Q_EMIT actRequested(hit.button->act, id);
}

void AccountTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    // The second click on a button is a click like the first.
    mousePressEvent(event);
}

void AccountTable::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter || !selected().isValid()) {
        QTableView::keyPressEvent(event);
        return;
    }
    const bool signIn = selectionModel()->selectedRows().first().data(AccountTableModel::SignInRole).toBool();
    Q_EMIT actRequested(signIn ? AccountAct::SignIn : AccountAct::Copy, selected());
}

void AccountTable::contextMenuEvent(QContextMenuEvent *event)
{
    QModelIndex index;
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QModelIndexList rows = selectionModel()->selectedRows();
        if (rows.isEmpty())
            return;
        index = rows.first();
        scrollTo(index);
        position = viewport()->mapToGlobal(visualRect(index).center());
    } else {
        index = indexAt(viewport()->mapFromGlobal(position));
    }
    if (index.isValid())
        Q_EMIT menuRequested(idAt(index), position);
}

void AccountTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    arrangeColumns();
}

void AccountTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        arrangeColumns();
}

void AccountTable::arrangeColumns()
{
    if (!model())
        return;
    const int width = viewport()->width();
    const bool isCompact = width < widthForState;
    m_delegate->setCompact(isCompact);
    setColumnHidden(AccountTableModel::StateColumn, isCompact);
    setColumnHidden(AccountTableModel::RefreshColumn, width < widthForLastRefresh);
    for (const int column : { AccountTableModel::StateColumn, AccountTableModel::ExpiryColumn,
                              AccountTableModel::RefreshColumn, AccountTableModel::ActionsColumn })
        setColumnWidth(column, m_delegate->columnWidth(column));
}

void AccountTable::selectionChanged(const QItemSelection &selection, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selection, deselected);
    viewport()->update();
    Q_EMIT selectedChanged(selected());
}

QString AccountTable::tipOf(AccountAct act, const AccountId &id) const
{
    if (act == AccountAct::SignIn)
        return {}; // its words are on the button
    // The words of Copy itself are about the selected account.
    return act == AccountAct::Copy ? m_actions.copyWords(id) : m_actions.of(act)->text();
}

bool AccountTable::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        heat({}, false);
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const Hit hit = hitAt(help->pos());
        const QString tip = hit.button ? tipOf(hit.button->act, idAt(hit.index)) : QString();
        if (!tip.isEmpty()) {
            QToolTip::showText(help->globalPos(), plainToolTip(tip), viewport(), hit.button->rect);
            return true;
        }
    }
    return QTableView::viewportEvent(event);
}

} // namespace latchkey
