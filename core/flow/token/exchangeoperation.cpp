// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/exchangeoperation.h"

#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/secretbinding.h"
#include "core/flow/token/tokenoperation.h"

namespace latchkey {

namespace {

// How long the vendor wants to be left alone holds for whoever asks it next (R40).
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
    : QObject(parent), m_context(context), m_repository(repository)
{
}

void ExchangeOperation::start(PreparedAccount prepared, Grant grant)
{
    m_prepared = std::move(prepared);
    m_grant = std::move(grant);
    // A refresh of the same account, here or in another process, must not run at the same time.
    m_context.lock.acquire(m_prepared.account.id.value,
                           { this, [this](const LockResult &lock) {
                                if (!lock)
                                    return refuse(problemOf(lock.error(), m_context.clock()));
                                m_lock = *lock;
                                reserveSpace();
                            } });
}

// Removed while the user was signing in: nothing may bring it back.
bool ExchangeOperation::isGone() const
{
    m_repository.catchUp();
    return !m_prepared.isNew && !m_repository.find(m_prepared.account.id);
}

void ExchangeOperation::refuse(const Problem &problem)
{
    m_lock.reset();
    m_reservation.reset();
    Q_EMIT finished(failure(problem));
}

// A code works once: it is not spent on an answer that cannot be stored (R37).
void ExchangeOperation::reserveSpace()
{
    if (std::holds_alternative<ClientCredentialsGrant>(m_grant))
        return send();
    m_repository.secrets().reserveSpace(
        { this, [this](const Result<AccountSecretStore::SpaceReservation, Problem> &reservation) {
             if (!reservation)
                 return refuse(reservation.error());
             m_reservation = *reservation;
             send();
         } });
}

void ExchangeOperation::send()
{
    if (isGone())
        return refuse({ Problem::Kind::NoSuchAccount, {}, {}, m_context.clock(), {} });
    auto *operation = new TokenOperation(m_context.http, m_context.clock, *m_prepared.provider, this);
    connect(operation, &TokenOperation::finished, this, &ExchangeOperation::take);
    operation->start(m_prepared.account.fields, m_prepared.secrets.fields, m_grant);
}

void ExchangeOperation::take(const TokenResult &result)
{
    const bool isRemoved = isGone();
    if (!result) {
        const Problem problem = problemOf(result.error(), m_context.clock());
        keepWait(m_repository, m_prepared, problem);
        return refuse(problem);
    }
    if (isRemoved)
        return refuse({ Problem::Kind::NoSuchAccount, {}, {}, m_context.clock(), {} });
    if (const Account *current = m_repository.find(m_prepared.account.id))
        keepChangesOf(*current, m_prepared);
    takeToken(m_prepared.account, m_prepared.secrets, m_grant, *result, m_prepared.userBefore);
    bind();
}

// Who edited the account meanwhile has bound its stored secrets anew. Who wrote into the profile has not: the
// token stays bound to what it was got with.
void ExchangeOperation::bind()
{
    if (!bindingFault(m_prepared.account, m_prepared.secrets, m_context.clock()))
        return store();
    m_repository.readSecrets(m_prepared.account.id,
                             { this, [this](const Result<AccountSecrets, Problem> &read) {
                                  if (read)
                                      m_prepared.secrets.boundTo = read->boundTo;
                                  store();
                              } });
}

void ExchangeOperation::store()
{
    Q_EMIT storing();
    if (!m_prepared.isNew)
        return write();
    // All secrets may just be moved to another place, which does not know of this account.
    m_context.lock.acquire(secretPlacesLock, { this, [this](const LockResult &lock) {
                                                  // The token is there, and is not given up for a lock.
                                                  if (lock)
                                                      m_placesLock = *lock;
                                                  write();
                                              } });
}

void ExchangeOperation::write()
{
    const AccountId id = m_prepared.account.id;
    m_repository.store(m_prepared.account, m_prepared.secrets, AccountSecretStore::OnFailure::Hold,
                       { this, [this, id](const Result<void, Problem> &stored) {
                            m_lock.reset();
                            m_placesLock.reset();
                            m_reservation.reset();
                            // The token is there and held in memory: the window shows that it is not saved.
                            if (stored || stored.error().kind == Problem::Kind::NotSaved) {
                                Q_EMIT finished(id);
                                return;
                            }
                            Q_EMIT finished(failure(stored.error()));
                        } });
}

} // namespace latchkey
