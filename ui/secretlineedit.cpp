// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secretlineedit.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QSignalBlocker>

namespace latchkey {

namespace {

constexpr Qt::InputMethodHints secretHints =
    Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase;

bool isRefused(const QKeyEvent &event)
{
    return event.matches(QKeySequence::Undo) || event.matches(QKeySequence::Redo)
        || event.matches(QKeySequence::Copy) || event.matches(QKeySequence::Cut);
}

} // namespace

SecretLineEdit::SecretLineEdit(QWidget *parent) : QLineEdit(parent)
{
    setRevealed(false);
    setDragEnabled(false);
    connect(this, &QLineEdit::textChanged, this, &SecretLineEdit::forgetHistory);
}

void SecretLineEdit::setRevealed(bool revealed)
{
    setEchoMode(revealed ? Normal : Password);
    setInputMethodHints(secretHints); // setEchoMode() takes them away with Normal
}

bool SecretLineEdit::event(QEvent *event)
{
    // Otherwise the line edit claims the keys for itself before a shortcut of the window could.
    if (event->type() == QEvent::ShortcutOverride && isRefused(*static_cast<QKeyEvent *>(event))) {
        event->ignore();
        return true;
    }
    return QLineEdit::event(event);
}

void SecretLineEdit::keyPressEvent(QKeyEvent *event)
{
    if (isRefused(*event))
        event->accept();
    else
        QLineEdit::keyPressEvent(event);
}

// Qt copies a selection made with the mouse to X11's PRIMARY selection unless the line is masked.
void SecretLineEdit::mouseReleaseEvent(QMouseEvent *event)
{
    const bool wasRevealed = isRevealed();
    setRevealed(false);
    QLineEdit::mouseReleaseEvent(event);
    setRevealed(wasRevealed);
}

void SecretLineEdit::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Paste"), this, &QLineEdit::paste);
    menu->addAction(tr("Select all"), this, &QLineEdit::selectAll);
    menu->addAction(tr("Clear"), this, &QLineEdit::clear);
    menu->popup(event->globalPos());
}

// Setting the text is the one act that empties the line's undo history.
void SecretLineEdit::forgetHistory()
{
    const QSignalBlocker blocker(this);
    const int position = cursorPosition();
    setText(text());
    setCursorPosition(position);
}

} // namespace latchkey
