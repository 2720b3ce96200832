// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"

#include <QList>

#include <map>
#include <optional>

namespace latchkey {

class RefreshAllOperation;

// `refresh NAME ...` and `refresh --all`.
class RefreshCommand final : public Command
{
    Q_OBJECT

public:
    explicit RefreshCommand(const Context &context);
    ~RefreshCommand() override;

    void start() override;

private:
    // Nothing: it was said what is wrong with the line, and finished.
    [[nodiscard]] std::optional<QList<AccountId>> chosen();
    void take(const AccountId &id, const std::optional<Problem> &problem);
    void end();
    [[nodiscard]] QJsonObject jsonOf(const AccountId &id) const;
    [[nodiscard]] int statusOf(const AccountId &id) const;

    QList<AccountId> m_ids; // in the order given
    std::map<AccountId, std::optional<Problem>> m_results;
    std::unique_ptr<RefreshAllOperation> m_operation;
};

} // namespace latchkey
