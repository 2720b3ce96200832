// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acts/windowact.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString actText(const char *text)
{
    return QCoreApplication::translate("WindowAct", text);
}

QList<WindowActLook> files()
{
    return {
        { WindowAct::Export, u"export"_s, actText(QT_TRANSLATE_NOOP("WindowAct", "Export…")),
          Qt::CTRL | Qt::Key_E },
        { WindowAct::ExportTemplates, u"template"_s,
          actText(QT_TRANSLATE_NOOP("WindowAct", "Export templates…")) },
        { WindowAct::ImportTemplates, u"import"_s,
          actText(QT_TRANSLATE_NOOP("WindowAct", "Import templates…")) },
    };
}

QList<WindowActLook> looks()
{
    return {
        { WindowAct::Doctor, u"doctor"_s, actText(QT_TRANSLATE_NOOP("WindowAct", "Doctor…")), Qt::Key_F8 },
        { WindowAct::Activity, u"activity"_s, actText(QT_TRANSLATE_NOOP("WindowAct", "Activity…")),
          Qt::CTRL | Qt::Key_H },
        { WindowAct::OwnRecipes, u"recipes"_s, actText(QT_TRANSLATE_NOOP("WindowAct", "Own formats…")) },
    };
}

} // namespace

QList<QList<WindowActLook>> moreMenu(VaultState vault)
{
    QList<WindowActLook> program {
        { WindowAct::Settings, u"settings"_s, actText(QT_TRANSLATE_NOOP("WindowAct", "Settings…")),
          Qt::CTRL | Qt::Key_Comma },
        { WindowAct::About, u"info"_s, actText(QT_TRANSLATE_NOOP("WindowAct", "About Latchkey")) },
    };
    program.prepend(
        { WindowAct::Secrets, u"key"_s, actText(QT_TRANSLATE_NOOP("WindowAct", "Where secrets are kept…")) });
    const QKeySequence lockKeys = Qt::CTRL | Qt::Key_L;
    if (vault == VaultState::Open)
        program.prepend({ WindowAct::LockVault, u"lock"_s,
                          actText(QT_TRANSLATE_NOOP("WindowAct", "Lock the vault")), lockKeys });
    else if (vault == VaultState::Locked)
        program.prepend({ WindowAct::LockVault, u"unlock"_s,
                          actText(QT_TRANSLATE_NOOP("WindowAct", "Unlock the vault…")), lockKeys });
    return {
        files(),
        looks(),
        program,
        {
            { WindowAct::Quit, u"quit"_s, actText(QT_TRANSLATE_NOOP("WindowAct", "Quit")),
              Qt::CTRL | Qt::Key_Q },
        },
    };
}

} // namespace latchkey
