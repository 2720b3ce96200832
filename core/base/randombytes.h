// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace latchkey {

// Returns `count` unpredictable bytes. Tests pass their own function.
using RandomBytes = QByteArray (*)(qsizetype count);

// From the operating system's generator (R4, R5).
[[nodiscard]] QByteArray systemRandomBytes(qsizetype count);

} // namespace latchkey
