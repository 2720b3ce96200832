// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/passphrasecommand.h"

#include "app/latchkey-cli/parse/fieldinput.h"
#include "core/text/accounttext.h"

namespace latchkey {

using namespace Qt::StringLiterals;

std::optional<Secret> PassphraseCommand::knownPassphrase(const QString &option)
{
    if (const QString path = line().value(option); !path.isEmpty())
        return fromFile(path);
    if (!console().isTerminal()) {
        fail(Problem::Kind::VaultLocked);
        return {};
    }
    auto passphrase = console().askSecret(u"Passphrase of the vault"_s);
    if (!passphrase)
        finish(ExitStatus::Cancelled);
    return passphrase;
}

std::optional<Secret> PassphraseCommand::newPassphrase(const QString &option)
{
    const QString path = line().value(option);
    if (path.isEmpty() && !console().isTerminal()) {
        failWithoutTerminal(option);
        return {};
    }
    auto passphrase = path.isEmpty() ? askedTwice() : fromFile(path);
    if (!passphrase)
        return {};
    if (const auto fault = passphraseFault(*passphrase)) {
        refuse(passphraseText(*fault));
        return {};
    }
    if (!path.isEmpty())
        console().say(noRecoveryText());
    return passphrase;
}

void PassphraseCommand::failWithoutTerminal(const QString &option)
{
    const ProblemText text { u"A vault needs a passphrase, and there is no terminal to ask for it."_s,
                             {},
                             u"Write one to the first line of a file, and give it with %1."_s.arg(option),
                             NextStep::None };
    sayError(console(), nameOf(Problem::Kind::VaultLocked), text, ExitStatus::SecretStore);
    finish(ExitStatus::SecretStore);
}

std::optional<Secret> PassphraseCommand::fromFile(const QString &path)
{
    auto first = readInputFile(path, passphraseMaximum + 6, ReadUntil::LineEnd);
    if (!first) {
        fail(Problem::Kind::FileFailed, path);
        return {};
    }
    if (const qsizetype end = first->indexOf('\n'); end >= 0)
        first->truncate(end);
    while (first->endsWith('\r'))
        first->chop(1);
    Secret passphrase(*first);
    first->fill('\0');
    if (passphrase.isEmpty()) {
        refuse(u"The first line of %1 is empty: the vault's passphrase has to stand there."_s.arg(path));
        return {};
    }
    if (const auto fault = encodingFault(passphrase)) {
        refuse(passphraseText(*fault));
        return {};
    }
    return passphrase;
}

std::optional<Secret> PassphraseCommand::askedTwice()
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
    if (!again) {
        finish(ExitStatus::Cancelled);
        return {};
    }
    if (!(*again == *first)) {
        refuse(u"The two passphrases differ: nothing was made."_s);
        return {};
    }
    return first;
}

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
