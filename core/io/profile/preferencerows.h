// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"

#include <QMap>
#include <QString>

namespace latchkey {

// Preferences as rows of text by key. A row that is missing or makes no sense reads as the default.
[[nodiscard]] QMap<QString, QString> toRows(const Preferences &preferences);
[[nodiscard]] Preferences preferencesFromRows(const QMap<QString, QString> &rows);

} // namespace latchkey
