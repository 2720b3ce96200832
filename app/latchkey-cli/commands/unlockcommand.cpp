// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/unlockcommand.h"

namespace latchkey {

using namespace Qt::StringLiterals;

UnlockCommand::UnlockCommand(const Context &context, std::unique_ptr<Command> command, WhenClosed whenClosed)
    : PassphraseCommand(context), m_command(std::move(command)), m_whenClosed(whenClosed)
{
    connect(m_command.get(), &Command::finished, this, &Command::finished);
}

void UnlockCommand::start()
{
    VaultService &vault = program().encryptedVault();
    if (!vault.isLocked())
        return opened({});
    if (vault.exists())
        unlock();
    else
        create();
}

void UnlockCommand::cancel()
{
    if (m_isRunning)
        m_command->cancel();
    else
        Command::cancel();
}

void UnlockCommand::unlock()
{
    if (!line().has(u"--passphrase-file"_s) && !console().isTerminal())
        return stayClosed(problem(Problem::Kind::VaultLocked));
    if (const auto passphrase = knownPassphrase(u"--passphrase-file"_s))
        open(*passphrase, false);
}

void UnlockCommand::create()
{
    // Makes a vault only if the user asks for one, and never instead of one that should be there.
    const QString recorded = program().repository().secrets().places().recordedBackend().value_or(QString());
    if (!recorded.isEmpty() || !line().has(u"--store"_s))
        return stayClosed(problem(Problem::Kind::VaultDamaged, u"there is none in this profile"_s));
    if (const auto passphrase = newPassphrase(u"--passphrase-file"_s))
        open(*passphrase, true);
}

void UnlockCommand::open(const Secret &passphrase, bool isNew)
{
    VaultService::Done done { this, [this](const Result<void, Problem> &answer) { opened(answer); } };
    if (isNew)
        program().encryptedVault().create(passphrase,
                                          { this, [this, passphrase](const Result<void, Problem> &made) {
                                               // Another process was quicker; with the same passphrase its
                                               // vault is as good.
                                               if (!made && made.error().kind == Problem::Kind::FileExists)
                                                   return open(passphrase, false);
                                               opened(made);
                                           } });
    else
        program().encryptedVault().unlock(passphrase, done);
}

void UnlockCommand::opened(const Result<void, Problem> &done)
{
    if (!done)
        return stayClosed(done.error());
    if (program().encryptedVault().notes().isMadeWithLessMemory)
        console().say(
            u"latchkey-cli: Memory was short when the vault was made, so its passphrase is protected "
            "less than usual."_s);
    runCommand();
}

void UnlockCommand::stayClosed(const Problem &why)
{
    if (m_whenClosed == WhenClosed::EndWithoutIt)
        return fail(why);
    static_cast<void>(report(console(), why, nullptr));
    runCommand();
}

void UnlockCommand::runCommand()
{
    m_isRunning = true;
    m_command->start();
}

} // namespace latchkey
