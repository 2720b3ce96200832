// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/vaultgenerations.h"

namespace latchkey {

class SqliteProfile;

// One row a vault among the profile's settings.
class VaultGenerationRows final : public VaultGenerations
{
public:
    // The profile outlives it.
    explicit VaultGenerationRows(SqliteProfile &profile) : m_profile(profile) {}

    [[nodiscard]] quint64 highestSeen(const QString &vaultId) override;
    void record(const QString &vaultId, quint64 generation) override;
    [[nodiscard]] QString idInUse() override;
    void recordInUse(const QString &vaultId) override;

private:
    SqliteProfile &m_profile;
};

} // namespace latchkey
