// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

namespace latchkey {

class RecipesCommand final : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() override;

private:
    void list();
    void places();
    void add();
    void remove();
    // The template, from --file or standard input, without the line end that editors and echo put behind it.
    [[nodiscard]] Result<QString, QString> givenText() const;
    void done(const char *what, const QString &id);
};

} // namespace latchkey
