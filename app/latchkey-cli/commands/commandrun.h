// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

namespace latchkey {

// How a command ended: the exit status or, if there is one, what the process does next.
struct Ended
{
    int status = ExitStatus::Failed;
    Command::Afterwards afterwards = {};
};
// Opens the profile if the line's command needs it, runs the command, and waits for what it leaves under way.
// After a run with a profile it returns only if there is something to do afterwards; otherwise the process
// exits here.
[[nodiscard]] Ended runCommand(const CommandLine &line, Console &console);

} // namespace latchkey
