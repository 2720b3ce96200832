// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

namespace latchkey {

class AccountsCommand final : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() override;

private:
    [[nodiscard]] bool isWanted(const Account &account) const;
    [[nodiscard]] QStringList cellsOf(const Account &account) const;
    // False: standard output takes no more.
    [[nodiscard]] bool writeLines(const QStringList &lines);
    [[nodiscard]] bool writeTable(QStringList lines);
};

} // namespace latchkey
