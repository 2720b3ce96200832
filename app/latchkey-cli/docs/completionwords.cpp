// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/docs/completionwords.h"

#include "core/provider/providers.h"
#include "core/recipe/exportformat.h"
#include "core/recipe/recipe.h"

namespace latchkey {

QByteArrayList completionWords(Completes what, const char *words)
{
    QByteArrayList list;
    switch (what) {
    case Completes::Provider:
        for (const Provider &provider : providers())
            list.append(provider.id.toUtf8());
        break;
    case Completes::Recipe:
        for (const Recipe &recipe : recipes())
            list.append(recipe.id.toUtf8());
        break;
    case Completes::ExportFormat:
        for (const ExportFormat &format : exportFormats())
            list.append(format.id.toUtf8());
        break;
    case Completes::Words: list = QByteArray(words).split(' '); break;
    default: break;
    }
    return list;
}

QByteArray singleQuoted(QByteArray text)
{
    return '\'' + text.replace('\'', "'\\''") + '\'';
}

QByteArray fishQuoted(QByteArray text)
{
    return '\'' + text.replace('\\', "\\\\").replace('\'', "\\'") + '\'';
}

QByteArray completionHead()
{
    return "# SPDX-FileCopyrightText: 2026 Latchkey contributors\n"
           "# SPDX-License-Identifier: GPL-3.0-or-later\n"
           "# Made from the command table of latchkey-cli.\n";
}

} // namespace latchkey
