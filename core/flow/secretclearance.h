// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/flow/secretplaces.h"
#include "core/port/secretmoves.h"

#include <QObject>

#include <optional>

namespace latchkey {

class Vault;

// Removes the copies that a move left: before its switch those at the new place, behind it those at the old
// one. Then the move is over. Its user holds secretPlacesLock. Lives for one call.
class SecretClearance final : public QObject
{
    Q_OBJECT

public:
    // Quietly: a keychain that is locked stays so, and the copies wait.
    enum class Manner { MayPrompt, Quietly };
    struct Parts
    {
        SecretPlaces &places;
        SecretMoves &moves;
        Vault *vaultFile;
        Clock clock;
    };

    SecretClearance(const Parts &parts, SecretMove move, Manner manner, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(const std::optional<latchkey::Problem> &problem);

private:
    void eraseVault();
    void leaveVault();
    void removeFrom(SecretStore &keychain, qsizetype next);
    void end();
    void fail(const Problem &problem);

    Parts m_parts;
    SecretMove m_move;
    Manner m_manner;
};

} // namespace latchkey
