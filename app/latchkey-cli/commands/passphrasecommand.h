// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

namespace latchkey {

// A command that needs a passphrase of the vault: from a file or from a terminal, never from an argument or
// the environment.
class PassphraseCommand : public Command
{
    Q_OBJECT

public:
    using Command::Command;

protected:
    // Each of these: nothing, and it was said why, and finished.
    // From the file of this option or, where it was not given, asked once.
    [[nodiscard]] std::optional<Secret> knownPassphrase(const QString &option);
    // The same for a passphrase that is to be: asked twice, and held against the rules.
    [[nodiscard]] std::optional<Secret> newPassphrase(const QString &option);

private:
    [[nodiscard]] std::optional<Secret> fromFile(const QString &path);
    [[nodiscard]] std::optional<Secret> askedTwice();
    void failWithoutTerminal(const QString &option);
};

// Opens the profile's vault, or makes it at its first use, and then runs the command it was given.
class UnlockCommand final : public PassphraseCommand
{
    Q_OBJECT

public:
    // What becomes of the command when the vault does not open.
    enum class WhenClosed { EndWithoutIt, RunAllTheSame };

    UnlockCommand(const Context &context, std::unique_ptr<Command> command, WhenClosed whenClosed);
    void start() override;
    void cancel() override;
    [[nodiscard]] Afterwards afterwards() override { return m_command->afterwards(); }

private:
    void create();
    void unlock();
    void open(const Secret &passphrase, bool isNew);
    void opened(const Result<void, Problem> &done);
    void stayClosed(const Problem &why);
    void runCommand();

    std::unique_ptr<Command> m_command;
    WhenClosed m_whenClosed;
    bool m_isRunning = false;
};

} // namespace latchkey
