// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/move/secretclearance.h"

#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/vaultservice.h"
#include "core/port/secretstore.h"

namespace latchkey {

using namespace Qt::StringLiterals;

SecretClearance::SecretClearance(const SecretMoveParts &parts, SecretMove move, Manner manner,
                                 QObject *parent)
    : QObject(parent), m_parts(parts), m_move(std::move(move)), m_manner(manner)
{
}

void SecretClearance::start()
{
    if (!m_parts.places.hasVault())
        return fail(Problem::Kind::KeychainChanged);
    const QString unused = m_move.isSwitched ? m_move.from : m_move.to;
    const auto used = m_parts.places.current();
    if (!used) {
        Q_EMIT finished(used.error());
        return;
    }
    m_isVault = m_parts.places.store(SecretPlace::Vault).backendName() == unused;
    // Never what the profile says is in use, whatever was noted of the move.
    if (m_isVault == (*used == SecretPlace::Vault))
        return end();
    // A vault that was there before a failed move stays: the user has not agreed to its removal.
    if (m_isVault && m_move.hadVault && !m_move.isSwitched)
        return end();
    SecretStore &keychain = m_parts.places.store(SecretPlace::Keychain);
    if (!m_isVault && keychain.backendName() != unused)
        return fail(Problem::Kind::KeychainChanged, unused + u" → "_s + keychain.backendName());
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
                         return failAs(probed.error());
                     opened();
                 } });
}

// Nothing needs the copy of an account that is removed meanwhile.
void SecretClearance::look(SecretStore &used, qsizetype next)
{
    while (next < m_move.accounts.size() && !m_parts.accounts.find(m_move.accounts.at(next)))
        ++next;
    if (next == m_move.accounts.size())
        return clear();
    used.read(secretKeyOf(m_move.accounts.at(next)),
              { this, [this, &used, next](const Result<Secret, SecretStoreError> &stored) {
                   if (!stored && stored.error().kind != SecretStoreError::Kind::NotFound)
                       return failAs(stored.error());
                   if (!stored)
                       m_kept.append(m_move.accounts.at(next));
                   look(used, next + 1);
               } });
}

void SecretClearance::clear()
{
    if (!m_isVault)
        return removeFrom(m_parts.places.store(SecretPlace::Keychain), 0);
    if (!m_kept.isEmpty())
        return tellOfKept();
    m_parts.vault.erase({ this, [this](const Result<void, Problem> &erased) {
                             if (erased)
                                 return end();
                             Q_EMIT finished(erased.error());
                         } });
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
                             return failAs(removed.error());
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
    // Of a vault all is left, since it goes as a whole or not at all.
    if (!m_isVault)
        m_move.accounts = m_kept;
    if (const auto recorded = m_parts.moves.record(m_move); !recorded) {
        Q_EMIT finished(problemOf(recorded.error(), m_parts.context.clock()));
        return;
    }
    fail(Problem::Kind::OnlyCopyLeft, names.join(u", "_s));
}

void SecretClearance::end()
{
    const auto ended = m_parts.moves.end();
    Q_EMIT finished(ended ? std::optional<Problem>()
                          : std::optional(problemOf(ended.error(), m_parts.context.clock())));
}

void SecretClearance::fail(Problem::Kind kind, const QString &detail)
{
    Q_EMIT finished(makeProblem(kind, m_parts.context.clock(), detail));
}

void SecretClearance::failAs(const SecretStoreError &error)
{
    Q_EMIT finished(problemOf(error, m_parts.context.clock()));
}

} // namespace latchkey
