// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/draft/preparedaccount.h"
#include "core/flow/token/tokenoperation.h"

namespace latchkey {

// Gets the token that a draft asked for and stores account and token together; when that fails nothing is
// stored. Lives for one call; deleting it before storing() cancels it.
class ExchangeOperation final : public TokenOperation
{
    Q_OBJECT

public:
    ExchangeOperation(FlowContext &context, AccountRepository &repository, QObject *parent = nullptr);

    void start(PreparedAccount prepared, Grant grant);

Q_SIGNALS:
    void storing();
    void finished(const latchkey::Result<latchkey::AccountId, latchkey::Problem> &result);

private:
    void locked() override;
    void ready() override;
    void answered(const TokenResult &result) override;
    void stored(const Result<void, Problem> &result) override;
    void failed(const Problem &problem) override;

    [[nodiscard]] bool isGone() const;
    void storeBound();

    PreparedAccount m_prepared;
};

} // namespace latchkey
