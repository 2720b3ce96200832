// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"
#include "core/port/accountstore.h"

#include <optional>

namespace latchkey {

// Keeps who handed out what, when. Local and quick, so it answers at once.
class ActivityStore
{
public:
    virtual ~ActivityStore() = default;
    // Keeps the newest 10,000 entries.
    [[nodiscard]] virtual Result<void, AccountStoreError> record(const ActivityEntry &entry) = 0;
    // Newest first; of one account or of all; at most `limit`.
    [[nodiscard]] virtual Result<QList<ActivityEntry>, AccountStoreError>
    entries(const std::optional<AccountId> &account, int limit) = 0;
    [[nodiscard]] virtual Result<void, AccountStoreError> clear(const std::optional<AccountId> &account) = 0;
    // Another process wrote to the profile since this was last asked. Costs next to nothing.
    [[nodiscard]] virtual bool wasChangedElsewhere() = 0;
};

} // namespace latchkey
