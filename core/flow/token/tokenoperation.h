// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/oauth/tokenresponse.h"
#include "core/port/lock.h"
#include "core/provider/provider.h"

#include <QObject>

#include <memory>
#include <optional>

namespace latchkey {

class AccountRepository;
struct FlowContext;

// What getting a token always takes: the account's lock (R38), space for the answer (R37), one
// request, and storing what it answers. Each step answers through one of the functions below. Lives for one
// call; deleting it cancels it.
class TokenOperation : public QObject
{
    Q_OBJECT

protected:
    TokenOperation(FlowContext &context, AccountRepository &repository, QObject *parent);

    void lock(const AccountId &id); // then locked(), or failed()
    // Sets space aside for the answer where it must not be lost, then ready(), or failed().
    void makeReady();
    void ask(const Provider &provider, const FieldValues &fields, const SecretValues &secrets);
    // What cannot be written is held in memory (R41).
    void store(const Account &account, const AccountSecrets &secrets);
    void letGo(); // of lock and space

    virtual void locked() = 0;
    virtual void ready() = 0;
    virtual void answered(const TokenResult &result) = 0;
    virtual void stored(const Result<void, Problem> &result) = 0;
    virtual void failed(const Problem &problem) = 0; // nothing was sent

    [[nodiscard]] Problem problem(Problem::Kind kind) const;

    FlowContext &m_context;
    AccountRepository &m_repository;
    Grant m_grant;
    std::shared_ptr<LockHold> m_lock;
    std::optional<AccountSecretStore::SpaceReservation> m_reservation;
};

} // namespace latchkey
