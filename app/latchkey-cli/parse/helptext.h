// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/parse/commandtable.h"

#include <QString>

namespace latchkey {

// "latchkey-cli token NAME [--as RECIPE] ..."
[[nodiscard]] QString synopsisOf(const CommandSpec &command);
[[nodiscard]] QString helpFor(const CommandSpec &command);
[[nodiscard]] QString overview(); // all commands, the global options, the exit statuses

} // namespace latchkey
