// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

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

} // namespace latchkey
