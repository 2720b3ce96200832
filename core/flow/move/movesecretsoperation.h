// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/secret.h"
#include "core/flow/move/secretclearance.h"
#include "core/port/lock.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace latchkey {

class SecretStore;
struct SecretStoreError;

// Moves the secrets of all accounts from the keychain into the vault, or back: copies each that is there,
// reads all back and compares, and only then lets the profile say that they are at the new place
// (docs/vault-format.md, section 12). Holds the locks of all accounts meanwhile, so that no refresh runs.
// What the old place holds stays, and is SecretMoveService's; what a move that did not come that far left at
// the new one is removed again. Lives for one call.
class MoveSecretsOperation final : public QObject
{
    Q_OBJECT

public:
    struct Wanted
    {
        SecretPlace to = SecretPlace::Vault;
        // Opens the vault, or makes one where there is none; not needed for a vault that is open.
        std::optional<Secret> passphrase = {};
        // The user agreed already that nothing is left at the old place: it is cleared too. What could not be
        // removed is no failure of the move: notCleared() says why, and SecretMoveService knows of it.
        bool mayClear = false;
    };
    enum class Step { Waiting, OpeningVault, Copying, Comparing, Clearing };

    MoveSecretsOperation(const SecretMoveParts &parts, Wanted wanted, QObject *parent = nullptr);

    void start();
    // Before the switch everything becomes as it was, and it finishes with Cancelled; behind it there is no
    // way back.
    void cancel();
    // Accounts that had secrets at the old place.
    [[nodiscard]] int count() const { return static_cast<int>(m_found.size()); }
    [[nodiscard]] const std::optional<Problem> &notCleared() const { return m_notCleared; }

Q_SIGNALS:
    // `done` of `all` accounts in this step.
    void progressed(latchkey::MoveSecretsOperation::Step step, int done, int all);
    // No problem: the secrets are at the new place. NotSaved, SecretsInMemory: an account (the detail is its
    // name) has secrets that are in memory alone. Busy: another process holds a lock for too long. Whatever
    // the two stores and the profile can answer.
    void finished(const std::optional<latchkey::Problem> &problem);

private:
    struct Found
    {
        Account account;
        Secret secret;
    };

    [[nodiscard]] std::optional<Problem> obstacle() const;
    [[nodiscard]] bool isNothing(const SecretStoreError &error) const;
    void begin(const std::shared_ptr<LockHold> &lock);
    void lockAccounts(qsizetype next);
    void openSource();
    void openVault(const std::function<void()> &opened);
    void find(qsizetype next);
    void record();
    void copy(qsizetype next);
    void removeGone(qsizetype next);
    void compare(qsizetype next);
    void compareOne(SecretStore &store, const Found &found, const std::function<void()> &same);
    void switchOver();
    void clear(SecretClearance::Manner manner,
               const std::function<void(const std::optional<Problem> &notCleared)> &cleared);
    void undo(const Problem &problem);
    void undo(const SecretStoreError &error);
    void end(const std::optional<Problem> &problem);
    // Not cancelled: the step was announced.
    [[nodiscard]] bool reached(Step step, qsizetype done);
    [[nodiscard]] Problem problem(Problem::Kind kind, const QString &detail = {}) const;

    SecretMoveParts m_parts;
    Wanted m_wanted;
    QList<Account> m_accounts;
    SecretMove m_move;
    QList<Found> m_found; // at the old place
    QList<AccountId> m_gone; // an earlier move knew them, and the profile does not any more
    SecretStore *m_source = nullptr;
    SecretStore *m_target = nullptr;
    std::shared_ptr<LockHold> m_lock;
    QList<std::shared_ptr<LockHold>> m_accountLocks;
    std::optional<Problem> m_notCleared;
    bool m_hasKeptNothing = false; // the profile has recorded no place yet
    bool m_isRecorded = false;
    bool m_isSwitched = false;
    bool m_isCancelled = false;
    bool m_hasEnded = false;
};

} // namespace latchkey
