// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windowact.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

QList<QList<WindowActLook>> moreMenu()
{
    const auto say = [](const char *text) { return QCoreApplication::translate("WindowAct", text); };
    return {
        {
            { WindowAct::Settings, u"settings"_s, say(QT_TRANSLATE_NOOP("WindowAct", "Settings …")),
              Qt::CTRL | Qt::Key_Comma },
            { WindowAct::About, u"info"_s, say(QT_TRANSLATE_NOOP("WindowAct", "About Latchkey")) },
        },
        {
            { WindowAct::Quit, u"quit"_s, say(QT_TRANSLATE_NOOP("WindowAct", "Quit")), Qt::CTRL | Qt::Key_Q },
        },
    };
}

} // namespace latchkey
