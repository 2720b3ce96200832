// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace latchkey {

// First thing in main(): a file that may not grow is an error and not the end of the process; no core dumps,
// in release builds no tracing either; no environment variable that would turn secrets into output, and
// messages go to standard error with everything removed that looks like a secret (R49, R50).
void hardenProcess();

// Why this process must not show a window; nothing: it may. A window that runs as root through sudo would
// write root's files into the user's home and open root's browser.
[[nodiscard]] std::optional<QString> refusalToRun();

// A message as it may be seen.
[[nodiscard]] QString redacted(QString message);

} // namespace latchkey
