// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/passphrasecommand.h"

namespace latchkey {

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
