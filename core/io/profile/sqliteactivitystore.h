// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/profile/sqliteprofile.h"
#include "core/port/accountstore.h"

namespace latchkey {

// The record of activity, in the profile.
class SqliteActivityStore final : public ActivityStore
{
public:
    explicit SqliteActivityStore(SqliteProfile &profile) : m_profile(profile) {}

    [[nodiscard]] Result<void, AccountStoreError> record(const ActivityEntry &entry) override;
    [[nodiscard]] Result<QList<ActivityEntry>, AccountStoreError>
    entries(const std::optional<AccountId> &account, int limit) override;
    [[nodiscard]] Result<void, AccountStoreError> clear(const std::optional<AccountId> &account) override;
    [[nodiscard]] bool wasChangedElsewhere() override;

private:
    SqliteProfile &m_profile;
    SqliteProfile::DataVersion m_dataVersion; // when it was last asked for
};

} // namespace latchkey
