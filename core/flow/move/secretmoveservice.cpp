// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/move/secretmoveservice.h"

#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/vaultservice.h"
#include "core/port/secretstore.h"

namespace latchkey {

SecretMoveService::SecretMoveService(const SecretMoveParts &parts, QObject *parent)
    : QObject(parent), m_parts(parts)
{
    catchUp();
}

bool SecretMoveService::canMove() const
{
    return m_parts.places.hasVault() && !m_parts.accounts.secrets().keepsInMemory();
}

bool SecretMoveService::mayBegin() const
{
    const auto recorded = m_parts.places.recordedBackend();
    const bool isEmpty = m_parts.accounts.accounts().isEmpty() || (recorded && recorded->isEmpty());
    return canMove() && m_place == SecretPlace::Keychain && isEmpty;
}

QString SecretMoveService::placeName() const
{
    if (m_place == SecretPlace::Vault)
        return m_parts.vault.head().path;
    return m_parts.places.store(SecretPlace::Keychain).backendName();
}

MoveSecretsOperation *SecretMoveService::move(MoveSecretsOperation::Wanted wanted, QObject *parent)
{
    auto *operation = new MoveSecretsOperation(m_parts, std::move(wanted), parent);
    connect(operation, &MoveSecretsOperation::finished, this, &SecretMoveService::catchUp);
    return operation;
}

void SecretMoveService::removeLeftovers(const Leftovers &asked, const Done &done)
{
    withMove(
        [this, asked, done](const std::shared_ptr<LockHold> &lock, const SecretMove &move) {
            if (!move.isSwitched)
                return done({});
            if (!isStillLeft(asked))
                return done(failure(makeProblem(Problem::Kind::Cancelled, m_parts.context.clock())));
            SecretMove agreed = move;
            agreed.mayClear = true;
            if (const auto recorded = m_parts.moves.record(agreed); !recorded)
                return done(failure(problemOf(recorded.error(), m_parts.context.clock())));
            clear(agreed, SecretClearance::Manner::MayPrompt, lock, done);
        },
        done);
}

void SecretMoveService::keepLeftovers(const Leftovers &asked, const Done &done)
{
    withMove(
        [this, asked, done](const std::shared_ptr<LockHold> &, const SecretMove &move) {
            if (move.isSwitched && !isStillLeft(asked))
                return done(failure(makeProblem(Problem::Kind::Cancelled, m_parts.context.clock())));
            const auto ended = move.isSwitched ? m_parts.moves.end() : Result<void, AccountStoreError>();
            catchUp();
            if (!ended)
                return done(failure(problemOf(ended.error(), m_parts.context.clock())));
            done({});
        },
        done);
}

// The lock may have been waited for while another process moved everything back.
bool SecretMoveService::isStillLeft(const Leftovers &asked)
{
    catchUp();
    return m_leftovers && m_leftovers->place == asked.place && m_leftovers->count <= asked.count;
}

void SecretMoveService::tidy()
{
    const auto isToClear = [](const SecretMove &move) { return !move.isSwitched || move.mayClear; };
    const auto move = m_parts.moves.underWay();
    if (!move || !*move || !isToClear(**move) || !m_parts.places.hasVault())
        return;
    const Done done { this, [](const Result<void, Problem> &) {} };
    withMove(
        [this, isToClear, done](const std::shared_ptr<LockHold> &lock, const SecretMove &found) {
            if (isToClear(found))
                clear(found, SecretClearance::Manner::Quietly, lock, done);
        },
        done);
}

void SecretMoveService::withMove(const Locked &then, const Done &done)
{
    m_parts.context.lock.acquire(
        secretPlacesLock, { this, [this, then, done](const LockResult &lock) {
                               if (!lock)
                                   return done(failure(problemOf(lock.error(), m_parts.context.clock())));
                               const auto move = m_parts.moves.underWay();
                               if (!move)
                                   return done(failure(problemOf(move.error(), m_parts.context.clock())));
                               if (*move)
                                   return then(*lock, **move);
                               catchUp();
                               done({});
                           } });
}

void SecretMoveService::clear(const SecretMove &move, SecretClearance::Manner manner,
                              const std::shared_ptr<LockHold> &lock, const Done &done)
{
    auto *clearance = new SecretClearance(m_parts, move, manner, this);
    connect(clearance, &SecretClearance::finished, this,
            [this, clearance, hold = lock, done](const std::optional<Problem> &problem) mutable {
                clearance->deleteLater();
                hold.reset();
                catchUp();
                if (problem)
                    return done(failure(*problem));
                done({});
            });
    clearance->start();
}

void SecretMoveService::catchUp()
{
    const SecretPlace place = m_parts.places.recorded();
    std::optional<Leftovers> leftovers;
    if (const auto move = m_parts.moves.underWay(); move && *move && (*move)->isSwitched) {
        const bool isVault = place == SecretPlace::Keychain;
        leftovers = { isVault ? SecretPlace::Vault : SecretPlace::Keychain,
                      static_cast<int>((*move)->accounts.size()), (*move)->mayClear };
    }
    m_parts.vault.setUsed(m_parts.places.hasVault() && place == SecretPlace::Vault);
    if (place == m_place && leftovers == m_leftovers)
        return;
    m_place = place;
    m_leftovers = leftovers;
    Q_EMIT changed();
}

} // namespace latchkey
