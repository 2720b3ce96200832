// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/movesecretsoperation.h"

#include "core/flow/problems.h"
#include "core/flow/secretclearance.h"
#include "core/flow/tokenvault.h"
#include "core/flow/vaultservice.h"
#include "core/flow/world.h"
#include "core/port/secretstore.h"
#include "core/port/vault.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using Kind = Problem::Kind;

MoveSecretsOperation::MoveSecretsOperation(const Parts &parts, Wanted wanted, QObject *parent)
    : QObject(parent), m_parts(parts), m_wanted(std::move(wanted))
{
}

void MoveSecretsOperation::start()
{
    if (const auto why = obstacle())
        return end(why);
    Q_EMIT progressed(Step::Waiting, 0, 0);
    m_parts.world.lock.acquire(secretPlacesLock,
                               { this, [this](const LockResult &lock) {
                                    if (m_hasEnded)
                                        return;
                                    if (!lock)
                                        return end(problemOf(lock.error(), m_parts.world.clock()));
                                    begin(*lock);
                                } });
}

void MoveSecretsOperation::cancel()
{
    if (m_isSwitched || m_hasEnded)
        return;
    m_isCancelled = true;
    // Nothing was begun yet, and a lock may be waited for for long.
    if (!m_isRecorded)
        end(problem(Kind::Cancelled));
}

// What would be lost, or left where it is, by a move.
std::optional<Problem> MoveSecretsOperation::obstacle() const
{
    if (!m_parts.places.hasVault() || !m_parts.vaultFile)
        return problem(Kind::VaultDamaged);
    const AccountSecretStore &secrets = m_parts.accounts.secrets();
    if (const auto held = secrets.held(); !held.isEmpty()) {
        const Account *account = m_parts.accounts.find(held.constFirst());
        return problem(Kind::NotSaved, account ? account->name : QString());
    }
    // What was in the memory of an earlier run is gone, wherever the secrets are.
    const auto &all = m_parts.accounts.accounts();
    const auto found = std::find_if(all.begin(), all.end(), [this](const Account &account) {
        return account.keptInMemory && m_parts.accounts.isInOurMemory(account.id);
    });
    if (found != all.end())
        return problem(Kind::SecretsInMemory, found->name);
    if (secrets.keepsInMemory())
        return problem(Kind::SecretsInMemory);
    return {};
}

void MoveSecretsOperation::begin(const std::shared_ptr<LockHold> &lock)
{
    m_lock = lock;
    m_parts.accounts.catchUp();
    const auto place = m_parts.places.current();
    if (!place)
        return end(place.error());
    if (*place == m_wanted.to)
        return end({});
    const auto recorded = m_parts.places.recordedBackend();
    m_hasKeptNothing = recorded && recorded->isEmpty();
    m_source = &m_parts.places.store(*place);
    m_target = &m_parts.places.store(m_wanted.to);
    m_accounts = m_parts.accounts.accounts();
    std::sort(m_accounts.begin(), m_accounts.end(),
              [](const Account &a, const Account &b) { return a.id < b.id; });
    lockAccounts(0);
}

// Always in the same order. Nobody holds one of them and waits for the lock of places.
void MoveSecretsOperation::lockAccounts(qsizetype next)
{
    Q_EMIT progressed(Step::Waiting, static_cast<int>(next), static_cast<int>(m_accounts.size()));
    if (m_hasEnded)
        return;
    if (next == m_accounts.size())
        return openVault();
    m_parts.world.lock.acquire(m_accounts.at(next).id.value,
                               { this, [this, next](const LockResult &lock) {
                                    if (m_hasEnded)
                                        return;
                                    if (!lock)
                                        return end(problemOf(lock.error(), m_parts.world.clock()));
                                    m_accountLocks.append(*lock);
                                    lockAccounts(next + 1);
                                } });
}

// Noted in the profile before anything is made, so that whatever a crash leaves is known.
void MoveSecretsOperation::openVault()
{
    m_parts.accounts.catchUp();
    if (const auto why = obstacle())
        return end(why);
    m_accounts = m_parts.accounts.accounts();
    const auto earlier = m_parts.moves.underWay();
    if (!earlier)
        return end(problemOf(earlier.error(), m_parts.world.clock()));
    m_move = { m_source->backendName(), m_target->backendName(), {}, m_parts.vaultFile->exists(), false,
               m_wanted.mayClear };
    for (const Account &account : std::as_const(m_accounts))
        m_move.accounts.append(account.id);
    const auto alsoClear = [this](const QList<AccountId> &ids) {
        for (const AccountId &id : ids) {
            if (!m_move.accounts.contains(id))
                m_move.accounts.append(id);
        }
    };
    // What a crash left before is cleared with this move.
    alsoClear(m_parts.accounts.removalsUnderWay());
    if (*earlier) {
        alsoClear((*earlier)->accounts);
        noteVaultOf(**earlier);
    }
    m_gone = m_move.accounts.sliced(m_accounts.size());
    if (const auto recorded = m_parts.moves.record(m_move); !recorded)
        return end(problemOf(recorded.error(), m_parts.world.clock()));
    m_isRecorded = true;

    Vault &vault = *m_parts.vaultFile;
    const VaultService::Done opened { this, [this](const Result<void, Problem> &done) {
                                         if (!done)
                                             return undo(done.error());
                                         copy(0);
                                     } };
    Q_EMIT progressed(Step::OpeningVault, 0, static_cast<int>(m_accounts.size()));
    if (vault.exists() && !vault.isLocked())
        return copy(0);
    if (!m_wanted.passphrase)
        return undo(problem(Kind::VaultLocked));
    if (vault.exists() || m_wanted.to == SecretPlace::Keychain)
        m_parts.vault.unlock(*m_wanted.passphrase, opened);
    else
        m_parts.vault.create(*m_wanted.passphrase, opened);
}

// A vault that the user agreed to delete, or that a crash left half made, is gone too if this move fails.
void MoveSecretsOperation::noteVaultOf(const SecretMove &earlier)
{
    const bool isLeft = earlier.isSwitched ? !earlier.mayClear : earlier.hadVault;
    m_move.hadVault = m_move.hadVault && isLeft;
    m_move.hadLeftovers =
        m_move.hadVault && (earlier.isSwitched ? earlier.from == m_move.to : earlier.hadLeftovers);
}

void MoveSecretsOperation::copy(qsizetype next)
{
    if (!reached(Step::Copying, next))
        return;
    if (next == m_accounts.size())
        return removeGone(0);
    m_source->read(keyAt(next), { this, [this, next](const Result<Secret, SecretStoreError> &stored) {
                                     copyOne(next, stored);
                                 } });
}

void MoveSecretsOperation::copyOne(qsizetype next, const Result<Secret, SecretStoreError> &stored)
{
    const Reply<Result<void, SecretStoreError>> copied {
        this,
        [this, next](const Result<void, SecretStoreError> &done) {
            if (!done)
                return undo(problemOf(done.error(), m_parts.world.clock()));
            copy(next + 1);
        }
    };
    if (stored)
        return m_target->write(keyAt(next), secretLabelOf(m_accounts.at(next)), *stored, copied);
    if (!isNothing(stored.error()))
        return undo(problemOf(stored.error(), m_parts.world.clock()));
    // Nobody is there who could hold a copy.
    if (stored.error().kind != SecretStoreError::Kind::NotFound)
        m_move.accounts.removeAll(m_accounts.at(next).id);
    // An account without secrets has none at the new place either, whatever an earlier move left there.
    m_target->remove(keyAt(next), copied);
}

// An earlier move may have left copies here of accounts that were removed since.
void MoveSecretsOperation::removeGone(qsizetype next)
{
    if (next == m_gone.size())
        return compare(0);
    m_target->remove(secretKeyOf(m_gone.at(next)),
                     { this, [this, next](const Result<void, SecretStoreError> &removed) {
                          if (!removed)
                              return undo(problemOf(removed.error(), m_parts.world.clock()));
                          removeGone(next + 1);
                      } });
}

// Both are read again: so it is found, too, if somebody who knows no locks changed the original meanwhile.
void MoveSecretsOperation::compare(qsizetype next)
{
    if (!reached(Step::Comparing, next))
        return;
    if (next == m_accounts.size())
        return switchOver();
    m_source->read(keyAt(next), { this, [this, next](const Result<Secret, SecretStoreError> &stored) {
                                     if (!stored && !isNothing(stored.error()))
                                         return undo(problemOf(stored.error(), m_parts.world.clock()));
                                     compareOne(next, stored ? std::optional(*stored) : std::nullopt);
                                 } });
}

void MoveSecretsOperation::compareOne(qsizetype next, const std::optional<Secret> &original)
{
    m_target->read(keyAt(next),
                   { this, [this, next, original](const Result<Secret, SecretStoreError> &stored) {
                        if (!stored && stored.error().kind != SecretStoreError::Kind::NotFound)
                            return undo(problemOf(stored.error(), m_parts.world.clock()));
                        if (original.has_value() != stored.has_value() || (stored && !(*stored == *original)))
                            return undo(
                                problem(Kind::KeychainFailed, u"what was read is not what was written"_s));
                        compare(next + 1);
                    } });
}

// There is nothing under that key: because the store says so, or because nothing was ever kept and there is
// no keychain that could have it.
bool MoveSecretsOperation::isNothing(const SecretStoreError &error) const
{
    const bool isNoKeychain = error.kind == SecretStoreError::Kind::NoBus
        || error.kind == SecretStoreError::Kind::NoService
        || error.kind == SecretStoreError::Kind::NoCollection;
    return error.kind == SecretStoreError::Kind::NotFound || (m_hasKeptNothing && isNoKeychain);
}

void MoveSecretsOperation::switchOver()
{
    if (const auto switched = m_parts.moves.switchOver(m_move); !switched)
        return undo(problemOf(switched.error(), m_parts.world.clock()));
    m_isSwitched = true;
    m_move.isSwitched = true;
    m_accountLocks.clear();
    if (!m_move.mayClear)
        return end({});
    Q_EMIT progressed(Step::Clearing, 0, static_cast<int>(m_accounts.size()));
    auto *clearance =
        new SecretClearance({ m_parts.places, m_parts.moves, m_parts.vaultFile, m_parts.world.clock }, m_move,
                            SecretClearance::Manner::MayPrompt, this);
    connect(clearance, &SecretClearance::finished, this, [this] { end({}); });
    clearance->start();
}

void MoveSecretsOperation::undo(const Problem &problem)
{
    auto *clearance =
        new SecretClearance({ m_parts.places, m_parts.moves, m_parts.vaultFile, m_parts.world.clock }, m_move,
                            SecretClearance::Manner::Quietly, this);
    // What cannot be cleared now is cleared at the next start.
    connect(clearance, &SecretClearance::finished, this, [this, problem] { end(problem); });
    clearance->start();
}

void MoveSecretsOperation::end(const std::optional<Problem> &problem)
{
    m_hasEnded = true;
    m_accountLocks.clear();
    m_lock.reset();
    Q_EMIT finished(problem);
}

bool MoveSecretsOperation::reached(Step step, qsizetype done)
{
    Q_EMIT progressed(step, static_cast<int>(done), static_cast<int>(m_accounts.size()));
    if (m_isCancelled)
        undo(problem(Kind::Cancelled));
    return !m_isCancelled;
}

Problem MoveSecretsOperation::problem(Problem::Kind kind, const QString &detail) const
{
    return { kind, detail, {}, m_parts.world.clock(), {} };
}

QString MoveSecretsOperation::keyAt(qsizetype index) const
{
    return secretKeyOf(m_accounts.at(index).id);
}

} // namespace latchkey
