// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/storechoice.h"
#include "app/latchkey-cli/parse/commandline.h"
#include "app/latchkey-cli/terminal/console.h"

#include <optional>

namespace latchkey {

// Why the line does not fit to where the profile keeps its secrets: it was said, and this is the status to
// end with. Nothing: it fits.
[[nodiscard]] std::optional<int> refusalOfStore(const CommandLine &line, const StoreChoice &store,
                                                Console &console);

} // namespace latchkey
