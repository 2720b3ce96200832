// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowkeys.h"

#include <QShortcut>
#include <QWidget>

namespace latchkey {

WindowKeys::WindowKeys(QWidget *window) : QObject(window), m_window(window)
{
    add(QKeySequence::Copy, AccountAct::Copy);
    add(QKeySequence(Qt::Key_F5), AccountAct::Refresh);
    add(QKeySequence(Qt::Key_F6), AccountAct::Test);
    add(QKeySequence(Qt::Key_F2), AccountAct::Edit);
    add(QKeySequence(Qt::Key_Delete), AccountAct::Remove);
    add(QKeySequence(Qt::CTRL | Qt::Key_R), WindowAct::RefreshAll);
    add(QKeySequence(Qt::CTRL | Qt::Key_N), WindowAct::AddAccount);
    add(QKeySequence(Qt::CTRL | Qt::Key_K), WindowAct::Search);
    add(QKeySequence(Qt::CTRL | Qt::Key_F), WindowAct::Search);
    for (const QList<WindowActLook> &group : moreMenu(VaultState::Locked)) {
        for (const WindowActLook &look : group) {
            if (!look.keys.isEmpty())
                add(look.keys, look.act);
        }
    }
}

void WindowKeys::add(const QKeySequence &keys, WindowAct act)
{
    auto *shortcut = new QShortcut(keys, m_window);
    connect(shortcut, &QShortcut::activated, this, [this, act] { Q_EMIT actRequested(act); });
}

void WindowKeys::add(const QKeySequence &keys, AccountAct act)
{
    auto *shortcut = new QShortcut(keys, m_window);
    connect(shortcut, &QShortcut::activated, this, [this, act] { Q_EMIT accountActRequested(act); });
}

} // namespace latchkey
