// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/acts/accountact.h"
#include "ui/acts/windowact.h"

#include <QObject>

class QWidget;

namespace latchkey {

// The keys that work anywhere in the window. Menus and tool tips tell them.
class WindowKeys final : public QObject
{
    Q_OBJECT

public:
    explicit WindowKeys(QWidget *window);

Q_SIGNALS:
    void actRequested(latchkey::WindowAct act);
    void accountActRequested(latchkey::AccountAct act); // for the account that is selected

private:
    void add(const QKeySequence &keys, WindowAct act);
    void add(const QKeySequence &keys, AccountAct act);

    QWidget *m_window;
};

} // namespace latchkey
