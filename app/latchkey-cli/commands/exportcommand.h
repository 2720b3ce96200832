// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

#include <QList>

namespace latchkey {

class ExportCommand final : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() override;

private:
    [[nodiscard]] std::optional<QList<AccountId>> chosen(); // nothing: it was said why, and finished
    [[nodiscard]] QString target() const;
    void written(const Result<QStringList, Problem> &done);

    QList<AccountId> m_ids;
    bool m_holdsTokens = false; // the files do
    std::optional<AccountId> m_stoppedAt;
};

} // namespace latchkey
