// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/vaultcommand.h"

#include "app/latchkey-cli/inputfile.h"
#include "core/text/passphrasetext.h"

namespace latchkey {

using namespace Qt::StringLiterals;

VaultCommand::VaultCommand(const Context &context, std::unique_ptr<Command> command, WhenClosed whenClosed)
    : Command(context), m_command(std::move(command)), m_whenClosed(whenClosed)
{
    connect(m_command.get(), &Command::finished, this, &Command::finished);
}

void VaultCommand::start()
{
    VaultService &vault = program().encryptedVault();
    if (!vault.isLocked())
        return opened({});
    if (vault.exists())
        unlock();
    else
        create();
}

void VaultCommand::cancel()
{
    if (m_isRunning)
        m_command->cancel();
    else
        Command::cancel();
}

void VaultCommand::unlock()
{
    const QString path = line().value(u"--passphrase-file"_s);
    if (path.isEmpty() && !console().isTerminal())
        return stayClosed({ Problem::Kind::VaultLocked, {}, {}, program().clock()(), {} });
    if (const auto passphrase =
            path.isEmpty() ? console().askSecret(u"Passphrase of the vault"_s) : fromFile(path))
        open(*passphrase, false);
    else if (path.isEmpty())
        finish(ExitStatus::Cancelled);
}

void VaultCommand::create()
{
    // Without the word of its user a vault is not made: one that was there is gone.
    if (!line().has(u"--store"_s))
        return stayClosed({ Problem::Kind::VaultDamaged, {}, {}, program().clock()(), {} });
    const QString path = line().value(u"--passphrase-file"_s);
    if (path.isEmpty() && !console().isTerminal()) {
        const ProblemText text {
            u"A vault needs a passphrase, and nobody is there to be asked."_s,
            {},
            u"Write one to the first line of a file, and give it with --passphrase-file."_s,
            NextStep::None
        };
        sayError(console(), nameOf(Problem::Kind::VaultLocked), text, ExitStatus::SecretStore);
        return finish(ExitStatus::SecretStore);
    }
    const auto passphrase = path.isEmpty() ? askedTwice() : fromFile(path);
    if (!passphrase)
        return;
    if (const auto fault = passphraseFault(*passphrase))
        return refuse(passphraseText(*fault));
    if (!path.isEmpty())
        console().say(noRecoveryText());
    open(*passphrase, true);
}

void VaultCommand::open(const Secret &passphrase, bool isNew)
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

void VaultCommand::opened(const Result<void, Problem> &done)
{
    if (!done)
        return stayClosed(done.error());
    if (const auto warning = program().encryptedVault().warning())
        static_cast<void>(report(console(), *warning, nullptr));
    if (program().encryptedVault().isWeaker())
        console().say(
            u"latchkey-cli: Memory was short when the vault was made, so its passphrase is protected "
            "less than usual."_s);
    runCommand();
}

void VaultCommand::stayClosed(const Problem &why)
{
    if (m_whenClosed == WhenClosed::EndWithoutIt)
        return fail(why);
    static_cast<void>(report(console(), why, nullptr));
    runCommand();
}

void VaultCommand::runCommand()
{
    m_isRunning = true;
    m_command->start();
}

std::optional<Secret> VaultCommand::fromFile(const QString &path)
{
    auto first = readInputFile(path, passphraseMaximum + 3, ReadUntil::LineEnd);
    if (!first) {
        fail({ Problem::Kind::FileFailed, path, {}, program().clock()(), {} });
        return {};
    }
    if (const qsizetype end = first->indexOf('\n'); end >= 0)
        first->truncate(end);
    while (first->endsWith('\r'))
        first->chop(1);
    const Secret passphrase(*first);
    first->fill('\0');
    if (passphrase.isEmpty()) {
        refuse(u"The first line of %1 is empty: the vault's passphrase has to stand there."_s.arg(path));
        return {};
    }
    return passphrase;
}

std::optional<Secret> VaultCommand::askedTwice()
{
    console().say(noRecoveryText());
    auto first = console().askSecret(u"Passphrase for the new vault"_s);
    if (!first || first->isEmpty()) {
        finish(ExitStatus::Cancelled);
        return {};
    }
    if (const auto fault = passphraseFault(*first)) {
        refuse(passphraseText(*fault));
        return {};
    }
    const auto again = console().askSecret(u"The passphrase again"_s);
    if (!again || !(*again == *first)) {
        refuse(u"The two passphrases differ: nothing was made."_s);
        return {};
    }
    return first;
}

} // namespace latchkey
