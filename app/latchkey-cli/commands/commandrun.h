// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

namespace latchkey {

// How a command ended: what the process exits with or, where there is one, does next.
struct Ended
{
    int status = ExitStatus::Failed;
    Command::Afterwards afterwards = {};
};
// Opens the profile if the line's command needs it, runs the command, and waits for what it leaves under way.
// After a run with a profile it comes back only where there is something to do afterwards; otherwise the
// process has exited.
[[nodiscard]] Ended runCommand(const CommandLine &line, Console &console);

} // namespace latchkey
