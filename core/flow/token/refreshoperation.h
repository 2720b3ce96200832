// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/token/tokenoperation.h"

#include <QDateTime>

namespace latchkey {

// Gets a new token for one account without the user. Takes the account's lock, reads what is stored (another
// process may have refreshed it meanwhile), reserves space for the answer, asks the provider once, stores
// what it answers (R37 to R41).
// A failure leaves the old token in place and is kept with the account. Lives for one call.
class RefreshOperation final : public TokenOperation
{
    Q_OBJECT

public:
    // By the user, who may want to repeat what may have been done already; or in passing, where a token is to
    // be handed out: then what may have been carried out is not sent a second time (R40).
    enum class Asked { ByTheUser, InPassing };
    struct Order
    {
        AccountId id;
        Asked asked = Asked::ByTheUser;
    };

    RefreshOperation(FlowContext &context, AccountRepository &repository, Order order,
                     QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    // What the secret store holds now, with the new token.
    void finished(const latchkey::Result<latchkey::AccountSecrets, latchkey::Problem> &result);

private:
    void locked() override;
    void ready() override;
    void answered(const TokenResult &result) override;
    void stored(const Result<void, Problem> &result) override;
    void failed(const Problem &problem) override;

    void takeSecrets(AccountSecrets secrets);
    [[nodiscard]] bool adoptsNewer(const AccountSecrets &secrets);
    // What is stored may have been sent already.
    struct Doubt
    {
        Problem problem;
        QDateTime since;
        bool isNoted = false; // in the lock
        bool hasToBeTold = false; // before it may be sent again
    };
    [[nodiscard]] bool isSettled(const Account &account);
    [[nodiscard]] std::optional<Problem> refusalOf(const Account &account) const;
    [[nodiscard]] std::optional<Doubt> doubtOf(const Account &account) const;
    void accept(const TokenSet &tokens);
    void refuse(const TokenError &error);
    void confirmRefusal(const Problem &problem);
    void dropCode(const Account &account, const Problem &problem);
    void fail(Problem problem, bool needsSignIn);
    void end(const Result<AccountSecrets, Problem> &result);

    AccountId m_id;
    Asked m_asked;
    QDateTime m_startedAt;
    QDateTime m_issuedBefore; // the token that was to be refreshed; invalid: there was none
    AccountSecrets m_secrets;
    bool m_isSpent = false; // what was sent is of no more use
};

// How a token can be had without the user; nothing: only by signing in.
[[nodiscard]] std::optional<Grant> silentGrant(const Account &account, const AccountSecrets &secrets);

} // namespace latchkey
