// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/caller.h"

#include "core/base/characters.h"

#include <QFile>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace latchkey {

using namespace Qt::StringLiterals;

QString callerForTheRecord()
{
    QString name;
#ifdef Q_OS_UNIX
    QFile file(u"/proc/%1/comm"_s.arg(::getppid()));
    if (file.open(QIODevice::ReadOnly))
        name = recordedName(QString::fromUtf8(file.read(64)).trimmed());
#endif
    return name.isEmpty() ? u"latchkey-cli"_s : u"latchkey-cli from "_s + name;
}

QString recordedName(const QString &program)
{
    constexpr qsizetype longest = 40;
    return visibleLine(program, longest);
}

} // namespace latchkey
