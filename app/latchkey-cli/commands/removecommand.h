// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

namespace latchkey {

class RemoveCommand final : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() override;
    // The account is marked by now; what is begun is brought to its end, unless somebody asks twice.
    void cancel() override;

private:
    void removed(const Account &account);

    bool m_isRemoving = false;
};

} // namespace latchkey
