// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

namespace latchkey {

// The command of the line. `context.program` is null where needsProfile() says no.
[[nodiscard]] std::unique_ptr<Command> makeCommand(const Command::Context &context);
[[nodiscard]] bool needsProfile(const CommandSpec &command);

} // namespace latchkey
