// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/flow/store/secretplaces.h"
#include "core/port/secretmoves.h"

#include <QList>
#include <QObject>

#include <functional>
#include <optional>

namespace latchkey {

class AccountRepository;
class Vault;

// Removes the copies that a move left: before its switch those at the new place, behind it those at the old
// one. Then the move is over. A copy goes only after its account's secrets were read at the place in use, so
// that never the last one goes. Its user holds secretPlacesLock. Lives for one call.
class SecretClearance final : public QObject
{
    Q_OBJECT

public:
    // Quietly: a place that is locked stays so, and the copies wait.
    enum class Manner { MayPrompt, Quietly };
    struct Parts
    {
        SecretPlaces &places;
        SecretMoves &moves;
        const AccountRepository &accounts;
        Vault *vaultFile;
        Clock clock;
    };

    SecretClearance(const Parts &parts, SecretMove move, Manner manner, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    // OnlyCopyLeft: some were kept, since the place in use has no secrets for their accounts (the detail
    // names them). VaultLocked and the like: the place in use cannot be looked at, and all were kept.
    void finished(const std::optional<latchkey::Problem> &problem);

private:
    void openQuietly(SecretStore &store, const std::function<void()> &opened);
    void look(SecretStore &used, qsizetype next);
    void clear();
    void eraseVault();
    void leaveVault();
    void removeFrom(SecretStore &keychain, qsizetype next);
    void tellOfKept();
    void end();
    void fail(const Problem &problem);

    Parts m_parts;
    SecretMove m_move;
    Manner m_manner;
    bool m_isVault = false; // the copies are in the vault
    QList<AccountId> m_kept;
};

} // namespace latchkey
