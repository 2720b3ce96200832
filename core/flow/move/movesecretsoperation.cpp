// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/move/movesecretsoperation.h"

#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/vaultservice.h"
#include "core/port/secretstore.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using Kind = Problem::Kind;

MoveSecretsOperation::MoveSecretsOperation(const SecretMoveParts &parts, Wanted wanted, QObject *parent)
    : QObject(parent), m_parts(parts), m_wanted(std::move(wanted))
{
}

void MoveSecretsOperation::start()
{
    if (const auto why = obstacle())
        return end(why);
    Q_EMIT progressed(Step::Waiting, 0, 0);
    m_parts.context.lock.acquire(secretPlacesLock,
                                 { this, [this](const LockResult &lock) {
                                      if (m_hasEnded)
                                          return;
                                      if (!lock)
                                          return end(problemOf(lock.error(), m_parts.context.clock()));
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
    if (!m_parts.places.hasVault())
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

// Always in the same order. No process holds one of them and waits for the lock of places.
void MoveSecretsOperation::lockAccounts(qsizetype next)
{
    Q_EMIT progressed(Step::Waiting, static_cast<int>(next), static_cast<int>(m_accounts.size()));
    if (m_hasEnded)
        return;
    if (next == m_accounts.size())
        return openSource();
    m_parts.context.lock.acquire(m_accounts.at(next).id.value,
                                 { this, [this, next](const LockResult &lock) {
                                      if (m_hasEnded)
                                          return;
                                      if (!lock)
                                          return end(problemOf(lock.error(), m_parts.context.clock()));
                                      m_accountLocks.append(*lock);
                                      lockAccounts(next + 1);
                                  } });
}

// A vault that is there is opened before anything is noted: a passphrase that is wrong changes nothing.
void MoveSecretsOperation::openSource()
{
    m_parts.accounts.catchUp();
    if (const auto why = obstacle())
        return end(why);
    m_accounts = m_parts.accounts.accounts();
    m_move = { m_source->backendName(), m_target->backendName(), {}, m_parts.vault.exists(), false,
               m_wanted.mayClear };
    if (m_wanted.to == SecretPlace::Keychain || m_move.hadVault)
        openVault([this] { find(0); });
    else
        find(0);
}

void MoveSecretsOperation::openVault(const std::function<void()> &opened)
{
    Q_EMIT progressed(Step::OpeningVault, 0, static_cast<int>(m_accounts.size()));
    if (m_hasEnded)
        return;
    if (m_isCancelled)
        return undo(problem(Kind::Cancelled));
    if (m_parts.vault.isOpen())
        return opened();
    if (!m_wanted.passphrase)
        return undo(problem(Kind::VaultLocked));
    const VaultService::Done done { this, [this, opened](const Result<void, Problem> &isOpen) {
                                       if (m_hasEnded)
                                           return;
                                       if (!isOpen)
                                           return undo(isOpen.error());
                                       opened();
                                   } };
    if (m_parts.vault.exists() || m_wanted.to == SecretPlace::Keychain)
        m_parts.vault.unlock(*m_wanted.passphrase, done);
    else
        m_parts.vault.create(*m_wanted.passphrase, done);
}

// Only what is there is moved. An account that has nothing at the old place keeps what it may have at the new
// one: that could be its last copy, after a profile or a keychain was put back.
void MoveSecretsOperation::find(qsizetype next)
{
    if (next == m_accounts.size())
        return record();
    const Account &account = m_accounts.at(next);
    m_source->read(secretKeyOf(account.id),
                   { this, [this, next, account](const Result<Secret, SecretStoreError> &stored) {
                        if (m_hasEnded)
                            return;
                        if (!stored && !isNothing(stored.error()))
                            return undo(stored.error());
                        if (stored) {
                            m_found.append({ account, Secret(*stored) });
                            m_move.accounts.append(account.id);
                        }
                        find(next + 1);
                    } });
}

// In the profile before anything is made, so that whatever a crash leaves is known.
void MoveSecretsOperation::record()
{
    const auto earlier = m_parts.moves.underWay();
    if (!earlier)
        return end(problemOf(earlier.error(), m_parts.context.clock()));
    QList<AccountId> known = m_parts.accounts.removalsUnderWay();
    if (*earlier) {
        known += (*earlier)->accounts;
        // One that a crash left half made goes with this move, if that fails.
        m_move.hadVault = m_move.hadVault && ((*earlier)->isSwitched || (*earlier)->hadVault);
    }
    for (const AccountId &id : std::as_const(known)) {
        if (!m_parts.accounts.find(id) && !m_gone.contains(id))
            m_gone.append(id);
    }
    m_move.accounts += m_gone;
    if (const auto recorded = m_parts.moves.record(m_move); !recorded)
        return end(problemOf(recorded.error(), m_parts.context.clock()));
    m_isRecorded = true;
    if (m_wanted.to == SecretPlace::Vault)
        openVault([this] { copy(0); });
    else
        copy(0);
}

void MoveSecretsOperation::copy(qsizetype next)
{
    if (!reached(Step::Copying, next))
        return;
    if (next == m_found.size())
        return removeGone(0);
    const Found &found = m_found.at(next);
    m_target->write(secretKeyOf(found.account.id), secretLabelOf(found.account), found.secret,
                    { this, [this, next](const Result<void, SecretStoreError> &done) {
                         if (!done)
                             return undo(done.error());
                         copy(next + 1);
                     } });
}

// An earlier move may have left copies here of accounts that were removed since.
void MoveSecretsOperation::removeGone(qsizetype next)
{
    if (next == m_gone.size())
        return compare(0);
    m_target->remove(secretKeyOf(m_gone.at(next)),
                     { this, [this, next](const Result<void, SecretStoreError> &removed) {
                          if (!removed)
                              return undo(removed.error());
                          removeGone(next + 1);
                      } });
}

// Both are read again: so it is found, too, if a program that knows no locks changed the original meanwhile.
void MoveSecretsOperation::compare(qsizetype next)
{
    if (!reached(Step::Comparing, next))
        return;
    if (next == m_found.size())
        return switchOver();
    compareOne(*m_source, m_found.at(next), [this, next] {
        compareOne(*m_target, m_found.at(next), [this, next] { compare(next + 1); });
    });
}

void MoveSecretsOperation::compareOne(SecretStore &store, const Found &found,
                                      const std::function<void()> &same)
{
    store.read(
        secretKeyOf(found.account.id),
        { this, [this, wanted = Secret(found.secret), same](const Result<Secret, SecretStoreError> &stored) {
             if (!stored && stored.error().kind != SecretStoreError::Kind::NotFound)
                 return undo(stored.error());
             if (!stored || !(*stored == wanted))
                 return undo(problem(Kind::KeychainFailed, u"what was read is not what was written"_s));
             same();
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
    // From now on the note tells what is left at the old place.
    if (const auto switched = m_parts.moves.switchOver(m_move); !switched)
        return undo(problemOf(switched.error(), m_parts.context.clock()));
    m_isSwitched = true;
    m_move.isSwitched = true;
    m_accountLocks.clear();
    const bool isNothingLeft = m_move.accounts.isEmpty() && m_wanted.to == SecretPlace::Vault;
    if (!m_move.mayClear && !isNothingLeft)
        return end({});
    Q_EMIT progressed(Step::Clearing, 0, static_cast<int>(m_accounts.size()));
    clear(SecretClearance::Manner::MayPrompt, [this](const std::optional<Problem> &notCleared) {
        m_notCleared = notCleared;
        end({});
    });
}

void MoveSecretsOperation::clear(SecretClearance::Manner manner,
                                 const std::function<void(const std::optional<Problem> &notCleared)> &cleared)
{
    auto *clearance = new SecretClearance(m_parts, m_move, manner, this);
    connect(clearance, &SecretClearance::finished, this, cleared);
    clearance->start();
}

void MoveSecretsOperation::undo(const Problem &problem)
{
    if (!m_isRecorded)
        return end(problem);
    // What cannot be cleared now is cleared at the next start.
    clear(SecretClearance::Manner::Quietly,
          [this, problem](const std::optional<Problem> &) { end(problem); });
}

void MoveSecretsOperation::undo(const SecretStoreError &error)
{
    undo(problemOf(error, m_parts.context.clock()));
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
    return makeProblem(kind, m_parts.context.clock(), detail);
}

} // namespace latchkey
