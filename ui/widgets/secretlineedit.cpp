// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/secretlineedit.h"

#include <QAccessible>
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

QString masked(const QString &text)
{
    return QString(text.size(), u'•');
}

void pass(QAccessibleEvent *event);

// Qt shows a screen reader only dots of a masked line, but tells it each change in clear, and with it every
// program on the accessibility bus.
void tellOnlyDots(QAccessibleEvent *event)
{
    const auto *line = qobject_cast<const SecretLineEdit *>(event->object());
    if (line == nullptr || line->isRevealed())
        return pass(event);
    switch (event->type()) {
    case QAccessible::TextInserted: {
        const auto *change = static_cast<QAccessibleTextInsertEvent *>(event);
        QAccessibleTextInsertEvent dots(event->object(), change->changePosition(),
                                        masked(change->textInserted()));
        return pass(&dots);
    }
    case QAccessible::TextRemoved: {
        const auto *change = static_cast<QAccessibleTextRemoveEvent *>(event);
        QAccessibleTextRemoveEvent dots(event->object(), change->changePosition(),
                                        masked(change->textRemoved()));
        return pass(&dots);
    }
    case QAccessible::TextUpdated: {
        const auto *change = static_cast<QAccessibleTextUpdateEvent *>(event);
        QAccessibleTextUpdateEvent dots(event->object(), change->changePosition(),
                                        masked(change->textRemoved()), masked(change->textInserted()));
        return pass(&dots);
    }
    case QAccessible::ValueChanged: return; // the text itself
    default: return pass(event);
    }
}

// To the platform, which is reached only while no handler is installed.
void pass(QAccessibleEvent *event)
{
    QAccessible::installUpdateHandler(nullptr);
    QAccessible::updateAccessibility(event);
    QAccessible::installUpdateHandler(tellOnlyDots);
}

} // namespace

SecretLineEdit::SecretLineEdit(QWidget *parent) : QLineEdit(parent)
{
    QAccessible::installUpdateHandler(tellOnlyDots);
    setRevealed(false);
    setDragEnabled(false);
    connect(this, &QLineEdit::textChanged, this, &SecretLineEdit::forgetHistory);
}

void SecretLineEdit::setRevealed(bool revealed)
{
    setEchoMode(revealed ? Normal : Password);
    setInputMethodHints(secretHints); // setEchoMode() takes them away with Normal
}

Secret SecretLineEdit::secret() const
{
    QByteArray typed = text().toUtf8();
    Secret secret(typed);
    typed.fill('\0');
    return secret;
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
