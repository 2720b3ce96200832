// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/commandfactory.h"

#include "app/latchkey-cli/commands/passphrasecommand.h"
#include "app/latchkey-cli/commands/vaultcommand.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using Needs = CommandEntry::Needs;

namespace {

const CommandEntry &entryOf(const CommandSpec &command)
{
    const QList<CommandEntry> &all = commandEntries();
    const auto found = std::find_if(all.begin(), all.end(), [&command](const CommandEntry &entry) {
        return QByteArrayView(entry.name) == command.name;
    });
    Q_ASSERT(found != all.end());
    return *found;
}

} // namespace

const QList<CommandEntry> &commandEntries()
{
    // "vault" opens the vault by itself.
    static const QList<CommandEntry> all = accountCommands() + saveCommands() + signInCommands()
        + requestCommands() + handoutCommands() + recipeCommands() + templatesCommands()
        + QList<CommandEntry> { { "vault", &newCommand<VaultCommand>, Needs::Profile } };
    return all;
}

bool needsProfile(const CommandSpec &command)
{
    return entryOf(command).needs != Needs::Nothing;
}

std::unique_ptr<Command> makeCommand(const Command::Context &context)
{
    const CommandEntry &entry = entryOf(*context.line.command);
    auto command = entry.make(context);
    if (!context.program || !context.program->encryptedVault().isUsed())
        return command;
    // With --store the user wants the store opened, whatever the command.
    if (entry.needs == Needs::Profile && !context.line.has(u"--store"_s))
        return command;
    // To the doctor a vault that does not open is a finding like any other.
    const auto whenClosed = entry.needs == Needs::SecretsIfOpen ? UnlockCommand::WhenClosed::RunAllTheSame
                                                                : UnlockCommand::WhenClosed::EndWithoutIt;
    return std::make_unique<UnlockCommand>(context, std::move(command), whenClosed);
}

} // namespace latchkey
