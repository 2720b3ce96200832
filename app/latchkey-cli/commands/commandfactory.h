// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

#include <QList>

namespace latchkey {

// What makes a command of the table (parse/commandtable.cpp), and what the command needs.
struct CommandEntry
{
    enum class Needs { Nothing, Profile, SecretsIfOpen, Secrets };

    const char *name; // as in the table
    std::unique_ptr<Command> (*make)(const Command::Context &context);
    Needs needs = Needs::Secrets;
};
template <typename Kind>
std::unique_ptr<Command> newCommand(const Command::Context &context)
{
    return std::make_unique<Kind>(context);
}

// The commands of each file.
[[nodiscard]] QList<CommandEntry> accountCommands();
[[nodiscard]] QList<CommandEntry> saveCommands();
[[nodiscard]] QList<CommandEntry> signInCommands();
[[nodiscard]] QList<CommandEntry> requestCommands();
[[nodiscard]] QList<CommandEntry> handoutCommands();
[[nodiscard]] QList<CommandEntry> recipeCommands();
[[nodiscard]] QList<CommandEntry> templatesCommands();

[[nodiscard]] const QList<CommandEntry> &commandEntries(); // of all files
[[nodiscard]] bool needsProfile(const CommandSpec &command);
// The command of the line. `context.program` is null where needsProfile() says no.
[[nodiscard]] std::unique_ptr<Command> makeCommand(const Command::Context &context);

} // namespace latchkey
