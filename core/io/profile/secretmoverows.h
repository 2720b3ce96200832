// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretmoves.h"

namespace latchkey {

class SqliteProfile;

// One row among the profile's settings, as long as a move is under way.
class SecretMoveRows final : public SecretMoves
{
public:
    // The profile outlives it.
    explicit SecretMoveRows(SqliteProfile &profile) : m_profile(profile) {}

    [[nodiscard]] Result<std::optional<SecretMove>, AccountStoreError> underWay() override;
    [[nodiscard]] Result<void, AccountStoreError> record(const SecretMove &move) override;
    [[nodiscard]] Result<void, AccountStoreError> switchOver(const SecretMove &move) override;
    [[nodiscard]] Result<void, AccountStoreError> end() override;

private:
    SqliteProfile &m_profile;
};

} // namespace latchkey
