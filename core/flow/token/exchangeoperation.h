// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/flow/draft/accountdraftrules.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/oauth/tokenresponse.h"
#include "core/port/lock.h"
#include "core/provider/provider.h"

#include <QObject>

namespace latchkey {

class AccountRepository;
struct FlowContext;

// Gets the token that a draft asked for and stores account and token together; when that fails nothing is
// stored. Lives for one call; deleting it before storing() cancels it.
class ExchangeOperation final : public QObject
{
    Q_OBJECT

public:
    ExchangeOperation(FlowContext &context, AccountRepository &repository, QObject *parent = nullptr);

    void start(PreparedAccount prepared, Grant grant);

Q_SIGNALS:
    void storing();
    void finished(const latchkey::Result<latchkey::AccountId, latchkey::Problem> &result);

private:
    [[nodiscard]] bool isGone() const;
    void refuse(const Problem &problem);
    void reserveSpace();
    void send();
    void take(const TokenResult &result);
    void bind();
    void store();
    void write();

    FlowContext &m_context;
    AccountRepository &m_repository;
    PreparedAccount m_prepared;
    Grant m_grant;
    std::shared_ptr<LockHold> m_lock;
    std::shared_ptr<LockHold> m_placesLock;
    AccountSecretStore::SpaceReservation m_reservation;
};

} // namespace latchkey
