// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/handoutcommand.h"

#include <QList>

namespace latchkey {

// `exec NAME -- COMMAND`: gets the token, ends everything of this program, and becomes COMMAND.
class ExecCommand final : public HandoutCommand
{
    Q_OBJECT

public:
    using HandoutCommand::HandoutCommand;
    [[nodiscard]] Afterwards afterwards() override;

protected:
    [[nodiscard]] std::optional<QStringList> recipes() override;
    [[nodiscard]] QString programName() const override;
    void take(const Account &account, const Handout &handout) override;

private:
    QList<QByteArray> m_names; // of the variables, in the order of the forms
    QList<Secret> m_values;
};

} // namespace latchkey
