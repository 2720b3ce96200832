// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/secretclearance.h"

#include "core/flow/store/accountrepository.h"
#include "core/flow/store/porterrors.h"
#include "core/port/secretstore.h"
#include "core/port/vault.h"

namespace latchkey {

using namespace Qt::StringLiterals;

SecretClearance::SecretClearance(const Parts &parts, SecretMove move, Manner manner, QObject *parent)
    : QObject(parent), m_parts(parts), m_move(std::move(move)), m_manner(manner)
{
}

void SecretClearance::start()
{
    if (!m_parts.places.hasVault())
        return fail({ Problem::Kind::KeychainChanged, {}, {}, m_parts.clock(), {} });
    const QString unused = m_move.isSwitched ? m_move.from : m_move.to;
    const auto used = m_parts.places.current();
    if (!used)
        return fail(used.error());
    m_isVault = m_parts.places.store(SecretPlace::Vault).backendName() == unused;
    // Never what the profile says is in use, whatever was noted of the move.
    if (m_isVault == (*used == SecretPlace::Vault))
        return end();
    // A vault that was there before a move which came to nothing is left: what is in it is sealed, and was
    // kept on the user's word.
    if (m_isVault && (!m_parts.vaultFile || (m_move.hadVault && !m_move.isSwitched)))
        return leaveVault();
    SecretStore &keychain = m_parts.places.store(SecretPlace::Keychain);
    if (!m_isVault && keychain.backendName() != unused) {
        return fail({ Problem::Kind::KeychainChanged,
                      unused + u" → "_s + keychain.backendName(),
                      {},
                      m_parts.clock(),
                      {} });
    }
    SecretStore &inUse = m_parts.places.store(*used);
    openQuietly(keychain, [this, &inUse] { look(inUse, 0); });
}

// The keychain is read or written in either direction; only it could ask the user for something.
void SecretClearance::openQuietly(SecretStore &store, const std::function<void()> &opened)
{
    if (m_manner == Manner::MayPrompt || m_move.accounts.isEmpty())
        return opened();
    store.probe({ this, [this, opened](const Result<void, SecretStoreError> &probed) {
                     if (!probed)
                         return fail(problemOf(probed.error(), m_parts.clock()));
                     opened();
                 } });
}

// The copy of an account that is removed meanwhile is needed by nobody.
void SecretClearance::look(SecretStore &used, qsizetype next)
{
    while (next < m_move.accounts.size() && !m_parts.accounts.find(m_move.accounts.at(next)))
        ++next;
    if (next == m_move.accounts.size())
        return clear();
    used.read(secretKeyOf(m_move.accounts.at(next)),
              { this, [this, &used, next](const Result<Secret, SecretStoreError> &stored) {
                   if (!stored && stored.error().kind != SecretStoreError::Kind::NotFound)
                       return fail(problemOf(stored.error(), m_parts.clock()));
                   if (!stored)
                       m_kept.append(m_move.accounts.at(next));
                   look(used, next + 1);
               } });
}

void SecretClearance::clear()
{
    if (!m_isVault)
        return removeFrom(m_parts.places.store(SecretPlace::Keychain), 0);
    if (m_kept.isEmpty())
        return eraseVault();
    tellOfKept();
}

void SecretClearance::eraseVault()
{
    m_parts.vaultFile->erase({ this, [this](const Result<void, VaultError> &erased) {
                                  if (!erased)
                                      return fail(problemOf(erased.error(), m_parts.clock()));
                                  end();
                              } });
}

// Copies of an earlier move, about which the user said nothing yet, are known as such again.
void SecretClearance::leaveVault()
{
    if (!m_move.hadLeftovers)
        return end();
    const SecretMove earlier { m_move.to, m_move.from, m_move.accounts, true, true, false };
    if (const auto recorded = m_parts.moves.record(earlier); !recorded)
        return fail(problemOf(recorded.error(), m_parts.clock()));
    Q_EMIT finished({});
}

void SecretClearance::removeFrom(SecretStore &keychain, qsizetype next)
{
    while (next < m_move.accounts.size() && m_kept.contains(m_move.accounts.at(next)))
        ++next;
    if (next == m_move.accounts.size())
        return m_kept.isEmpty() ? end() : tellOfKept();
    keychain.remove(secretKeyOf(m_move.accounts.at(next)),
                    { this, [this, &keychain, next](const Result<void, SecretStoreError> &removed) {
                         if (!removed)
                             return fail(problemOf(removed.error(), m_parts.clock()));
                         removeFrom(keychain, next + 1);
                     } });
}

void SecretClearance::tellOfKept()
{
    QStringList names;
    for (const AccountId &id : std::as_const(m_kept)) {
        if (const Account *account = m_parts.accounts.find(id))
            names.append(account->name);
    }
    // Of a vault all is left, since it goes as a file or not at all.
    if (!m_isVault)
        m_move.accounts = m_kept;
    if (const auto recorded = m_parts.moves.record(m_move); !recorded)
        return fail(problemOf(recorded.error(), m_parts.clock()));
    fail({ Problem::Kind::OnlyCopyLeft, names.join(u", "_s), {}, m_parts.clock(), {} });
}

void SecretClearance::end()
{
    if (const auto ended = m_parts.moves.end(); !ended)
        return fail(problemOf(ended.error(), m_parts.clock()));
    Q_EMIT finished({});
}

void SecretClearance::fail(const Problem &problem)
{
    Q_EMIT finished(problem);
}

} // namespace latchkey
