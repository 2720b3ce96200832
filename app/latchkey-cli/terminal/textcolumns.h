// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/terminal/console.h"

#include <QList>
#include <QStringList>

namespace latchkey {

// Lines of columns, each as wide as its longest cell on the screen; the last one ends where it ends.
class TextColumns final
{
public:
    void append(const QStringList &cells) { m_lines.append(cells); }
    [[nodiscard]] QStringList lines() const;
    // False: standard output is gone.
    bool writeTo(Console &console) const;

private:
    QList<QStringList> m_lines;
};

// How many places of a terminal the text takes: two for a Chinese or Japanese character, none for an accent
// that stands over the letter before it.
[[nodiscard]] qsizetype widthOnScreen(const QString &text);

} // namespace latchkey
