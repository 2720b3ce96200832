// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/savecommand.h"

namespace latchkey {

class RenameCommand final : public SaveCommand
{
    Q_OBJECT

public:
    using SaveCommand::SaveCommand;
    void start() override;

private:
    void saved(const Account &account, bool lostToken) override;
};

} // namespace latchkey
