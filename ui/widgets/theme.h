// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/icon.h"

class QApplication;

namespace latchkey {

// Puts style, palette and style sheet in force, on everything that is shown and will be shown.
//
// The style sheet (resources/style/style.qss) looks at these dynamic properties, set before the widget is
// shown:
//   QPushButton  kind = "primary" | "danger" | "quiet" | "link"
//   QLabel       look = "title" | "heading" | "muted" | "mono" | "error" | "warning" | "caption"
//   QFrame       look = "card" | "banner" | "line" | "well"
void applyTheme(QApplication &app, Preferences::Appearance appearance);

} // namespace latchkey
