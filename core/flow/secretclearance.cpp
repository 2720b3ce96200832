// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/secretclearance.h"

#include "core/flow/problems.h"
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
    const bool isVault = m_parts.places.store(SecretPlace::Vault).backendName() == unused;
    // Never what the profile says is in use, whatever was noted of the move.
    if (isVault == (*used == SecretPlace::Vault))
        return end();
    if (isVault)
        return eraseVault();
    SecretStore &keychain = m_parts.places.store(SecretPlace::Keychain);
    if (keychain.backendName() != unused) {
        return fail({ Problem::Kind::KeychainChanged,
                      unused + u" → "_s + keychain.backendName(),
                      {},
                      m_parts.clock(),
                      {} });
    }
    if (m_manner == Manner::MayPrompt)
        return removeFrom(keychain, 0);
    keychain.probe({ this, [this, &keychain](const Result<void, SecretStoreError> &probed) {
                        if (!probed)
                            return fail(problemOf(probed.error(), m_parts.clock()));
                        removeFrom(keychain, 0);
                    } });
}

// A vault that was there before a move which came to nothing is left: what is in it is sealed, and was kept
// on the user's word.
void SecretClearance::eraseVault()
{
    if (!m_parts.vaultFile || (m_move.hadVault && !m_move.isSwitched))
        return leaveVault();
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
    if (next == m_move.accounts.size())
        return end();
    keychain.remove(secretKeyOf(m_move.accounts.at(next)),
                    { this, [this, &keychain, next](const Result<void, SecretStoreError> &removed) {
                         if (!removed)
                             return fail(problemOf(removed.error(), m_parts.clock()));
                         removeFrom(keychain, next + 1);
                     } });
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
