// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/maintoolbar.h"

#include "ui/acts/actions.h"
#include "ui/widgets/icon.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

SearchField::SearchField(const QAction &search, QWidget *parent)
    : QLineEdit(parent), m_keys(search.shortcut().toString(QKeySequence::NativeText))
{
    setPlaceholderText(tr("Search accounts, hosts, users"));
    setAccessibleName(search.text());
    setClearButtonEnabled(false);
    setMinimumWidth(180);
    setMaximumWidth(320);
    setTextMargins(24, 0, 0, 0);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    constexpr int iconSize = 16;
    painter.drawPixmap(11, (height() - iconSize) / 2,
                       iconPixmap(u"search"_s, colours().muted, iconSize, devicePixelRatio()));
    const int room = width() - 66 - fontMetrics().horizontalAdvance(placeholderText() + m_keys);
    if (!text().isEmpty() || hasFocus() || room < 0)
        return;
    painter.setPen(colours().muted);
    painter.drawText(rect().adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter, m_keys);
}

MainToolbar::MainToolbar(const Actions &actions, QWidget *parent) : QFrame(parent), m_actions(actions)
{
    setProperty("bar", u"top"_s);
    auto *add = new QPushButton(this);
    bindButton(add, actions.of(WindowAct::AddAccount), ButtonTip::Shown);
    setButtonIcon(add, u"add"_s, Tone::OnAccent);
    add->setProperty("kind", u"primary"_s);
    auto *refreshAll = new QPushButton(this);
    bindButton(refreshAll, actions.of(WindowAct::RefreshAll), ButtonTip::Shown);
    setButtonIcon(refreshAll, u"refresh-all"_s);
    m_search = new SearchField(*actions.of(WindowAct::Search), this);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 11, 16, 11);
    row->setSpacing(10);
    row->addWidget(add);
    row->addWidget(refreshAll);
    row->addStretch(1);
    row->addWidget(m_search, 3);
    row->addWidget(makeMenuButton());
}

QPushButton *MainToolbar::makeMenuButton()
{
    auto *button = new QPushButton(icon(u"more"_s), {}, this);
    button->setAccessibleName(tr("More"));
    button->setToolTip(tr("Export, templates, doctor, activity, settings"));
    connect(button, &QPushButton::clicked, this, [this, button] { openMenu(*button); });
    return button;
}

void MainToolbar::openMenu(const QPushButton &button)
{
    // Qt tells a screen reader of an action by the first menu that held it, so that menu stays.
    if (!m_menu) {
        m_menu = new QMenu(this);
        for (const QList<QAction *> &group : m_actions.moreMenu()) {
            if (!m_menu->isEmpty())
                m_menu->addSeparator();
            m_menu->addActions(group);
        }
    }
    m_menu->popup(
        button.mapToGlobal(QPoint(button.width() - m_menu->sizeHint().width(), button.height() + 4)));
}

} // namespace latchkey
