// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

#include <optional>

namespace latchkey {

class ActivityCommand final : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() override;

private:
    void change(const std::optional<AccountId> &account);
    void list(const std::optional<AccountId> &account);
    void changed(const Result<void, Problem> &done, const QString &sentence);
};

} // namespace latchkey
