// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/colours.h"
#include "ui/desk.h"
#include "ui/windowact.h"

#include <QObject>

class QWidget;

namespace latchkey {

// Opens the dialogs that belong to no account, and says how they ended.
class WindowActions final : public QObject
{
    Q_OBJECT

public:
    WindowActions(const Desk &desk, QWidget *window);

    // Acts of the list itself (adding, searching, refreshing all) are not done here.
    void perform(WindowAct act);

Q_SIGNALS:
    void announced(const QString &text, latchkey::Tone tone);

private:
    void openSettings();
    void openAbout();

    Desk m_desk;
    QWidget *m_window;
};

} // namespace latchkey
