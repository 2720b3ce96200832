// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace latchkey {

// Texts that wrap need more height than Qt reserves for them: makes the window high enough for all it shows
// at its present width, but never smaller, and never higher than its screen.
void growToFit(QWidget &window);

// Makes the window at least this high, about the same middle, as far as its screen allows.
void growTo(QWidget &window, int height);

} // namespace latchkey
