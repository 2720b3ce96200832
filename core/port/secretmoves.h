// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/port/accountstore.h"

#include <QList>
#include <QString>

#include <optional>

namespace latchkey {

// All secrets of a profile on their way from one store to another, or the copies that this left behind. Holds
// what has to be known to clear up after a crash (F75).
struct SecretMove
{
    QString from; // backends, as the profile records them
    QString to;
    QList<AccountId> accounts;
    bool hadVault = false; // before the move there was a vault already, which stays if it comes to nothing
    bool isSwitched = false; // the secrets are at `to` by now
    bool mayClear = false; // the user agreed that nothing is left at `from`
    friend bool operator==(const SecretMove &, const SecretMove &) = default;
};

// Keeps the one move of a profile that is under way. Every call is one transaction.
class SecretMoves
{
public:
    virtual ~SecretMoves() = default;

    [[nodiscard]] virtual Result<std::optional<SecretMove>, AccountStoreError> underWay() = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> record(const SecretMove &move) = 0;
    // The one moment in which the secrets change their place: the profile's backend becomes `move.to`, and
    // the move is noted as switched. Missing: the backend is not `move.from` any more.
    [[nodiscard]] virtual Result<void, AccountStoreError> switchOver(const SecretMove &move) = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> end() = 0;
};

} // namespace latchkey
