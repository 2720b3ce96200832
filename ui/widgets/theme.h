// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"

#include <QColor>

class QApplication;

namespace latchkey {

// The colours of one appearance. Everything that is painted takes its colours from here.
struct Colours
{
    QColor window;
    QColor panel; // bars, cards, dialogs
    QColor line; // borders and dividers
    QColor text;
    QColor muted;
    QColor accent;
    QColor onAccent; // text on the accent colour
    QColor ok;
    QColor warning;
    QColor bad;
    QColor chip;
    QColor selected; // the selected row
    QColor track; // under a progress bar
    QColor hover;

    friend bool operator==(const Colours &, const Colours &) = default;
};

// What a text or a pictogram means; the colour is looked up when it is painted, so that a change of
// appearance needs no new icons.
enum class Tone { Text, Muted, Accent, OnAccent, Ok, Warning, Bad };

[[nodiscard]] const Colours &colours(); // of the appearance in force
[[nodiscard]] QColor colour(Tone tone);
[[nodiscard]] bool isDark();
void setDark(bool dark); // only for applyTheme()

// Puts style, palette and style sheet in force, on everything that is shown and will be shown.
//
// The style sheet (resources/style/style.qss) looks at these dynamic properties, set before the widget is
// shown:
//   QPushButton  kind = "primary" | "danger" | "quiet" | "link"
//   QLabel       look = "title" | "heading" | "muted" | "mono" | "error" | "warning" | "caption"
//   QFrame       look = "card" | "banner" | "line" | "well"
void applyTheme(QApplication &app, Preferences::Appearance appearance);

} // namespace latchkey
