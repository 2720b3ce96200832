// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/move/movesecretsoperation.h"
#include "core/flow/move/secretclearance.h"
#include "core/port/reply.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace latchkey {

// Where the profile's secrets are, how they get from one place to the other, and what is left at the old one.
class SecretMoveService final : public QObject
{
    Q_OBJECT

public:
    using Done = Reply<Result<void, Problem>>;
    // Copies at a place that is not used any more.
    struct Leftovers
    {
        SecretPlace place = SecretPlace::Keychain;
        int count = 0; // accounts
        bool isAgreed = false; // the user said yes, but they could not be removed yet
        friend bool operator==(const Leftovers &, const Leftovers &) = default;
    };

    explicit SecretMoveService(const SecretMoveParts &parts, QObject *parent = nullptr);

    // The demo and memory for this run have no other place.
    [[nodiscard]] bool canMove() const;
    // Nothing is kept in the keychain yet, so that the profile may still begin with a vault.
    [[nodiscard]] bool mayBegin() const;
    // Of the present place: the keychain as the profile records it ("libsecret"), or the vault's path.
    [[nodiscard]] QString placeName() const;
    [[nodiscard]] SecretPlace place() const { return m_place; }
    [[nodiscard]] std::optional<Leftovers> leftovers() const { return m_leftovers; }
    // To be connected and started; changed() follows its end.
    [[nodiscard]] MoveSecretsOperation *move(MoveSecretsOperation::Wanted wanted, QObject *parent);
    // The user's answer about the copies at the old place. A vault that is left is removed as a whole.
    // Problem Cancelled: another process moved the secrets since, so that something else is left than was
    // asked about.
    void removeLeftovers(const Leftovers &asked, const Done &done);
    void keepLeftovers(const Leftovers &asked, const Done &done);
    // Finishes what a crash left: copies of a move that did not come to its switch, and leftovers the user
    // agreed to remove. Never prompts; what cannot be reached now is left for the next time.
    void tidy();
    // Takes over what another process did.
    void catchUp();

Q_SIGNALS:
    // The place or the leftovers.
    void changed();

private:
    using Locked = std::function<void(const std::shared_ptr<LockHold> &lock, const SecretMove &move)>;
    // Calls `then` with what is under way once no other process moves anything.
    void withMove(const Locked &then, const Done &done);
    [[nodiscard]] bool isStillLeft(const Leftovers &asked);
    void clear(const SecretMove &move, SecretClearance::Manner manner, const std::shared_ptr<LockHold> &lock,
               const Done &done);

    SecretMoveParts m_parts;
    SecretPlace m_place = SecretPlace::Keychain;
    std::optional<Leftovers> m_leftovers;
};

} // namespace latchkey
