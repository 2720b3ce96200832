// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/base/result.h"
#include "core/flow/store/secretplaces.h"
#include "core/port/secretmoves.h"

#include <QList>
#include <QObject>

#include <functional>
#include <optional>

namespace latchkey {

class AccountRepository;
class VaultService;
struct FlowContext;
struct SecretStoreError;

// What a move works with.
struct SecretMoveParts
{
    FlowContext &context;
    AccountRepository &accounts;
    SecretPlaces &places;
    SecretMoves &moves;
    VaultService &vault;
};

// Removes the copies that a move left: before its switch those at the new place, behind it those at the old
// one. Then the move is over. A copy goes only after its account's secrets were read at the place in use, so
// that never the last one goes. Its user holds secretPlacesLock. Lives for one call.
class SecretClearance final : public QObject
{
    Q_OBJECT

public:
    // Quietly: a place that is locked stays so, and the copies wait.
    enum class Manner { MayPrompt, Quietly };

    SecretClearance(const SecretMoveParts &parts, SecretMove move, Manner manner, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    // OnlyCopyLeft: some were kept, since the place in use has no secrets for their accounts (the detail
    // names them). VaultLocked and the like: the place in use cannot be looked at, and all were kept.
    void finished(const std::optional<latchkey::Problem> &problem);

private:
    void openQuietly(SecretStore &store, const std::function<void()> &opened);
    void look(SecretStore &used, qsizetype next);
    void clear();
    void removeFrom(SecretStore &keychain, qsizetype next);
    void tellOfKept();
    void end();
    void fail(Problem::Kind kind, const QString &detail = {});
    void failAs(const SecretStoreError &error);

    SecretMoveParts m_parts;
    SecretMove m_move;
    Manner m_manner;
    bool m_isVault = false; // the copies are in the vault
    QList<AccountId> m_kept;
};

} // namespace latchkey
