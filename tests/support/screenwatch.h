// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace latchkey::test {

// A planted secret, plain or encoded as a text might be.
[[nodiscard]] bool holdsCanary(QStringView text);

// Where a planted secret can be read in this window or in what is in it: titles, tips, labels, fields,
// actions, the data of views, and all that a screen reader is told. A line whose content the user chose to
// see (R51) is meant to show it. The findings name the place, never the text.
[[nodiscard]] QStringList canariesIn(QWidget &window);

// Every test with widgets is linked with a watch that looks at all windows whenever the event loop turns or
// one of them closes, hears what the screen reader is told, and fails the test function that shows a planted
// secret (R48). While this lives, what the watch finds is collected instead.
class CollectedLeaks final
{
public:
    CollectedLeaks();
    ~CollectedLeaks();
    Q_DISABLE_COPY_MOVE(CollectedLeaks)

    [[nodiscard]] QStringList take(); // what was found so far
};

} // namespace latchkey::test
