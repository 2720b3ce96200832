// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/handoutcommand.h"

namespace latchkey {

// `token NAME`: prints it, and nothing else, on standard output.
class TokenCommand final : public HandoutCommand
{
    Q_OBJECT

public:
    using HandoutCommand::HandoutCommand;

protected:
    [[nodiscard]] std::optional<QStringList> recipes() override;
    [[nodiscard]] QString programName() const override;
    void take(const Account &account, const Handout &handout) override;
};

} // namespace latchkey
