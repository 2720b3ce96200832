// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windowactions.h"

#include "ui/settingsdialog.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace latchkey {

using namespace Qt::StringLiterals;

WindowActions::WindowActions(const Desk &desk, QWidget *window)
    : QObject(window), m_desk(desk), m_window(window)
{
}

void WindowActions::perform(WindowAct act)
{
    switch (act) {
    case WindowAct::AddAccount:
    case WindowAct::RefreshAll:
    case WindowAct::Search: break;
    case WindowAct::Settings: openSettings(); break;
    case WindowAct::About: openAbout(); break;
    case WindowAct::Quit: m_window->close(); break;
    }
}

void WindowActions::openSettings()
{
    (new SettingsDialog(m_desk.preferences, m_window))->open();
}

void WindowActions::openAbout()
{
    auto *box = new QMessageBox(m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Latchkey"));
    box->setIconPixmap(m_window->windowIcon().pixmap(64, 64));
    box->setText(u"Latchkey %1"_s.arg(QCoreApplication::applicationVersion()).trimmed());
    box->setInformativeText(
        tr("Gets access tokens, shows how long they live, and copies them where they are needed.\n\n"
           "Free software under the GNU General Public License, version 3 or later."));
    box->open();
}

} // namespace latchkey
