// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/exchangeoperation.h"

#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/secretbinding.h"

namespace latchkey {

namespace {

// The vendor's waiting time applies to the next request too, whatever sends it (R40).
void keepWait(AccountRepository &repository, const PreparedAccount &prepared, const Problem &problem)
{
    const Account *current = repository.find(prepared.account.id);
    if (!current || !problem.retryAt.isValid())
        return;
    const auto endpoint = prepared.provider->tokenEndpoint;
    if (endpoint(current->fields) != endpoint(prepared.account.fields))
        return;
    Account account = *current;
    account.lastProblem = problem;
    static_cast<void>(repository.storeAccount(account));
}

} // namespace

ExchangeOperation::ExchangeOperation(FlowContext &context, AccountRepository &repository, QObject *parent)
    : TokenOperation(context, repository, parent)
{
}

void ExchangeOperation::start(PreparedAccount prepared, Grant grant)
{
    m_prepared = std::move(prepared);
    m_reservation = std::move(m_prepared.reservation);
    m_grant = std::move(grant);
    // No other process knows of a new account before it is stored.
    if (m_prepared.isNew)
        return locked();
    // A refresh of the same account, here or in another process, must not run at the same time.
    lock(m_prepared.account.id);
}

void ExchangeOperation::locked()
{
    makeReady();
}

// Removed while the user was signing in: nothing may bring it back.
bool ExchangeOperation::isGone() const
{
    m_repository.catchUp();
    return !m_prepared.isNew && !m_repository.find(m_prepared.account.id);
}

void ExchangeOperation::failed(const Problem &problem)
{
    letGo();
    Q_EMIT finished(failure(problem));
}

void ExchangeOperation::ready()
{
    if (isGone())
        return failed(problem(Problem::Kind::NoSuchAccount));
    ask(*m_prepared.provider, m_prepared.account.fields, m_prepared.secrets.fields);
}

void ExchangeOperation::answered(const TokenResult &result)
{
    const bool isRemoved = isGone();
    if (!result) {
        const Problem problem = problemOf(result.error(), m_context.clock());
        keepWait(m_repository, m_prepared, problem);
        return failed(problem);
    }
    if (isRemoved)
        return failed(problem(Problem::Kind::NoSuchAccount));
    if (const Account *current = m_repository.find(m_prepared.account.id))
        keepChangesOf(*current, m_prepared);
    takeToken(m_prepared.account, m_prepared.secrets, m_grant, *result, m_prepared.userBefore);
    storeBound();
}

// If the user edited the account meanwhile, its stored secrets were bound to the new address. If only the
// profile was changed, they were not, and the token stays bound to the address it was obtained with.
void ExchangeOperation::storeBound()
{
    const auto write = [this] {
        Q_EMIT storing();
        store(m_prepared.account, m_prepared.secrets);
    };
    if (!bindingFault(m_prepared.account, m_prepared.secrets, m_context.clock()))
        return write();
    m_repository.readSecrets(m_prepared.account.id,
                             { this, [this, write](const Result<AccountSecrets, Problem> &read) {
                                  if (read)
                                      m_prepared.secrets.boundTo = read->boundTo;
                                  write();
                              } });
}

void ExchangeOperation::stored(const Result<void, Problem> &result)
{
    letGo();
    // The token is there and held in memory: the window shows that it is not saved.
    if (result || result.error().kind == Problem::Kind::NotSaved) {
        Q_EMIT finished(m_prepared.account.id);
        return;
    }
    Q_EMIT finished(failure(result.error()));
}

} // namespace latchkey
