// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/passphrasecommand.h"

#include "app/latchkey-cli/parse/inputfile.h"
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
    const ProblemText text { u"A vault needs a passphrase, and nobody is there to be asked."_s,
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

} // namespace latchkey
