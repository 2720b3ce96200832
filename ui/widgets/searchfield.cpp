// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/searchfield.h"

#include "ui/widgets/icon.h"

#include <QKeyEvent>
#include <QPainter>

namespace latchkey {

using namespace Qt::StringLiterals;

SearchField::SearchField(QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(tr("Search accounts, hosts, users"));
    setAccessibleName(tr("Search accounts"));
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
    const QString keys = QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText);
    const int room = width() - 66 - fontMetrics().horizontalAdvance(placeholderText() + keys);
    if (!text().isEmpty() || hasFocus() || room < 0)
        return;
    painter.setPen(colours().muted);
    painter.drawText(rect().adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter, keys);
}

} // namespace latchkey
