// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/commandfactory.h"

#include "app/latchkey-cli/commands/accountscommand.h"
#include "app/latchkey-cli/commands/activitycommand.h"
#include "app/latchkey-cli/commands/addcommand.h"
#include "app/latchkey-cli/commands/doctorcommand.h"
#include "app/latchkey-cli/commands/editcommand.h"
#include "app/latchkey-cli/commands/execcommand.h"
#include "app/latchkey-cli/commands/exportcommand.h"
#include "app/latchkey-cli/commands/providerscommand.h"
#include "app/latchkey-cli/commands/recipescommand.h"
#include "app/latchkey-cli/commands/refreshcommand.h"
#include "app/latchkey-cli/commands/removecommand.h"
#include "app/latchkey-cli/commands/renamecommand.h"
#include "app/latchkey-cli/commands/signincommand.h"
#include "app/latchkey-cli/commands/templatescommand.h"
#include "app/latchkey-cli/commands/testcommand.h"
#include "app/latchkey-cli/commands/tokencommand.h"
#include "app/latchkey-cli/commands/unlockcommand.h"
#include "app/latchkey-cli/commands/vaultcommand.h"

#include <algorithm>
#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Maker = std::unique_ptr<Command> (*)(const Command::Context &context);

template <typename Kind>
std::unique_ptr<Command> make(const Command::Context &context)
{
    return std::make_unique<Kind>(context);
}

struct Entry
{
    const char *name;
    Maker maker;
    enum class Needs { Nothing, Profile, SecretsIfOpen, Secrets } needs = Needs::Secrets;
};

constexpr auto factories = std::to_array<Entry>({
    { "providers", &make<ProvidersCommand>, Entry::Needs::Nothing },
    { "add", &make<AddCommand> },
    { "edit", &make<EditCommand> },
    { "rename", &make<RenameCommand> },
    { "remove", &make<RemoveCommand> },
    { "accounts", &make<AccountsCommand>, Entry::Needs::Profile },
    { "sign-in", &make<SignInCommand> },
    { "token", &make<TokenCommand> },
    { "exec", &make<ExecCommand> },
    { "test", &make<TestCommand> },
    { "doctor", &make<DoctorCommand>, Entry::Needs::SecretsIfOpen },
    { "refresh", &make<RefreshCommand> },
    { "recipes", &make<RecipesCommand>, Entry::Needs::Profile },
    { "export", &make<ExportCommand> },
    { "templates", &make<TemplatesCommand>, Entry::Needs::Profile },
    { "vault", &make<VaultCommand>, Entry::Needs::Profile }, // opens it by itself
    { "activity", &make<ActivityCommand>, Entry::Needs::Profile },
});

const Entry *entryOf(const CommandSpec &command)
{
    const auto *found = std::find_if(factories.begin(), factories.end(), [&command](const Entry &entry) {
        return QByteArrayView(entry.name) == command.name;
    });
    return found == factories.end() ? nullptr : found;
}

} // namespace

std::unique_ptr<Command> makeCommand(const Command::Context &context)
{
    const Entry *entry = entryOf(*context.line.command);
    if (!entry)
        return nullptr;
    auto command = entry->maker(context);
    if (!context.program || !context.program->encryptedVault().isUsed())
        return command;
    // Who names the store wants it, whatever the command.
    if (entry->needs == Entry::Needs::Profile && !context.line.has(u"--store"_s))
        return command;
    // To the doctor a vault that does not open is a finding like any other.
    const auto whenClosed = entry->needs == Entry::Needs::SecretsIfOpen
        ? UnlockCommand::WhenClosed::RunAllTheSame
        : UnlockCommand::WhenClosed::EndWithoutIt;
    return std::make_unique<UnlockCommand>(context, std::move(command), whenClosed);
}

bool needsProfile(const CommandSpec &command)
{
    const Entry *entry = entryOf(command);
    return !entry || entry->needs != Entry::Needs::Nothing;
}

} // namespace latchkey
