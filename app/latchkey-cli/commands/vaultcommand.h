// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/passphrasecommand.h"

namespace latchkey {

// Where the secrets are, how they get to another place, and the vault's passphrase.
class VaultCommand final : public PassphraseCommand
{
    Q_OBJECT

public:
    using PassphraseCommand::PassphraseCommand;
    void start() override;
    // A move that has not come to its switch becomes undone, and says so itself.
    void cancel() override;

private:
    void showStatus();
    [[nodiscard]] bool writeVault();
    void move(SecretPlace to);
    void moved(const std::optional<Problem> &problem);
    void clear();
    void openUsed();
    void removeLeftovers();
    void failToClear(const Problem &why);
    void changePassphrase();
    void say(const QString &sentence); // nothing as JSON
    void end();

    MoveSecretsOperation *m_move = nullptr;
    SecretMoveService::Leftovers m_asked; // what "clear" asked about
};

} // namespace latchkey
