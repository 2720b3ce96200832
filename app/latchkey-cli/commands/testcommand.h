// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/commands/command.h"
#include "core/account/doctorfinding.h"

namespace latchkey {

class TestOperation;

// `test NAME`: what the vendor says to the account's token.
class TestCommand final : public Command
{
    Q_OBJECT

public:
    explicit TestCommand(const Context &context);
    ~TestCommand() override;

    void start() override;

private:
    void end(const AccountId &id, const Result<TokenTrial, Problem> &result);
    void show(const Account *account, const TokenTrial &trial);

    std::unique_ptr<TestOperation> m_operation;
};

} // namespace latchkey
